import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Examined } from "./examine.ts";

/** Why the reference and we differ, and who is right: one entry for each case. */
export interface Explanation {
  readonly artifacts: readonly string[];
  readonly paths: readonly string[];
  /** A fact, or the code of a finding. */
  readonly field: string;
  readonly reason: string;
}

export interface Summary {
  readonly artifacts: number;
  readonly files: number;
  readonly facts: number;
  readonly explained: number;
  /** Of the findings that a person classified, how many there are of each kind. */
  readonly findings: Readonly<Record<string, number>>;
  /** Rules and how often each found something, by level. */
  readonly checks: Readonly<Record<string, number>>;
  /** Differences without an explanation, and explanations without a difference: nothing of the sort may be. */
  readonly unexplained: readonly string[];
}

export function loadExplanations(): Explanation[] {
  return JSON.parse(
    readFileSync(join(import.meta.dirname, "explained.json"), "utf8"),
  ) as Explanation[];
}

/** Adds up what was found in all artifacts. */
export function summarize(
  examined: readonly Examined[],
  explanations: readonly Explanation[],
): Summary {
  const counts = { artifacts: examined.length, files: 0, facts: 0, explained: 0 };
  const findings: Record<string, number> = {};
  const checks: Record<string, number> = {};
  const unexplained: string[] = [];
  const used = new Set<string>();
  const note = (artifact: string, path: string | null, field: string, text: string): void => {
    const known = explanations.some(
      (one) =>
        one.field === field && one.artifacts.includes(artifact) && one.paths.includes(path ?? ""),
    );
    if (known) {
      counts.explained++;
      used.add(key(artifact, path ?? "", field));
    } else unexplained.push(`${artifact}${path === null ? "" : ` › ${path}`}: ${text}`);
  };

  for (const { artifact, files, facts, differences, verdict, checks: all } of examined) {
    counts.files += files;
    counts.facts += facts;
    for (const { path, field, expected, found } of differences) {
      const text = `${field}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`;
      note(artifact.file, path, field, text);
    }
    for (const { kind, code, path, text } of verdict.differences) {
      note(artifact.file, path, code, `${kind} ${code}: ${text}`);
    }
    for (const { cls = "" } of verdict.findings) add(findings, cls);
    for (const { level, rule } of all) add(checks, `${level} ${rule}`);
  }
  const names = new Set(examined.map(({ artifact }) => artifact.file));
  for (const { artifacts, paths, field } of explanations) {
    for (const artifact of artifacts.filter((name) => names.has(name))) {
      for (const path of paths) {
        if (used.has(key(artifact, path, field))) continue;
        unexplained.push(`${artifact} › ${path}: ${field} is explained, but nothing differs`);
      }
    }
  }
  return { ...counts, findings, checks, unexplained };
}

const key = (...parts: string[]): string => parts.join("\n");

function add(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

/** The figures for people. */
export function describe(summary: Summary): string {
  const list = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, count]) => `${count} ${name}`)
      .join(", ");
  return [
    `${summary.artifacts} artifacts, ${summary.files} native files, ${summary.facts} facts compared`,
    `${summary.explained} differences, each explained`,
    `findings that a person classified: ${list(summary.findings)}`,
    `what our rules found: ${list(summary.checks)}`,
    ...(summary.unexplained.length === 0
      ? []
      : [`${summary.unexplained.length} UNEXPLAINED:`, ...summary.unexplained]),
  ].join("\n");
}
