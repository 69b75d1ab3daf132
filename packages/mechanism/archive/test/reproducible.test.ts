import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { childScript, outputOf, startNode } from "./child-process.ts";
import { temporaryFolders } from "./helpers.ts";

const temporaryFolder = temporaryFolders();
const script = childScript();

const hosts = [
  { zone: "UTC", mask: 0o022 },
  { zone: "America/New_York", mask: 0o077 },
  { zone: "Asia/Kolkata", mask: 0o000 },
];

test("archives do not depend on time zone, umask or order of entries", async () => {
  const runs = hosts.map(async ({ zone, mask }) => {
    const folder = await temporaryFolder();
    // A child inherits the mask; it cannot be given one.
    const before = process.umask(mask);
    const child = startNode([script(), "pack", folder], { TZ: zone });
    process.umask(before);
    return { ...JSON.parse(await outputOf(child)), folder };
  });
  const results = await Promise.all(runs);
  // The zones must have been different ones, or nothing was tested.
  expect(new Set(results.map((result) => result.zone)).size).toBe(3);
  expect(new Set(results.map((result) => result.tar)).size).toBe(1);
  expect(new Set(results.map((result) => result.zip)).size).toBe(1);
  const [first = "", second = ""] = results.map((result) => join(result.folder, "out.tar.gz"));
  expect(await readFile(first)).toEqual(await readFile(second));
}, 60_000);
