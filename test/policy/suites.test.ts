import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { projectFiles, root } from "./tree.ts";

/** A suite that is deleted, renamed or skipped must be missed: the numbers are written down, and changed on purpose. */
const expected = JSON.parse(readFileSync(join(root, "test/expected.json"), "utf8")) as {
  readonly quickSuites: number;
  readonly slowSuites: number;
  /** Suites that skip something on some systems, and why. Any other may not. */
  readonly skips: readonly { readonly file: string; readonly why: string }[];
};

describe("suites", () => {
  const quick = [
    ...projectFiles("packages", ".test.ts"),
    ...projectFiles("actions", ".test.ts"),
    ...projectFiles("test", ".test.ts"),
  ];

  test("are as many as expected", () => {
    expect(quick).toHaveLength(expected.quickSuites);
    expect(projectFiles("test/slow", ".slow.ts")).toHaveLength(expected.slowSuites);
  });

  test("skip only where it is written down why", () => {
    const skipping = [...quick, ...projectFiles("test/slow", ".ts")].filter((file) =>
      /\b(?:test|it|describe)\.(?:skip|todo|only|failing)\b|\bskipUnless\(/.test(
        readFileSync(join(root, file), "utf8"),
      ),
    );
    const allowed = expected.skips.map(({ file }) => file);
    expect(skipping.filter((file) => !file.endsWith("suites.test.ts"))).toEqual(allowed);
  });
});
