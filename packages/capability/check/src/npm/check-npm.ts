import type { NpmContents } from "@multiarch/contents";
import type { Check } from "@multiarch/contracts";
import { byteRules } from "../native/byte-rules.ts";
import { applyRules, type CheckOptions, type PackageRule } from "../package-rule.ts";
import { siblingNames } from "../packed.ts";
import { contentRules } from "./content-rules.ts";
import { labelRules } from "./label-rules.ts";
import { libcRules } from "./libc-rules.ts";
import { readManifest } from "./manifest.ts";
import { manifestRules } from "./manifest-rules.ts";
import { type NpmPackage, npmPackage } from "./package.ts";
import { tarballRules } from "./tarball-rules.ts";

/** Every rule over an npm package, in the order in which their findings are told. */
export const npmRules: readonly PackageRule<NpmPackage>[] = [
  ...labelRules,
  ...libcRules,
  ...contentRules,
  ...byteRules<NpmPackage>({
    room: "npm",
    files: ({ loaded }) => loaded,
    siblings: ({ contents }) => siblingNames(contents.members),
    member: ({ path }) => path,
  }),
  ...manifestRules,
];

/**
 * Holds an npm tarball against its own label and what installers do with it. Files that the label says nothing of, as in a
 * package for every platform that carries prebuilt addons, contradict nothing.
 */
export function checkNpm(contents: NpmContents, options: CheckOptions): Check[] {
  const { name } = contents;
  const checks = applyRules(tarballRules, contents, options, name);
  const manifest = readManifest(contents);
  if ("problem" in manifest) return checks;
  return [...checks, ...applyRules(npmRules, npmPackage(contents, manifest), options, name)];
}
