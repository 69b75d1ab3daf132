import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type Contents, readContents } from "@multiarch/contents";
import { linuxProgram } from "../support/binaries.ts";
import { succeed } from "./support/run.ts";

/** What Python reads from an archive that it wrote: name, octal mode, SHA-256. */
interface Written {
  readonly path: string;
  readonly members: readonly (readonly [string, string | null, string])[];
}

const script = join(import.meta.dirname, "support", "write-archives.py");
let folder: string;
let written: Written[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "multiarch-python-archives-"));
  writeFileSync(join(folder, "program"), linuxProgram("x64"));
  const output = await succeed("python3", [script, folder, join(folder, "program")], {
    cwd: folder,
  });
  written = output
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Written);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (path: string): Promise<Contents> => readContents(path, { temporaryFolder: folder });

test("what Python's zipfile and tarfile write is read as they read it", async () => {
  expect(written).toHaveLength(10);
  for (const { path, members } of written) {
    const contents = await read(path);
    if (contents.kind !== "archive") throw new Error(`${path}: ${contents.kind}`);
    const found = contents.members.map((member) => [member.path, member.mode, member.sha256]);
    const order = (one: readonly unknown[], other: readonly unknown[]): number =>
      String(one[0]) < String(other[0]) ? -1 : 1;
    expect([basename(path), ...found.sort(order)]).toEqual([
      basename(path),
      ...[...members].sort(order),
    ]);
    const native = contents.members.filter(({ facts }) => facts !== null);
    const names = native.map((member) => member.path.replace(/^.*\//, ""));
    // A hard link is the program once more.
    expect(names).toEqual(path.endsWith(".zip") ? ["tool"] : ["tool", "link1"]);
    const reasons = contents.refusals.map(({ reason }) => reason);
    expect([path, reasons]).toEqual([path, path.includes("dots") ? ["name-form"] : []]);
  }
});

test("sizes that follow the data are told, though the zip can be read", async () => {
  const streamed = written.find(({ path }) => path.endsWith("streamed.zip"));
  const contents = await readContents(streamed?.path ?? "", {
    as: "wheel",
    temporaryFolder: folder,
  });
  if (contents.kind !== "wheel") throw new Error(contents.kind);
  expect(contents.members).toHaveLength(4);
  expect(contents.zip.entries.map(({ flags }) => flags & 8)).toEqual([8, 8, 8, 8]);
});
