import { describe, expect, test } from "@jest/globals";
import { excludeChecks } from "@multiarch/check";
import type { Check } from "@multiarch/contracts";

function check(rule: string, file = "tool", found = "another"): Check {
  return { rule, level: "error", file, expected: "one", found };
}

const arch = check("wheel/arch", "src/debug/testdata/hello.elf");
const deep = check("wheel/arch", "src/debug/a/b/c.so");
const outside = check("wheel/arch", "lib/tool");
const tags = check("wheel/tags", "tool.whl");
const npm = check("npm/os", "bin/tool");
const cuda = check(
  "wheel/libraries",
  "a.so",
  "libcuda.so.1, needed by this file, is not in the wheel",
);
const qt = check("wheel/libraries", "a.so", "libQt5Core.so.5, needed by this file and by 2 more");
const dll = check("npm/dll", "a.node", "libnode.dll, needed by this file");
const libc = check("npm/libc", "a.node", "libcuda.so.1, which is something else");
const all = [arch, deep, outside, tags, npm, cuda, qt, dll, libc];

describe("what a pattern takes out", () => {
  test.each<[pattern: string, excluded: readonly Check[]]>([
    ["wheel/arch", [arch, deep, outside]],
    ["wheel/*", [arch, deep, outside, tags, cuda, qt]],
    ["*/os", [npm]],
    ["**", all],
    ["wheel/arch:src/debug/**", [arch, deep]],
    ["wheel/arch:src/debug/*", []],
    ["wheel/arch:src/debug/*/*.elf", [arch]],
    ["wheel/arch:src/**/c.so", [deep]],
    ["wheel/arch:**/tool", [outside]],
    ["wheel/arch:lib/too?", [outside]],
    ["wheel/*:tool.whl", [tags]],
    ["**:bin/tool", [npm]],
    ["wheel/arch:lib/t.ol", []],
    ["wheel/a.ch", []],
    ["libcuda.so.1", [cuda]],
    ["libcuda.so.?", [cuda]],
    ["libcuda", []],
    ["libQt5*", [qt]],
    ["*.dll", [dll]],
    ["*", [cuda, qt, dll]],
    ["LIBCUDA.so.1", []],
    ["", []],
  ])("%s", (pattern, excluded) => {
    const result = excludeChecks(all, [pattern]);
    expect(result.excluded).toEqual(excluded.map((one) => ({ ...one, by: pattern })));
    expect(result.kept).toEqual(all.filter((one) => !excluded.includes(one)));
    expect(result.unused).toEqual(excluded.length === 0 ? [pattern] : []);
  });
});

test("without patterns everything stays", () => {
  expect(excludeChecks(all, [])).toEqual({ kept: all, excluded: [], unused: [] });
});

test("the first pattern is named, and none that matched counts as unused", () => {
  const { excluded, unused } = excludeChecks([npm], ["npm/*", "npm/os", "nmp/os"]);
  expect(excluded).toEqual([{ ...npm, by: "npm/*" }]);
  expect(unused).toEqual(["nmp/os"]);
});
