import type { Check, FileKind } from "@multiarch/contracts";
import { closest, type MadeRequest } from "./context.ts";
import type { Rule } from "./rule.ts";
import { systemRules } from "./system-rules.ts";
import { targetRules } from "./target-rules.ts";

/** Every rule about one file, in the order in which their findings are told. */
export const madeRules: readonly Rule[] = [...targetRules, ...systemRules];

const nativeKinds: ReadonlySet<FileKind> = new Set(["executable", "addon", "library"]);

/**
 * Holds one file of a leg against what its row asked for. Files that are no native code (wheels, trees of JavaScript)
 * are not judged here.
 * @returns findings of every level; the file serves its target when none is an error
 */
export function checkMade(request: MadeRequest): Check[] {
  const { file } = request;
  if (!nativeKinds.has(file.kind)) return [];
  if (file.facts === null) {
    const expected = file.kind === "executable" ? "a native program" : "a native library";
    return [
      { rule: "made/kind", level: "error", file: file.path, expected, found: "no native file" },
    ];
  }
  const made = closest(request, file.facts);
  return madeRules.flatMap((rule) =>
    rule.find(made).map(({ expected, found }) => ({
      rule: rule.id,
      level: rule.level,
      file: file.path,
      expected,
      found,
    })),
  );
}
