import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { checkSdist, checkWheel, excludeChecks } from "../../src/index.ts";
import { glibcLibrary } from "./natives.ts";
import { anyPurpose } from "./negative.ts";
import { sdistContents, type WheelChanges, wheel, wheelContents } from "./recipe.ts";

function findings(changes: WheelChanges): string[] {
  return checkWheel(wheelContents(wheel(changes)), anyPurpose).map(
    ({ rule, level, file, expected, found }) => `${level} ${rule} ${file}: ${expected} | ${found}`,
  );
}

describe("what is said", () => {
  test("of unsorted tags: how they are sorted, 2 before _", () => {
    expect(
      findings({
        tag: "py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64",
        natives: { "demo/one.so": glibcLibrary("2.17") },
      }),
    ).toEqual([
      "warning wheel/tags-order demo-1.0-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl: " +
        "manylinux2014_x86_64.manylinux_2_17_x86_64 | manylinux_2_17_x86_64.manylinux2014_x86_64",
    ]);
  });

  test("of a glibc: the oldest that the tags promise, and which tag does", () => {
    expect(
      findings({
        tag: "py3-none-manylinux_2_28_x86_64.manylinux_2_34_x86_64",
        natives: { "demo/one.so": glibcLibrary("2.34") },
      }),
    ).toEqual([
      "error wheel/glibc demo/one.so: at most glibc 2.28, as manylinux_2_28_x86_64 says | glibc 2.34 is needed",
    ]);
  });

  test("of a library: once, whoever needs it", () => {
    const needing = glibcLibrary("2.17", { needed: ["libcuda.so.1", "libQt5Core.so.5"] });
    expect(findings({ natives: { "demo/one.so": needing, "demo/two.so": needing } })).toEqual([
      "warning wheel/libraries demo/one.so: a library that every promised system brings | libQt5Core.so.5, needed by this file and by 1 more, is not in the wheel",
      "warning wheel/libraries demo/one.so: a library that every promised system brings | libcuda.so.1, needed by this file and by 1 more, is not in the wheel",
    ]);
  });

  test("of WHEEL: what is missing, and what is only there", () => {
    expect(
      findings({
        tag: "py2.py3-none-any",
        wheel: (lines) => [...lines.slice(0, 3), "Tag: py3-none-any", "Tag: py4-none-any"],
      }),
    ).toEqual([
      "error wheel/tags demo-1.0-py2.py3-none-any.whl: the same tags in WHEEL as in the file name | " +
        "not in WHEEL: py2-none-any; only in WHEEL: py4-none-any",
    ]);
  });
});

test("a user silences a library, or the files of a folder", () => {
  const checks = checkWheel(
    wheelContents(
      wheel({
        natives: {
          "demo/one.so": glibcLibrary("2.17", { needed: ["libQt5Core.so.5", "libcuda.so.1"] }),
          "demo/testdata/arm.so": glibcLibrary("2.17", { arch: "arm64" }),
        },
      }),
    ),
    anyPurpose,
  );
  const { kept, excluded } = excludeChecks(checks, ["libQt5*", "wheel/arch:demo/testdata/**"]);
  expect(kept.map(({ found }) => found.split(",")[0])).toEqual(["libcuda.so.1"]);
  expect(excluded.map(({ by }) => by).sort()).toEqual(["libQt5*", "wheel/arch:demo/testdata/**"]);
});

test("whatever a package says of itself, there is an answer and no exception", () => {
  const lines = fc.array(fc.string({ unit: "binary", maxLength: 60 }), { maxLength: 8 });
  const part = fc.stringMatching(/^[-.\w]{0,30}$/);
  fc.assert(
    fc.property(part, lines, lines, lines, (name, metadata, wheelLines, record) => {
      const recipe = wheel({
        name: `demo-1.0-${name}.whl`,
        natives: { "demo/one.so": glibcLibrary("2.17") },
        metadata: () => metadata,
        wheel: () => wheelLines,
        record: () => record,
      });
      for (const purpose of ["any", "pypi"] as const) {
        const checks = checkWheel(wheelContents(recipe), { ...anyPurpose, purpose });
        expect(checks.length).toBeGreaterThan(0);
        const sdist = sdistContents({ ...recipe, name: `${name}.tar.gz` });
        expect(checkSdist(sdist, { ...anyPurpose, purpose }).length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 300 },
  );
});
