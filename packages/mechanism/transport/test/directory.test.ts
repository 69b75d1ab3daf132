import { mkdir, readdir, rename, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { stageBeside } from "@multiarch/archive";
import { silentLog } from "@multiarch/diagnostics";
import fc from "fast-check";
import { directoryTransport } from "../src/index.ts";
import { contentsOf, folderWith, temporaryFolder, userErrorOf } from "./support.ts";

test("the layout is root/name/file, and nothing else is left", async () => {
  const root = await temporaryFolder();
  const files = { "plan.json": "{}", "a/b": "1" };
  await directoryTransport(root, silentLog).put("multiarch.plan.1", await folderWith(files));
  expect(await contentsOf(root)).toEqual({
    "multiarch.plan.1/plan.json": "{}",
    "multiarch.plan.1/a/b": "1",
  });
});

test("files are copies: what happens to the source later does not matter", async () => {
  const transport = directoryTransport(await temporaryFolder(), silentLog);
  const folder = await folderWith({ a: "1" });
  const item = await transport.put("one", folder);
  await writeFile(join(folder, "a"), "2");
  const out = join(await temporaryFolder(), "out");
  await transport.get(item, out);
  expect(await contentsOf(out)).toEqual({ a: "1" });
});

test("of many that put one name at once, one wins and the others are told", async () => {
  const root = await temporaryFolder();
  const transport = directoryTransport(root, silentLog);
  const outcomes = await Promise.allSettled(
    Array.from({ length: 12 }, async (_, index) =>
      transport.put("one", await folderWith({ a: String(index % 3), b: "same" })),
    ),
  );
  const stored = (await contentsOf(join(root, "one"))).a;
  for (const [index, outcome] of outcomes.entries()) {
    expect(outcome.status).toBe(String(index % 3) === stored ? "fulfilled" : "rejected");
  }
  expect(await readdir(root)).toEqual(["one"]);
});

test("the digest covers names, sizes and contents, and no order", async () => {
  const digestOf = async (files: Record<string, string>) => {
    const transport = directoryTransport(await temporaryFolder(), silentLog);
    return (await transport.put("one", await folderWith(files))).digest;
  };
  const base = await digestOf({ a: "1", b: "2" });
  expect(await digestOf({ b: "2", a: "1" })).toBe(base);
  for (const other of [
    { a: "1" },
    { a: "2", b: "1" },
    { a: "1", c: "2" },
    { a: "1", b: "2", c: "" },
  ]) {
    expect(await digestOf(other)).not.toBe(base);
  }
});

test("an item that changed after it was listed is refused", async () => {
  const root = await temporaryFolder();
  const transport = directoryTransport(root, silentLog);
  await transport.put("one", await folderWith({ a: "1" }));
  const [item] = await transport.list("one");
  await writeFile(join(root, "one/a"), "2");
  const parent = await temporaryFolder();
  const error = await userErrorOf(
    transport.get({ reference: "one", digest: item?.digest ?? "" }, join(parent, "out")),
  );
  expect(error.id).toBe("MA543");
  expect(await readdir(parent)).toEqual([]);
});

test("links are followed neither as an artifact nor as a file of one", async () => {
  const root = await temporaryFolder();
  const transport = directoryTransport(root, silentLog);
  const elsewhere = await folderWith({ secret: "s" });
  await symlink(elsewhere, join(root, "one"));
  await mkdir(join(root, "two"));
  await symlink(join(elsewhere, "secret"), join(root, "two/secret"));
  const parent = await temporaryFolder();
  for (const reference of ["one", "two"]) {
    const error = await userErrorOf(transport.get({ reference }, join(parent, "out")));
    expect(error.id).toBe("MA544");
    expect((await userErrorOf(transport.list(reference))).id).toBe("MA544");
  }
  expect(await readdir(parent)).toEqual([]);
});

test("a file where the folder should be", async () => {
  const root = join(await folderWith({ file: "" }), "file");
  const transport = directoryTransport(root, silentLog);
  expect((await userErrorOf(transport.list(""))).id).toBe("MA550");
  expect((await userErrorOf(transport.put("a", await folderWith({ a: "" })))).id).toBe("MA550");
});

test("what a killed process left is not listed, and goes with the next put", async () => {
  const root = await temporaryFolder();
  const transport = directoryTransport(root, silentLog);
  await transport.put("one", await folderWith({ a: "1" }));
  const { spawnSync } = await import("node:child_process");
  // The hidden name tells which process made it: one that has ended for certain.
  const { pid } = spawnSync(process.execPath, ["-e", "0"]);
  const own = await stageBeside(join(root, "three"));
  const left = own.replace(`-${process.pid}-`, `-${pid}-`);
  await rename(own, left);
  await writeFile(join(left, "half"), "x");
  expect(await transport.list("")).toHaveLength(1);
  await transport.put("two", await folderWith({ a: "1" }));
  expect((await readdir(root)).sort()).toEqual(["one", "two"]);
});

test("any files come back as they were", async () => {
  const plain = fc.stringMatching(/^[a-zé_-]{1,8}$/).map((text) => `x${text.normalize("NFC")}`);
  // Of one depth for each first letter, so that no file is another one's folder.
  const name = fc.oneof(
    plain,
    plain.map((last) => `a/${last}`),
    plain.map((last) => `b/c/d/${last}`),
  );
  const contents = fc.dictionary(name, fc.uint8Array({ maxLength: 2000 }), {
    minKeys: 1,
    maxKeys: 6,
    noNullPrototype: true,
  });
  const transport = directoryTransport(await temporaryFolder(), silentLog);
  let number = 0;
  await fc.assert(
    fc.asyncProperty(contents, async (content) => {
      const folder = await folderWith(content);
      const item = await transport.put(`item.${++number}`, folder);
      const out = join(await temporaryFolder(), "out");
      expect((await transport.get(item, out)).sort()).toEqual(Object.keys(content).sort());
      expect(await contentsOf(out)).toEqual(await contentsOf(folder));
    }),
    { numRuns: 20 },
  );
});
