import { factsWith } from "./natives.ts";
import { forIndex, indexOnly, type Negative } from "./negative.ts";
import { type Recipe, type RecipeFile, refusal } from "./recipe.ts";

interface SdistChanges extends Partial<Recipe> {
  readonly root?: string;
  readonly metadata?: readonly string[] | null;
  readonly more?: readonly RecipeFile[];
  readonly pyproject?: boolean;
}

const differs = "installers look at it only after they built it; the package index refuses it";
const usual = ["Metadata-Version: 2.4", "Name: demo", "Version: 1.0"];

/** A source distribution that nothing is wrong with, but for the changes. */
export function sdist(changes: SdistChanges = {}): Recipe {
  const { root = "demo-1.0", metadata = usual, more = [], pyproject = true, ...recipe } = changes;
  const files: RecipeFile[] = [...more];
  if (pyproject) files.push({ path: `${root}/pyproject.toml`, text: "[build-system]\n" });
  if (metadata !== null) {
    files.push({ path: `${root}/PKG-INFO`, text: `${metadata.join("\n")}\n` });
  }
  return { name: "demo-1.0.tar.gz", files, ...recipe };
}

export const sdistNegatives: readonly Negative[] = [
  { rule: "sdist/name", recipe: sdist({ name: "demo.tar.gz" }) },
  { rule: "sdist/name", recipe: sdist({ name: "demo-one.tar.gz" }) },
  {
    rule: "sdist/name-form",
    recipe: sdist({ name: "Demo-1.0.tar.gz" }),
    options: forIndex,
    differs: indexOnly,
  },
  { rule: "sdist/name-form", recipe: sdist({ name: "demo-1.0.zip" }), options: forIndex },
  {
    rule: "sdist/archive",
    recipe: sdist({ refusals: [refusal("truncated")] }),
  },
  { rule: "sdist/portable-names", recipe: sdist({ refusals: [refusal("name-case", "a")] }) },
  { rule: "sdist/root", recipe: sdist({ more: [{ path: "other/setup.py", text: "" }] }), differs },
  { rule: "sdist/root", recipe: sdist({ root: "demo-2.0" }), differs },
  { rule: "sdist/pkg-info", recipe: sdist({ metadata: null }), differs },
  {
    rule: "sdist/metadata",
    recipe: sdist({ metadata: [...usual.slice(0, 2), "Version: 2.0"] }),
    differs,
  },
  {
    rule: "sdist/metadata",
    recipe: sdist({ metadata: ["Metadata-Version: 2.4", "Name: other", "Version: 1.0"] }),
    differs,
  },
  {
    rule: "sdist/license-file",
    recipe: sdist({ metadata: [...usual, "License-File: LICENSE"] }),
    options: forIndex,
    differs,
  },
  { rule: "sdist/pyproject", recipe: sdist({ pyproject: false }) },
  {
    rule: "sdist/native",
    recipe: sdist({ more: [{ path: "demo-1.0/demo.so", text: "", facts: factsWith() }] }),
  },
  {
    rule: "sdist/file-size",
    recipe: sdist({ size: 101 * 1024 * 1024 }),
    options: forIndex,
  },
];
