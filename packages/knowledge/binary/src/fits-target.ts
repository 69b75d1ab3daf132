import type { Facts } from "@multiarch/contracts";

/** What of an exact target is compared with a file; every row of the target table has it. */
export interface AskedTarget {
  readonly os: string;
  /** As in `Facts`; `universal` for the two slices of macOS. */
  readonly arch: string;
  readonly armVersion: number | null;
  readonly libc: string | null;
}

/**
 * Whether a file serves an exact target.
 * @returns nothing when it does, else a phrase for each difference: `arch: expected arm64, found x64`
 *
 * A static Linux program serves glibc and musl alike, and so does a library that needs no C library. How new a glibc the
 * file needs is not asked here: the floor is a setting, not part of the target.
 */
export function fitsTarget(facts: Facts, asked: AskedTarget): string[] {
  if (!sameSystem(facts, asked)) {
    return [difference("os", asked.os, facts.os ?? `an unknown one (${facts.format})`)];
  }
  const architecture = architectureDifference(facts, asked);
  if (architecture !== null) return [architecture];
  return [...armDifferences(facts, asked), ...libcDifferences(facts, asked)];
}

function sameSystem(facts: Facts, asked: AskedTarget): boolean {
  if (facts.os === asked.os) return true;
  // A wasm module without imports asks nothing of any system.
  return facts.format === "wasm" && asked.arch === "wasm32" && facts.needed.length === 0;
}

function architectureDifference(facts: Facts, asked: AskedTarget): string | null {
  const made = facts.slices.length > 0 ? facts.slices.map(({ arch }) => arch) : [facts.arch];
  const universal = asked.arch.startsWith("universal");
  const wanted = universal ? ["x64", "arm64"] : [asked.arch];
  if (wanted.every((arch) => made.some((slice) => slice === arch))) return null;
  const found = made.map((arch) => arch ?? "an unknown one").join(" and ");
  return difference("arch", wanted.join(" and "), found);
}

function armDifferences(facts: Facts, asked: AskedTarget): string[] {
  if (asked.arch !== "arm") return [];
  const differences: string[] = [];
  if (asked.armVersion !== null && (facts.armVersion ?? 0) > asked.armVersion) {
    differences.push(
      difference("ARM version", `at most ${asked.armVersion}`, String(facts.armVersion)),
    );
  }
  // No library is passed floating-point numbers by a static program.
  const float = floatOf(asked);
  if (facts.float !== null && facts.float !== float && facts.static !== true) {
    differences.push(difference("float ABI", float, facts.float));
  }
  return differences;
}

/** Linux distributions for ARM 6 and 7 pass floating-point numbers in registers; ARM 5 and Android do not. */
function floatOf(asked: AskedTarget): "hard" | "soft" {
  return asked.os === "linux" && (asked.armVersion ?? 7) >= 6 ? "hard" : "soft";
}

function libcDifferences(facts: Facts, asked: AskedTarget): string[] {
  if (asked.libc === null || facts.libc === asked.libc || asked.os !== "linux") return [];
  const { libc, interp } = facts;
  if (libc !== null) return [difference("libc", asked.libc, libc)];
  return interp === null ? [] : [difference("libc", asked.libc, `the unknown loader ${interp}`)];
}

function difference(of: string, expected: string, found: string): string {
  return `${of}: expected ${expected}, found ${found}`;
}
