import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { flagsFor, isOurs, parseEntry, registrationLine, shownFlags } from "../src/entry-text.ts";
import { parsePlatforms } from "../src/guests.ts";

const [arm64] = parsePlatforms(["arm64"]);
if (arm64 === undefined) throw new Error("there is no arm64");

/** As Linux 6.18 shows an entry that was registered with FCP. */
const shown = `enabled
interpreter /opt/qemu/qemu-aarch64
flags: POCF
offset 0
magic ${arm64.magic}
mask ${arm64.mask}
`;

test("the line is what the kernel's documentation asks for", () => {
  expect(registrationLine(arm64, "/opt/qemu/qemu-aarch64", "FCP")).toBe(
    String.raw`:multiarch-aarch64:M:0:\x7f\x45\x4c\x46\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7\x00:\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff:/opt/qemu/qemu-aarch64:FCP`,
  );
});

test("a path with the separator in it gets another separator", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\/[a-z:|, ]{1,40}$/), (path) => {
      const line = registrationLine(arm64, path, "F");
      const fields = line.slice(1).split(line.charAt(0));
      expect(fields).toHaveLength(7);
      expect(fields[5]).toBe(path);
    }),
  );
});

test.each([["/a\nb"], ["/:|,;!"], [`/${"a".repeat(2000)}`]])("%j cannot be registered", (path) => {
  expect(() => registrationLine(arm64, path, "F")).toThrow();
});

describe("flags", () => {
  test.each([
    ["6.18.44", "10.0.13", "FCP"],
    ["5.12.0", "6.0.0", "FCP"],
    ["5.11.0-27-generic", "10.0.13", "FC"],
    ["6.8.0-1014-azure", "5.2.0", "FC"],
    ["4.19.0", "4.2.1", "FC"],
  ])("kernel %s, QEMU %s: %s", (kernel, version, flags) => {
    expect(flagsFor(kernel, version)).toBe(flags);
  });

  test("are shown in the kernel's own order", () => {
    expect(["F", "FC", "FCP", "PF"].map(shownFlags)).toEqual(["F", "OCF", "POCF", "PF"]);
  });
});

describe("an entry", () => {
  test("is read", () => {
    expect(parseEntry(shown)).toEqual({
      enabled: true,
      interpreter: "/opt/qemu/qemu-aarch64",
      flags: "POCF",
      magic: arm64.magic,
      mask: arm64.mask,
    });
    expect(parseEntry(shown.replace("enabled", "disabled"))?.enabled).toBe(false);
  });

  test("by file extension is none of ours", () => {
    expect(parseEntry("enabled\ninterpreter /usr/bin/wine\nflags: \nextension .exe\n")).toBeNull();
    expect(parseEntry("enabled\n")).toBeNull();
    expect(parseEntry("")).toBeNull();
  });

  test("is ours only as we wrote it; whether it is switched on does not matter", () => {
    const entry = parseEntry(shown);
    if (entry === null) throw new Error("not read");
    expect(isOurs({ ...entry, enabled: false }, entry)).toBe(true);
    for (const key of ["interpreter", "flags", "magic", "mask"] as const) {
      expect(isOurs({ ...entry, [key]: "other" }, entry)).toBe(false);
    }
  });
});
