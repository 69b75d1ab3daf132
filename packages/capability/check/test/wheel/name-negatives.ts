import { factsWith, macho } from "./natives.ts";
import { forIndex, indexOnly, type Negative } from "./negative.ts";
import { wheel } from "./recipe.ts";

const natives = { "demo-1.0.data/scripts/demo": factsWith() };
const named = (name: string): Negative["recipe"] => wheel({ name, natives });

/** File names and WHEEL. */
export const nameNegatives: readonly Negative[] = [
  { rule: "wheel/name", recipe: named("demo-1.0.whl") },
  { rule: "wheel/name", recipe: named("demo-1.0-py3-none-any.zip") },
  { rule: "wheel/name", recipe: named("de__mo-1.0-py3-none-any.whl") },
  { rule: "wheel/name", recipe: named("demo-one-py3-none-any.whl") },
  { rule: "wheel/name", recipe: named("demo-1.0-a1-py3-none-any.whl") },
  { rule: "wheel/name", recipe: named("demo-1.0-py3..py2-none-any.whl") },
  { rule: "wheel/name", recipe: named("demo-1.0-3-none-any.whl") },
  { rule: "wheel/name", recipe: named("demo-1.0-py3-none-any-avx2.whl") },
  { rule: "wheel/name", recipe: named("demo-1.0-1-py3-none-any-avx2.whl") },
  { rule: "wheel/name", recipe: named("demo-1.0-py3-none-any.whlx") },
  {
    rule: "wheel/name-form",
    recipe: wheel({ project: "Demo", natives: { "Demo-1.0.data/scripts/demo": factsWith() } }),
    options: forIndex,
    differs: indexOnly,
  },
  {
    rule: "wheel/name-form",
    recipe: wheel({
      version: "1.0+local",
      natives: { "demo-1.0+local.data/scripts/demo": factsWith() },
    }),
    options: forIndex,
    differs: indexOnly,
  },
  {
    rule: "wheel/tags-order",
    recipe: wheel({ tag: "py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64", natives }),
    differs: "published wheels by the thousand are so and every installer takes them",
  },
  {
    rule: "wheel/tags-order",
    recipe: wheel({ tag: "py3.py2-none-manylinux2014_x86_64", natives }),
    differs: "published wheels by the thousand are so and every installer takes them",
  },
  {
    rule: "wheel/platform-tag",
    recipe: wheel({ tag: "py3-none-linux_x86_64", natives }),
    options: forIndex,
    differs: indexOnly,
  },
  {
    rule: "wheel/platform-tag",
    recipe: wheel({
      tag: "py3-none-macosx_12_3_x86_64",
      natives: { "demo/demo.so": macho([{ arch: "x64" }]) },
    }),
    differs: "a warning: pip takes it, the package index does not",
  },
  {
    rule: "wheel/never-installed",
    recipe: wheel({
      tag: "py3-none-macosx_10_13_arm64",
      natives: { "demo/demo.so": macho([{ arch: "arm64" }]) },
    }),
  },
  {
    rule: "wheel/wheel-file",
    recipe: wheel({ natives, wheel: (lines) => ["Wheel-Version: 2.0", ...lines.slice(1)] }),
  },
  {
    rule: "wheel/wheel-file",
    recipe: wheel({ natives, wheel: (lines) => lines.slice(1) }),
  },
  {
    rule: "wheel/root-is-purelib",
    recipe: wheel({ natives, wheel: (lines) => lines.filter((line) => !/^Root/.test(line)) }),
  },
  {
    rule: "wheel/tags",
    recipe: wheel({
      natives,
      wheel: (lines) => [
        ...lines.slice(0, 3),
        "Tag: py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64",
      ],
    }),
    differs: "pip believes the file name; tools that believe WHEEL broke on it",
  },
  {
    rule: "wheel/tags",
    recipe: wheel({
      natives,
      wheel: (lines) => [...lines.slice(0, 3), "Tag: py3-none-linux_x86_64"],
    }),
    differs: "pip believes the file name; tools that believe WHEEL see a wheel of the builder only",
  },
  {
    rule: "wheel/tags",
    recipe: wheel({
      tag: "py2.py3-none-manylinux2014_x86_64",
      natives,
      wheel: (lines) => lines.filter((line) => !line.includes("py2")),
    }),
    differs: "pip believes the file name; tools that believe WHEEL disagree on Python 2",
  },
  {
    rule: "wheel/build",
    recipe: wheel({ tag: `1-py3-none-manylinux2014_x86_64`, natives }),
  },
  {
    rule: "wheel/build",
    recipe: wheel({ natives, wheel: (lines) => [...lines, "Build: 2"] }),
  },
];
