import { fitsTarget } from "@multiarch/binary";
import type { Check, Facts } from "@multiarch/contracts";
import { parseTarget } from "@multiarch/targets";
import { baseName, groups } from "./grouping.ts";

/** A file of a leg whose bytes were hashed and read by whoever asks. */
export interface DeliveredFile {
  readonly row: string;
  /** As asked. */
  readonly target: string;
  readonly package: string;
  readonly path: string;
  readonly sha256: string;
  /** `null`: no native file. */
  readonly facts: Facts | null;
}

/** Where each rule across files comes from; the counterpart of `source` in the rules over one file. */
export const acrossRules = [
  {
    id: "across/names",
    level: "error",
    source:
      "two jobs wrote one wheel name (gnu and musl); whichever came last won, or the file was corrupt",
  },
  {
    id: "across/bytes",
    level: "error",
    source:
      "the same bytes under two platforms are one of the labels being wrong, unless the file serves both",
  },
] as const satisfies readonly { id: string; level: Check["level"]; source: string }[];

/**
 * What only shows when all files of a release lie side by side: one name with two contents, and one content under targets
 * that it cannot serve. Each finding names both culprits. The order of `files` does not matter.
 */
export function checkAcross(files: readonly DeliveredFile[]): Check[] {
  const ordered = [...files].sort((one, other) => compare(sortKey(one), sortKey(other)));
  return [...equalNames(ordered), ...equalBytes(ordered)];
}

function equalNames(files: readonly DeliveredFile[]): Check[] {
  const checks: Check[] = [];
  for (const same of groups(files, nameKey).values()) {
    const [first] = same;
    for (const other of same) {
      if (first === undefined || other.sha256 === first.sha256) continue;
      checks.push({
        rule: "across/names",
        level: "error",
        file: baseName(other.path),
        expected: `the bytes that ${first.row} delivered (sha256 ${first.sha256})`,
        found: `${other.row} delivered others of that name (sha256 ${other.sha256})`,
      });
    }
  }
  return checks;
}

function equalBytes(files: readonly DeliveredFile[]): Check[] {
  const checks: Check[] = [];
  for (const same of groups(files, ({ sha256 }) => sha256).values()) {
    if (new Set(same.map(({ target }) => target)).size < 2) continue;
    for (const file of same) {
      const other = same.find(({ target }) => target !== file.target);
      const misfit = misfits(file);
      if (other === undefined || misfit === null) continue;
      checks.push({
        rule: "across/bytes",
        level: "error",
        file: baseName(file.path),
        expected: `a file of its own for ${file.target} (row ${file.row})`,
        found: `the bytes of ${other.target} (row ${other.row}): ${misfit}`,
      });
    }
  }
  return checks;
}

/** Why a native file cannot serve the target it is delivered for; `null` when it can. */
function misfits({ facts, target }: DeliveredFile): string | null {
  if (facts === null) return null;
  let closest: string[] | null = null;
  for (const row of parseTarget(target).rows) {
    const differences = fitsTarget(facts, row);
    if (closest === null || differences.length < closest.length) closest = differences;
  }
  return closest === null || closest.length === 0 ? null : closest.join(", ");
}

/**
 * Packages are published under their own name, so theirs must be the only one of the release. A program is called alike
 * on every platform: its name must be the only one of its target and package.
 */
function nameKey(file: DeliveredFile): string {
  const name = baseName(file.path);
  const published = file.facts === null && /\.(?:whl|tgz|zip|tar\.gz)$/.test(name);
  return JSON.stringify(published ? [name] : [file.target, file.package, name]);
}

function sortKey({ target, row, path }: DeliveredFile): string {
  return JSON.stringify([target, row, path]);
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
