import { nearest, UserError } from "@multiarch/diagnostics";
import { shortIdOf } from "./own.ts";
import { nameIn } from "./systems.ts";
import type { Target, TargetRow } from "./types.ts";

interface Extra {
  readonly package: string;
  readonly version: string;
  /** The end of an executable's name, `.exe` on Windows; without it the target's own. */
  readonly exe?: string;
}

/**
 * The words that a file name template may use. A name that the target does not have is absent, as is one in which the
 * exact targets of a short id differ: `{rust}` of `linux-x64`. `{abi}` of a target without one is empty.
 */
export function placeholders(target: Target | TargetRow, extra: Extra): Record<string, string> {
  const rows = "rows" in target ? target.rows : [target];
  const exact = rows.length === 1 && !("rows" in target && target.short);
  const values: Record<string, string> = {
    id: target.id,
    os: target.os,
    arch: target.arch,
    abi: "",
    ...agreeing(rows),
    ...(exact ? {} : { abi: "" }),
    package: extra.package,
    version: extra.version,
  };
  values.exe = extra.exe ?? (target.os === "windows" ? ".exe" : "");
  return values;
}

const byRow: Readonly<Record<string, (row: TargetRow) => string | null>> = {
  arch: archWord,
  abi: (row) => row.abi ?? "",
  uname: (row) => row.uname,
  rust: (row) => nameIn(row, "rust"),
  go: (row) => nameIn(row, "go"),
  goos: (row) => row.go?.GOOS ?? null,
  goarch: (row) => row.go?.GOARCH ?? null,
  docker: (row) => nameIn(row, "docker"),
  node: (row) => nameIn(row, "node"),
};

function agreeing(rows: readonly TargetRow[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [key, read] of Object.entries(byRow)) {
    const distinct = new Set(rows.map(read));
    const [only] = distinct;
    if (distinct.size === 1 && typeof only === "string") values[key] = only;
  }
  return values;
}

/** The processor as ids write it, `armv7`, and not as facts do. */
function archWord(row: TargetRow): string {
  const short = shortIdOf(row);
  if (short !== null) return short.slice(short.indexOf("-") + 1);
  return row.armVersion === null ? row.arch : `${row.arch}v${row.armVersion}`;
}

/**
 * Puts values in the place of `{word}` in a template such as `{package}-{version}-{id}`.
 * Throws MA103 for a word that has no value; `where` is the key or flag that the template comes from.
 */
export function fillPlaceholders(
  template: string,
  values: Readonly<Record<string, string>>,
  where: string,
): string {
  return template.replaceAll(/\{([^{}]*)\}/g, (_match, word: string) => {
    const value = Object.hasOwn(values, word) ? values[word] : undefined;
    if (value !== undefined) return value;
    const known = Object.keys(values);
    const close = nearest(word, known);
    const target = values.id === undefined ? "" : ` for target ${values.id}`;
    throw new UserError("MA103", {
      what: `the placeholder {${word}} has no value${target}`,
      expected: known.map((name) => `{${name}}`).join(" "),
      where,
      ...(close === undefined ? {} : { fix: `write {${close}}` }),
    });
  });
}
