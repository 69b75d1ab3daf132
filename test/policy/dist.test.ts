import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { root, runNode } from "./tree.ts";

function hashes(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    files
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path): [string, string] => [
        path.slice(folder.length + 1).replaceAll("\\", "/"),
        createHash("sha256").update(readFileSync(path)).digest("hex"),
      ])
      .sort(([left], [right]) => (left < right ? -1 : 1)),
  );
}

describe("dist", () => {
  const folder = mkdtempSync(join(tmpdir(), "multiarch-dist-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("is what a clean build makes, byte for byte", () => {
    runNode(["scripts/build.mjs", folder]);
    expect(hashes(join(root, "dist"))).toEqual(hashes(folder));
  }, 120_000);

  test("holds bundled code only, and reads no path that the bundler made up", () => {
    const files = Object.keys(hashes(join(root, "dist")));
    expect(
      files.filter((file) => !/\.js$|^main\/(licenses\.txt|package\.json)$/.test(file)),
    ).toEqual([]);
    const rewritten = files.filter((file) =>
      /\.ab\s*\+/.test(readFileSync(join(root, "dist", file), "utf8")),
    );
    expect(rewritten).toEqual([]);
  });

  test("stays small: every user downloads it", () => {
    const sizes = Object.keys(hashes(join(root, "dist"))).map(
      (file) => readFileSync(join(root, "dist", file)).byteLength,
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(4_000_000);
  });
});
