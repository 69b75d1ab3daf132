import { UserError } from "@multiarch/diagnostics";
import type { EventFacts } from "./event.ts";
import { type Cell, type Cells, expand } from "./expand.ts";
import { checkRules } from "./rule-problems.ts";
import { type Condition, firstFitting } from "./rules.ts";

/** A matrix of the user's own jobs as configured: axes beside `include`, `exclude` and `rules`. */
export interface NamedMatrix {
  readonly include?: readonly Cells[] | undefined;
  readonly exclude?: readonly Cells[] | undefined;
  readonly rules?: readonly ({ readonly when: Condition } & Readonly<Record<string, unknown>>)[];
  readonly [axis: string]: unknown;
}

export interface ExpandedMatrix {
  readonly rows: readonly Cells[];
  /** Why there are no more: which rule narrowed it, and how. */
  readonly why: string;
}

/** What every row carries beside its own values, so no axis can be called so. */
const reserved = new Set(["name", "runs_on", "cpu", "timeout", "optional", "plan", "id", "tool"]);
const settings = new Set(["include", "exclude", "rules"]);

/**
 * The combinations of a named matrix for one event. A rule replaces the values of axes by some of theirs.
 * @throws UserError MA210 for rules, MA215 for axes, MA216 for a name or value that the matrix does not have
 */
export function expandNamed(name: string, matrix: NamedMatrix, event: EventFacts): ExpandedMatrix {
  const where = `matrix.${name}`;
  const axes = axesOf(matrix);
  for (const key of Object.keys(axes)) {
    if (reserved.has(key)) {
      throw misnamed(`${where}.${key}`, `a name other than ${[...reserved].join(", ")}`, key);
    }
  }
  const rules = matrix.rules ?? [];
  checkRules(rules, `${where}.rules`);
  const narrowings = rules.map((rule, index) => narrowing(rule, axes, `${where}.rules[${index}]`));
  const fitting = firstFitting(rules, event);
  const narrowed = { ...axes, ...(fitting ? narrowings[rules.indexOf(fitting.rule)] : {}) };
  const rows = expand(
    { axes: narrowed, include: matrix.include ?? [], exclude: matrix.exclude ?? [] },
    where,
  );
  return { rows, why: fitting === null ? "no rule narrows it" : `narrowed by ${fitting.name}` };
}

/** `linux-x64, 3.12`: the values in the order of their axes. */
export function rowName(row: Cells): string {
  return Object.values(row).map(String).join(", ");
}

function axesOf(from: Readonly<Record<string, unknown>>): Record<string, readonly Cell[]> {
  return Object.fromEntries(
    Object.entries(from).filter(
      (entry): entry is [string, Cell[]] =>
        !settings.has(entry[0]) && entry[0] !== "when" && Array.isArray(entry[1]),
    ),
  );
}

/** What a rule leaves of axes. YAML takes `3.12` for a number and `"3.12"` for a text; whoever writes both means the same. */
function narrowing(
  rule: Readonly<Record<string, unknown>>,
  axes: Readonly<Record<string, readonly Cell[]>>,
  where: string,
): Record<string, readonly Cell[]> {
  const left = Object.entries(axesOf(rule)).map(([key, values]): [string, Cell[]] => {
    const known = axes[key];
    if (known === undefined) {
      throw misnamed(`${where}.${key}`, `axes: ${Object.keys(axes).join(", ")}`, key);
    }
    const own = values.map((value) => {
      if (known.includes(value)) return value;
      const same = known.find((one) => String(one) === String(value));
      if (same !== undefined) return same;
      throw misnamed(`${where}.${key}`, `values of the axis: ${known.join(", ")}`, String(value));
    });
    return [key, own];
  });
  return Object.fromEntries(left);
}

function misnamed(where: string, expected: string, found: string): UserError {
  return new UserError("MA216", {
    what: "the matrix names something that it cannot have",
    where,
    expected,
    found,
  });
}
