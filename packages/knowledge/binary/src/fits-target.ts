import type { Facts } from "@multiarch/contracts";
import { processorOfLoader } from "./loader.ts";

/** What of an exact target is compared with a file; every row of the target table has it. */
export interface AskedTarget {
  readonly os: string;
  /** As in `Facts`; `universal` for the two slices of macOS. */
  readonly arch: string;
  readonly armVersion: number | null;
  readonly libc: string | null;
}

/** One way in which a file is not what a target asks for. The values are phrases for people. */
export interface Difference {
  readonly of: "os" | "arch" | "ARM version" | "float ABI" | "libc";
  readonly expected: string;
  readonly found: string;
}

/**
 * Whether a file serves an exact target.
 * @returns nothing when it does, else a phrase for each difference: `arch: expected arm64, found x64`
 */
export function fitsTarget(facts: Facts, asked: AskedTarget): string[] {
  return targetDifferences(facts, asked).map(
    ({ of, expected, found }) => `${of}: expected ${expected}, found ${found}`,
  );
}

/**
 * What `fitsTarget` finds, by parts. Another system or processor is the only difference then: all others follow from it.
 *
 * A static Linux program serves glibc and musl alike, and so does a library that needs no C library. How new a glibc the
 * file needs is not asked here: the floor is a setting, not part of the target.
 */
export function targetDifferences(facts: Facts, asked: AskedTarget): Difference[] {
  if (!sameSystem(facts, asked)) {
    const found = facts.os ?? `an unknown one (${facts.format})`;
    return [{ of: "os", expected: asked.os, found }];
  }
  const architecture = architectureDifference(facts, asked) ?? loaderDifference(facts);
  if (architecture !== null) return [architecture];
  return [...armDifferences(facts, asked), ...libcDifferences(facts, asked)];
}

function sameSystem(facts: Facts, asked: AskedTarget): boolean {
  if (facts.os === asked.os) return true;
  // A wasm module without imports asks nothing of any system.
  return facts.format === "wasm" && asked.arch === "wasm32" && facts.needed.length === 0;
}

function architectureDifference(facts: Facts, asked: AskedTarget): Difference | null {
  const made = facts.slices.length > 0 ? facts.slices.map(({ arch }) => arch) : [facts.arch];
  const wanted = asked.arch === "universal" ? ["x64", "arm64"] : [asked.arch];
  if (wanted.every((arch) => made.some((slice) => slice === arch))) return null;
  const found = made.map((arch) => arch ?? "an unknown one").join(" and ");
  return { of: "arch", expected: wanted.join(" and "), found };
}

/** A program whose header and loader disagree starts nowhere. */
function loaderDifference(facts: Facts): Difference | null {
  const named = facts.format === "elf" ? processorOfLoader(facts) : null;
  if (named === null || named === facts.arch || facts.arch === null) return null;
  return { of: "arch", expected: facts.arch, found: `a loader for ${named}` };
}

function armDifferences(facts: Facts, asked: AskedTarget): Difference[] {
  if (asked.arch !== "arm") return [];
  const differences: Difference[] = [];
  const { armVersion, float } = facts;
  if (asked.armVersion !== null && armVersion !== null && armVersion > asked.armVersion) {
    const expected = `at most ${asked.armVersion}`;
    differences.push({ of: "ARM version", expected, found: String(armVersion) });
  }
  // No library is passed floating-point numbers by a static program.
  const expected = floatOf(asked);
  if (float !== null && float !== expected && facts.static !== true) {
    differences.push({ of: "float ABI", expected, found: float });
  }
  return differences;
}

/** Linux distributions for ARM 6 and 7 pass floating-point numbers in registers; ARM 5 and Android do not. */
function floatOf(asked: AskedTarget): "hard" | "soft" {
  return asked.os === "linux" && (asked.armVersion ?? 7) >= 6 ? "hard" : "soft";
}

function libcDifferences(facts: Facts, asked: AskedTarget): Difference[] {
  if (asked.libc === null || facts.libc === asked.libc || asked.os !== "linux") return [];
  const { libc, interp } = facts;
  if (libc !== null) return [{ of: "libc", expected: asked.libc, found: libc }];
  if (interp === null) return [];
  return [{ of: "libc", expected: asked.libc, found: `the unknown loader ${interp}` }];
}
