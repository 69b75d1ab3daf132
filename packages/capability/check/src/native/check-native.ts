import type { NativeContents } from "@multiarch/contents";
import type { Check } from "@multiarch/contracts";
import { applyRules, type CheckOptions, type PackageRule } from "../package-rule.ts";
import { byteRules } from "./byte-rules.ts";
import { namedOtherwise } from "./named.ts";
import { isExecutable } from "./native-file.ts";

/** Every rule over one bare native file. */
export const nativeRules: readonly PackageRule<NativeContents>[] = [
  ...byteRules<NativeContents>({
    room: "file",
    files: (contents) => [contents],
    siblings: () => new Set(),
    member: () => undefined,
  }),
  {
    id: "file/name",
    level: "error",
    source: "downloads are chosen by their name: nobody looks into tool-linux-arm64",
    find: (contents) => namedOtherwise(contents.name, [contents]),
  },
  {
    id: "file/mode",
    level: "warning",
    source:
      "artifacts lose the mode of a file; a program of mode 0644 ends with `Permission denied`",
    find: ({ kind, mode, facts }) =>
      kind !== "executable" ||
      facts.format === "pe" ||
      facts.format === "wasm" ||
      isExecutable(mode)
        ? []
        : [{ expected: "mode 0755", found: `mode ${mode}` }],
  },
];

/** Holds a bare native file against what was asked for, what its name says and what its system demands. */
export function checkNative(contents: NativeContents, options: CheckOptions): Check[] {
  return applyRules(nativeRules, contents, options, contents.name);
}
