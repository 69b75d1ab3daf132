import { describe, expect, test } from "@jest/globals";
import { UserError } from "@multiarch/diagnostics";
import fc from "fast-check";
import { githubMatrix } from "../../../../test/support/github-matrix.ts";
import { type Axes, expand } from "../src/index.ts";

const none = { include: [], exclude: [] };

function outcome(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    if (error instanceof UserError) return error.id;
    return "refused";
  }
}

describe("a matrix multiplied out", () => {
  test("has every combination, the last axis changing fastest", () => {
    const axes = { target: ["linux-x64", "linux-arm64"], python: ["3.12", "3.13"] };
    expect(
      expand({ axes, ...none }, "matrix.test").map((row) => Object.values(row).join()),
    ).toEqual(["linux-x64,3.12", "linux-x64,3.13", "linux-arm64,3.12", "linux-arm64,3.13"]);
  });

  test("loses what exclude matches, without regard to case, and numbers written as text", () => {
    const axes = { os: ["Linux", "macOS"], version: [1, 2] };
    const rows = expand(
      { axes, include: [], exclude: [{ os: "linux", version: "1" }] },
      "matrix.test",
    );
    expect(rows).toEqual([
      { os: "Linux", version: 2 },
      { os: "macOS", version: 1 },
      { os: "macOS", version: 2 },
    ]);
  });

  test("an include adds to the rows it matches, or becomes a row of its own", () => {
    const axes = { os: ["linux", "macos"] };
    const include = [{ os: "linux", slow: true }, { note: "all" }, { os: "windows", note: "own" }];
    expect(expand({ axes, include, exclude: [] }, "matrix.test")).toEqual([
      { os: "linux", slow: true, note: "all" },
      { os: "macos", note: "all" },
      { os: "windows", note: "own" },
    ]);
  });

  test.each([
    ["an axis without values", { axes: { a: [] }, ...none }],
    ["an exclude without keys", { axes: { a: [1] }, include: [], exclude: [{}] }],
    ["an exclude of no axis", { axes: { a: [1] }, include: [], exclude: [{ b: 1 }] }],
    ["an include without keys", { axes: { a: [1] }, include: [{}], exclude: [] }],
  ] satisfies [string, Axes][])("%s is an error", (_, matrix) => {
    expect(outcome(() => expand(matrix, "matrix.test"))).toBe("MA215");
  });

  const cell = fc.oneof(
    fc.constantFrom("a", "A", "1", "", " 1 ", "true", "x64", "X64"),
    fc.integer({ min: 0, max: 2 }),
    fc.boolean(),
  );
  const key = fc.constantFrom("os", "version", "extra", "other");
  const cells = fc.dictionary(key, cell, { maxKeys: 3, noNullPrototype: true });
  const matrix = fc.record({
    axes: fc.dictionary(fc.constantFrom("os", "version"), fc.array(cell, { maxLength: 3 }), {
      minKeys: 1,
      noNullPrototype: true,
    }),
    include: fc.array(cells, { maxLength: 3 }),
    exclude: fc.array(cells, { maxLength: 2 }),
  });

  test("is what GitHub makes of the same axes", () => {
    fc.assert(
      fc.property(matrix, ({ axes, include, exclude }) => {
        const ours = outcome(() => expand({ axes, include, exclude }, "matrix.test"));
        const theirs = outcome(() =>
          githubMatrix("job", {
            ...axes,
            ...(include.length === 0 ? {} : { include }),
            ...(exclude.length === 0 ? {} : { exclude }),
          }).map(({ row }) => row),
        );
        expect(ours).toEqual(theirs === "refused" ? "MA215" : theirs);
      }),
      { numRuns: 500, seed: 1 },
    );
  });
});
