import { UserError } from "@multiarch/diagnostics";
import { parseTarget } from "@multiarch/targets";
import type { RunsOn } from "./runs-on.ts";

/**
 * The input `runner`: a line for each platform, `linux/arm64=label`, several labels apart by commas; `default=label`, or a
 * label alone, is for all others. Keys become prefixes of target ids.
 * @throws UserError MA214 for a line that says nothing, MA101 and MA102 for an unknown platform
 */
export function parseRunnerLines(text: string): ReadonlyMap<string, RunsOn> {
  const lines = new Map<string, RunsOn>();
  for (const line of text.split(/\r?\n/).map((part) => part.trim())) {
    if (line === "" || line.startsWith("#")) continue;
    const [before, after] = splitOnce(line);
    const labels = after.replace(/^\[(.*)\]$/, "$1").split(",");
    const wanted = labels.map((label) => label.trim());
    const key = before === null || before === "default" ? "default" : parseTarget(before).id;
    if (wanted.some((label) => label === "")) throw badLine(line, "a label after the =");
    if (lines.has(key)) throw badLine(line, `one line for ${key}`);
    const [only] = wanted;
    lines.set(key, wanted.length === 1 && only !== undefined ? only : wanted);
  }
  return lines;
}

function splitOnce(line: string): [before: string | null, after: string] {
  const index = line.indexOf("=");
  return index < 0 ? [null, line] : [line.slice(0, index).trim(), line.slice(index + 1).trim()];
}

function badLine(line: string, expected: string): UserError {
  return new UserError("MA214", {
    what: `the input runner has a line that cannot be followed: ${line}`,
    where: "with: runner",
    expected,
    found: line,
  });
}
