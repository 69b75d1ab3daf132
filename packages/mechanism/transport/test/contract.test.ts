import { chmod, mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { silentLog } from "@multiarch/diagnostics";
import { directoryTransport, type Transport } from "../src/index.ts";
import { bed, contentsOf, folderWith, temporaryFolder, userErrorOf } from "./support.ts";

const files = {
  "leg.json": '{"schema":"multiarch.leg/1"}',
  "bin/tool": Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 255, 13, 10),
  "bin/ünïcode name": "text\n",
  empty: "",
};
const names = ["bin/tool", "bin/ünïcode name", "empty", "leg.json"];

interface Kind {
  readonly title: string;
  readonly make: () => Promise<Transport>;
  /** A well-formed reference to nothing. */
  readonly nowhere: string;
  /** A reference of the other transport, or a hostile one. */
  readonly malformed: readonly string[];
}

const kinds: Kind[] = [
  {
    title: "directory",
    make: async () =>
      directoryTransport(join(await temporaryFolder(), "made/on/demand"), silentLog),
    nowhere: "multiarch.plan.missing",
    malformed: ["", ".", "..", "../plan", "a/b", "/etc", ".multiarch-new-x", "C:", "nul"],
  },
  {
    title: "actions",
    make: async () => (await bed()).transport,
    nowhere: "999",
    malformed: ["", "0", "-1", "1.5", "1e3", "0x10", "multiarch.plan.x", "99999999999999999999"],
  },
];

describe.each(kinds)("the contract of a transport: $title", ({ make, nowhere, malformed }) => {
  test("what was put comes back, by reference and digest", async () => {
    const transport = await make();
    const item = await transport.put("multiarch.plan.1", await folderWith(files));
    expect(item).toMatchObject({ name: "multiarch.plan.1", size: expect.any(Number) });
    expect(item.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(Date.parse(item.createdAt ?? "")).toBeGreaterThan(0);
    const destination = join(await temporaryFolder(), "new/folder");
    expect(await transport.get(item, destination)).toEqual(names);
    expect(await contentsOf(destination)).toEqual(await contentsOf(await folderWith(files)));
  });

  test("a reference alone is enough", async () => {
    const transport = await make();
    const { reference } = await transport.put("one", await folderWith(files));
    const destination = join(await temporaryFolder(), "out");
    expect(await transport.get({ reference }, destination)).toEqual(names);
  });

  test("list gives items as put did, filtered by prefix and sorted", async () => {
    const transport = await make();
    expect(await transport.list("")).toEqual([]);
    const second = await transport.put("leg.b", await folderWith({ b: "b" }));
    const first = await transport.put("leg.a", await folderWith({ a: "a" }));
    await transport.put("plan", await folderWith({ c: "c" }));
    expect(await transport.list("leg.")).toEqual([first, second]);
    expect(await transport.list("nothing")).toEqual([]);
    expect((await transport.list("")).map(({ name }) => name)).toEqual(["leg.a", "leg.b", "plan"]);
  });

  test("an equal name with equal files is the same item", async () => {
    const transport = await make();
    const first = await transport.put("one", await folderWith(files));
    expect(await transport.put("one", await folderWith(files))).toEqual(first);
    expect(await transport.list("")).toEqual([first]);
  });

  test("an equal name with other files is refused, and changes nothing", async () => {
    const transport = await make();
    const first = await transport.put("one", await folderWith({ a: "1" }));
    const error = await userErrorOf(transport.put("one", await folderWith({ a: "2" })));
    expect(error.id).toBe("MA541");
    expect(error.message).toContain('"one"');
    const destination = join(await temporaryFolder(), "out");
    await transport.get(first, destination);
    expect(await contentsOf(destination)).toEqual({ a: "1" });
  });

  test("an equal name with other files goes on to the caller's next name", async () => {
    const transport = await make();
    await transport.put("one", await folderWith({ a: "1" }));
    const item = await transport.put("one", await folderWith({ a: "2" }), {
      nextName: () => "two",
    });
    expect(item.name).toBe("two");
  });

  test("a caller that repeats a name is stopped", async () => {
    const transport = await make();
    await transport.put("one", await folderWith({ a: "1" }));
    const again = transport.put("one", await folderWith({ a: "2" }), { nextName: () => "one" });
    expect((await userErrorOf(again)).id).toBe("MA541");
  });

  test.each([
    "",
    "../x",
    "a/b",
    "a\\b",
    "a:b",
    "a\nb",
    ".hidden",
    "con",
    "a ",
    "x*",
    "ü".repeat(200),
  ])("the name %j is refused", async (name) => {
    const transport = await make();
    const error = await userErrorOf(transport.put(name, await folderWith(files)));
    expect(error.id).toBe("MA540");
    expect(await transport.list("")).toEqual([]);
  });

  test("a name that a caller goes on to is checked as well", async () => {
    const transport = await make();
    await transport.put("one", await folderWith({ a: "1" }));
    const next = transport.put("one", await folderWith({ a: "2" }), { nextName: () => "../x" });
    expect((await userErrorOf(next)).id).toBe("MA540");
  });

  test.each(malformed)("the reference %j is refused", async (reference) => {
    const transport = await make();
    await transport.put("one", await folderWith(files));
    const destination = join(await temporaryFolder(), "out");
    const error = await userErrorOf(transport.get({ reference }, destination));
    expect(error.id).toBe("MA540");
  });

  test("a missing item is named, and nothing is left", async () => {
    const transport = await make();
    await transport.put("one", await folderWith(files));
    const parent = await temporaryFolder();
    const error = await userErrorOf(transport.get({ reference: nowhere }, join(parent, "out")));
    expect(error.id).toBe("MA542");
    expect(error.message).toContain(nowhere);
    const known = { reference: nowhere, digest: "0".repeat(64) };
    expect((await userErrorOf(transport.get(known, join(parent, "out")))).id).toBe("MA542");
    expect(await readdir(parent)).toEqual([]);
  });

  test("another digest than the expected one leaves nothing", async () => {
    const transport = await make();
    const item = await transport.put("one", await folderWith(files));
    const parent = await temporaryFolder();
    const digest = "0".repeat(64);
    const error = await userErrorOf(transport.get({ ...item, digest }, join(parent, "out")));
    expect(error.id).toBe("MA543");
    expect(error.message).toContain("one");
    expect(await readdir(parent)).toEqual([]);
  });

  test("a destination that exists is refused and kept", async () => {
    const transport = await make();
    const item = await transport.put("one", await folderWith(files));
    const destination = await folderWith({ mine: "keep" });
    expect((await userErrorOf(transport.get(item, destination))).id).toBe("MA412");
    expect(await contentsOf(destination)).toEqual({ mine: "keep" });
  });

  test("nothing to store is an error", async () => {
    const transport = await make();
    const folder = await temporaryFolder();
    await mkdir(join(folder, "empty/folder"), { recursive: true });
    expect((await userErrorOf(transport.put("one", folder))).id).toBe("MA544");
  });

  test("a link among the files is refused by name", async () => {
    const transport = await make();
    const folder = await folderWith(files);
    await symlink("leg.json", join(folder, "bin/link"));
    const error = await userErrorOf(transport.put("one", folder));
    expect(error.id).toBe("MA544");
    expect(error.message).toContain("bin/link");
    expect(await transport.list("")).toEqual([]);
  });

  test("names that are one file on some systems are refused", async () => {
    const transport = await make();
    const folder = await folderWith({ "Tool.txt": "1" });
    await writeFile(join(folder, "tool.txt"), "2");
    const work = transport.put("one", folder);
    // On a system that folds case there is one file, and nothing to refuse.
    if ((await readdir(folder)).length === 1) expect((await work).name).toBe("one");
    else expect((await userErrorOf(work)).id).toBe("MA544");
  });

  test("a file without any permission is named, or read where permissions do not count", async () => {
    const folder = await folderWith({ a: "1", b: "2" });
    await chmod(join(folder, "b"), 0);
    const transport = await make();
    const work = transport.put("one", folder);
    if (process.getuid?.() === 0 || process.platform === "win32") {
      expect((await work).name).toBe("one");
      return;
    }
    const error = await userErrorOf(work);
    expect(error.id).toBe("MA544");
    expect(error.message).toMatch(/"b"[\s\S]*EACCES/);
    expect(await transport.list("")).toEqual([]);
  });

  test("many items at once", async () => {
    const transport = await make();
    const puts = Array.from({ length: 8 }, async (_, index) =>
      transport.put(`leg.${index}`, await folderWith({ number: String(index) })),
    );
    const items = await Promise.all(puts);
    expect(await transport.list("leg.")).toEqual(items);
    const parent = await temporaryFolder();
    await Promise.all(items.map((item) => transport.get(item, join(parent, item.name))));
    for (const [index, { name }] of items.entries()) {
      expect(await contentsOf(join(parent, name))).toEqual({ number: String(index) });
    }
  });
});
