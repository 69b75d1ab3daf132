import { describe, expect, test } from "@jest/globals";
import { probeProgram } from "@multiarch/host";
import { guests, parsePlatforms } from "../src/guests.ts";
import { mayBeNative } from "../src/native.ts";

const matches = (program: Uint8Array, magic: string, mask: string): boolean => {
  const [wanted, filter] = [Buffer.from(magic, "hex"), Buffer.from(mask, "hex")];
  return wanted.every(
    (byte, index) =>
      ((program[index] ?? 0) & (filter[index] ?? 0)) === (byte & (filter[index] ?? 0)),
  );
};

describe("the table", () => {
  test("has what images are made for", () => {
    expect(guests.map(({ arch }) => arch).sort()).toEqual([
      ...["arm", "arm64", "ia32", "loong64", "mips64el", "mipsel"],
      ...["ppc64", "ppc64le", "riscv64", "s390x", "x64"],
    ]);
  });

  test.each(guests.map((guest) => [guest.arch, guest] as const))(
    "%s: its pattern takes its own programs, fixed or anywhere in memory, and nobody else's",
    (arch, { magic, mask }) => {
      expect(magic).toHaveLength(mask.length);
      const own = probeProgram(arch);
      const anywhere = Uint8Array.from(own);
      // ET_DYN instead of ET_EXEC, in the program's byte order.
      anywhere[own[5] === 1 ? 16 : 17] = 3;
      expect([matches(own, magic, mask), matches(anywhere, magic, mask)]).toEqual([true, true]);
      const others = guests.filter((guest) => guest.arch !== arch);
      const taken = others.filter((guest) => matches(probeProgram(guest.arch), magic, mask));
      expect(taken.map((guest) => guest.arch)).toEqual([]);
    },
  );

  test("a library or an object of another kind is no program", () => {
    const object = probeProgram("arm64");
    object[16] = 1;
    const [first] = parsePlatforms(["arm64"]);
    expect(matches(object, first?.magic ?? "", first?.mask ?? "")).toBe(false);
  });
});

describe("platforms", () => {
  const archs = (...names: string[]) => parsePlatforms(names).map(({ arch }) => arch);

  test.each([
    ["linux/arm64", "arm64"],
    ["arm64", "arm64"],
    ["aarch64", "arm64"],
    ["linux/arm64/v8", "arm64"],
    ["linux/arm/v7", "arm"],
    ["linux/arm/v6", "arm"],
    ["386", "ia32"],
    ["linux/amd64", "x64"],
    ["linux/amd64/v3", "x64"],
    ["riscv64", "riscv64"],
    ["linux/mips64le", "mips64el"],
    ["linux-s390x-musl", "s390x"],
  ])("%s", (name, arch) => {
    expect(archs(name)).toEqual([arch]);
  });

  test.each([["arm"], ["linux/arm"], ["armhf"], ["armel"]])(
    "%s means several targets, which have one emulator",
    (name) => {
      expect(archs(name)).toEqual(["arm"]);
    },
  );

  test.each([["ppc64"], ["mips64"], ["mips"], ["x86"]])("%s is ambiguous", (name) => {
    expect(() => archs(name)).toThrow(/MA10[12]/);
  });

  test.each([["darwin-arm64"], ["windows-x64"], ["any"]])("%s is no platform of Linux", (name) => {
    expect(() => archs(name)).toThrow(/MA450/);
  });

  test("each is named once, and nothing at all is refused", () => {
    expect(archs("arm", "linux/arm/v7", "armv7")).toEqual(["arm"]);
    expect(() => archs()).toThrow(/MA450/);
  });

  test("all is what images are made for", () => {
    expect(archs("all").sort()).toEqual([
      ...["arm", "arm64", "ia32", "loong64", "mips64el", "ppc64le", "riscv64", "s390x", "x64"],
    ]);
    expect(archs("all", "docker:linux/ppc64")).toContain("ppc64");
  });
});

test.each([
  ["x64", "ia32", true],
  ["x64", "x64", true],
  ["x64", "arm", false],
  ["arm64", "arm", true],
  ["arm64", "ia32", false],
  ["riscv64", "riscv64", true],
  [null, "x64", false],
])("on %s, %s may run by itself: %s", (machine, arch, answer) => {
  const guest = guests.find((one) => one.arch === arch);
  expect(guest !== undefined && mayBeNative(machine, guest)).toBe(answer);
});
