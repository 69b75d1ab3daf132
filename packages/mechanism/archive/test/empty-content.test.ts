import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { listArchive, writeTarGz, writeZip } from "../src/index.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "multiarch-empty-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a file without content leaves the archive's checksum as it is", async () => {
  const encoder = new TextEncoder();
  const entries = ["", "text", ""].map((text, index) => ({
    name: `file-${index}`,
    mode: 0o644 as const,
    content: encoder.encode(text),
  }));
  const tarball = join(folder, "files.tar.gz");
  await writeTarGz(tarball, entries, { epoch: 315_532_800 });
  // Throws when the checksum is wrong.
  expect(gunzipSync(readFileSync(tarball)).length % 512).toBe(0);
  const zip = join(folder, "files.zip");
  await writeZip(zip, entries, { epoch: 315_532_800 });
  for (const archive of [tarball, zip]) {
    expect((await listArchive(archive)).map(({ size }) => size)).toEqual([0, 4, 0]);
  }
});
