import { mkdir, readdir, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { beforeAll, beforeEach, expect, test } from "@jest/globals";
import { stageBeside } from "@multiarch/archive";
import { type Delivery, deliver, mergeDelivery } from "../../../../test/support/delivery.ts";
import { prebuiltProject } from "../../../../test/support/project.ts";
import { put, temporaryFolder, tree, userError } from "../../../../test/support/temporary.ts";

let delivery: Delivery;
let output: string;
beforeAll(async () => {
  delivery = await deliver(await prebuiltProject({ targets: ["linux-x64"] }));
});
beforeEach(async () => {
  output = join(await temporaryFolder(), "release");
});

const merge = () => mergeDelivery(delivery, { output });

test.each([
  ["something else", { "notes.txt": "mine" }, "notes.txt"],
  ["a release and something else", { "release.json": "{}", "notes.txt": "mine" }, "notes.txt"],
  ["folders of our names alone", { "npm/mine.tgz": "mine" }, "no release.json"],
  ["a release.json of another tool", { "release.json": "{}" }, "another release.json"],
])("a folder that holds %s is refused and left alone", async (_what, files, found) => {
  await put(output, files);
  const error = await userError(merge());
  expect(error.id).toBe("MA713");
  expect(error.details.found).toBe(found);
  expect(error.message).toContain(output);
  expect(await tree(output)).toEqual(files);
  expect(await readdir(dirname(output))).toEqual(["release"]);
});

test("a file in its place is refused and left alone", async () => {
  await writeFile(output, "mine");
  expect((await userError(merge())).id).toBe("MA713");
});

test("an empty folder is taken, and parents are made", async () => {
  await mkdir(output);
  await merge();
  output = join(output, "..", "deep", "er", "release");
  await merge();
  expect(await readdir(dirname(output))).toEqual(["release"]);
});

test("an earlier release is replaced as a whole", async () => {
  await merge();
  const first = await tree(output);
  await put(output, { "npm/old-1.0.0.tgz": "from a release with npm", ".DS_Store": "" });
  await merge();
  expect(await tree(output)).toEqual(first);
});

test("an earlier release survives a failing merge byte for byte", async () => {
  await merge();
  const before = await tree(output);
  const reference = { ...delivery.reference, sha256: "0".repeat(64) };
  const failing = mergeDelivery({ ...delivery, reference }, { output });
  expect((await userError(failing)).id).toBe("MA903");
  expect(await tree(output)).toEqual(before);
  expect(await readdir(dirname(output))).toEqual(["release"]);
});

test("what another process is making beside it is left alone", async () => {
  await merge();
  const own = (await readdir(dirname(output))).length;
  const neighbour = await stageBeside(output);
  // No system gives a process such a number.
  const dead = neighbour.replace(`-${process.pid}-`, "-999999999-");
  await mkdir(dead);
  await merge();
  const left = await readdir(dirname(output));
  expect(left).toHaveLength(own + 1);
  expect(left).toContain(basename(neighbour));
});
