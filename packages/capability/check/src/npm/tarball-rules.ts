import type { NpmContents } from "@multiarch/contents";
import type { PackageRule } from "../package-rule.ts";
import { refusedMembers } from "../packed.ts";
import { readManifest } from "./manifest.ts";

/** Whether there is a package at all. */
export const tarballRules: readonly PackageRule<NpmContents>[] = [
  {
    id: "npm/refused",
    level: "error",
    source: "what one reader of archives takes and another refuses is no package",
    find: ({ refusals }) => refusedMembers(refusals, "a readable tarball"),
  },
  {
    id: "npm/manifest",
    level: "error",
    source: "npm reads package.json before anything else",
    find: (contents) => {
      const manifest = readManifest(contents);
      return "problem" in manifest ? [{ expected: "a package.json", found: manifest.problem }] : [];
    },
  },
];
