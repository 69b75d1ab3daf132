import type { NativeFile } from "../native/native-file.ts";
import type { PackageRule } from "../package-rule.ts";
import { accepts, promised } from "./label.ts";
import type { NpmPackage } from "./package.ts";

/** Whether the field libc is there when it is needed, and only then. */
export const libcRules: readonly PackageRule<NpmPackage>[] = [
  {
    id: "npm/libc-undeclared",
    level: "warning",
    source:
      "without libc npm, pnpm and yarn 4 install the gnu and the musl package side by side; napi leaves it out for arm",
    find: ({ manifest, loaded }) => {
      const onlyLinux = manifest.os?.every((word) => word === "linux") === true;
      if (!onlyLinux || manifest.libc !== null) return [];
      return bound(loaded).map(([libc, { path }]) => ({
        member: path,
        expected: `"libc": ["${libc}"]`,
        found: `a file that needs ${libc}, and no field libc`,
      }));
    },
  },
  {
    id: "npm/libc-wider",
    level: "warning",
    source: "npm installs the package on the other libc too, where its loader does not exist",
    find: ({ manifest: { libc }, loaded }) => {
      const made = new Map(bound(loaded));
      if (made.size === 0) return [];
      return promised(libc)
        .filter((word) => !made.has(word))
        .filter(() => [...made.keys()].some((word) => accepts(libc, word)))
        .map((word) => ({
          expected: `a file for libc ${word}`,
          found: `only files for ${[...made.keys()].join(", ")}`,
        }));
    },
  },
  {
    id: "npm/libc-system",
    level: "warning",
    levelFor: ({ purpose }) => (purpose === "npm" ? "error" : "warning"),
    source: "npm refuses a package with libc on every system but Linux (EBADPLATFORM)",
    find: ({ manifest: { os, libc } }) => {
      if (libc === null || (os !== null && promised(os).every((word) => word === "linux")))
        return [];
      const said = os === null ? "no field os" : `os ${os.join(", ")}`;
      return [{ expected: "libc on packages for Linux alone", found: `libc with ${said}` }];
    },
  },
  {
    id: "npm/libc-not-needed",
    level: "note",
    source: "a static program serves every libc: with the field it is installed on one only",
    find: ({ manifest: { os, libc }, loaded }) => {
      const all = loaded.length > 0 && loaded.every(({ facts }) => facts.libc === null);
      if (!all || libc === null || !accepts(os, "linux")) return [];
      return [{ expected: "no field libc", found: `libc ${libc.join(", ")}` }];
    },
  },
];

/** The C libraries that files for Linux are bound to, with the first file of each. */
function bound(loaded: readonly NativeFile[]): [string, NativeFile][] {
  const found = new Map<string, NativeFile>();
  for (const file of loaded) {
    const { os, libc } = file.facts;
    if (os === "linux" && libc !== null && !found.has(libc)) found.set(libc, file);
  }
  return [...found];
}
