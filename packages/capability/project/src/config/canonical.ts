import { UserError } from "@multiarch/diagnostics";
import { ownIds, parseTarget } from "@multiarch/targets";
import type { Config, Rule, TargetConfig } from "../types.ts";
import type { Locate } from "./issues.ts";
import type { RawConfig } from "./schema.ts";
import type { ConfigPath } from "./yaml.ts";

/**
 * Every target in its one spelling, wherever one may stand, and every list of targets as a list of objects.
 * @throws UserError MA101, MA102 with the place in the file; MA124 for a target that is named twice
 */
export function canonicalConfig(raw: RawConfig, locate: Locate): Config {
  const { targets, rules, runners, matrix, ...rest } = raw;
  return {
    ...rest,
    ...(targets && { targets: canonicalTargets(targets, ["targets"], locate) }),
    ...(rules && { rules: rules.map((rule, index) => canonicalRule(rule, index, locate)) }),
    ...(runners && { runners: canonicalRunners(runners, locate) }),
    ...(matrix && { matrix: canonicalMatrices(matrix, locate) }),
  };
}

/** A target's canonical id; the error for an unknown one says where it stands. */
export function canonicalId(text: string, path: ConfigPath, locate: Locate): string {
  try {
    return parseTarget(text).id;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.id, { ...error.details, where: locate(path) });
  }
}

type RawTargets = NonNullable<RawConfig["targets"]>;

function canonicalTargets(list: RawTargets, path: ConfigPath, locate: Locate): TargetConfig[] {
  const seen = new Map<string, { text: string; place: string }>();
  return list.map((entry, index) => {
    const isText = typeof entry === "string";
    const here = isText ? [...path, index] : [...path, index, "id"];
    const text = isText ? entry : entry.id;
    const id = canonicalId(text, here, locate);
    const first = seen.get(id);
    if (first) {
      throw new UserError("MA124", {
        what:
          first.text === text
            ? `the target ${text} is named twice`
            : `the targets ${first.text} and ${text} are the same: ${id}`,
        where: `${locate(here)} (first at ${first.place})`,
      });
    }
    seen.set(id, { text, place: locate(here) });
    return isText ? { id } : { ...entry, id };
  });
}

function canonicalRule(
  rule: NonNullable<RawConfig["rules"]>[number],
  index: number,
  locate: Locate,
): Rule {
  const { targets, skip, ...rest } = rule;
  const path = ["rules", index];
  return {
    ...rest,
    ...(targets && { targets: canonicalTargets(targets, [...path, "targets"], locate) }),
    ...(skip !== undefined && {
      skip: Array.isArray(skip) ? canonicalTargets(skip, [...path, "skip"], locate) : skip,
    }),
  };
}

/** A prefix of whole components of an id stays as it is; any other spelling must be a target. */
function canonicalRunners<Value>(
  runners: Record<string, Value>,
  locate: Locate,
): Record<string, Value> {
  const byPrefix = new Map<string, { text: string; value: Value }>();
  for (const [text, value] of Object.entries(runners)) {
    const isPrefix = ownIds.some((id) => id === text || id.startsWith(`${text}-`));
    const prefix =
      text === "default" || isPrefix
        ? text
        : canonicalId(text, ["runners", text], (path) => locate(path, true));
    const first = byPrefix.get(prefix);
    if (first) {
      throw new UserError("MA124", {
        what: `the runners of ${first.text} and ${text} are for the same target: ${prefix}`,
        where: locate(["runners", text], true),
      });
    }
    byPrefix.set(prefix, { text, value });
  }
  return Object.fromEntries([...byPrefix].map(([prefix, { value }]) => [prefix, value]));
}

type RawMatrices = NonNullable<RawConfig["matrix"]>;
type RawMatrix = RawMatrices[string];

function canonicalMatrices(matrices: RawMatrices, locate: Locate): RawMatrices {
  return Object.fromEntries(
    Object.entries(matrices).map(([name, matrix]) => [
      name,
      canonicalMatrix(matrix, ["matrix", name], locate),
    ]),
  );
}

/** The axis `target` names targets; all other axes are the user's own. */
function canonicalMatrix(matrix: RawMatrix, path: ConfigPath, locate: Locate): RawMatrix {
  const axis = (values: unknown, below: ConfigPath): unknown => {
    if (!Array.isArray(values)) return values;
    return values.map((value, index) => canonicalCell(value, [...below, index], locate));
  };
  const cells = <Row extends Record<string, unknown>>(
    list: Row[] | undefined,
    key: string,
    convert: (value: unknown, below: ConfigPath) => unknown,
  ): Row[] | undefined =>
    list?.map((row, index) =>
      row.target === undefined
        ? row
        : { ...row, target: convert(row.target, [...path, key, index, "target"]) },
    );
  const single = (value: unknown, below: ConfigPath): unknown =>
    canonicalCell(value, below, locate);
  const { include, exclude, rules } = matrix;
  return {
    ...matrix,
    ...(matrix.target && { target: axis(matrix.target, [...path, "target"]) }),
    ...(include && { include: cells(include, "include", single) }),
    ...(exclude && { exclude: cells(exclude, "exclude", single) }),
    ...(rules && { rules: cells(rules, "rules", axis) }),
  } as RawMatrix;
}

function canonicalCell(value: unknown, path: ConfigPath, locate: Locate): unknown {
  if (typeof value === "string") return canonicalId(value, path, locate);
  throw new UserError("MA123", {
    what: "the axis target names something that is no target",
    where: locate(path),
    expected: "a target such as linux-x64",
    found: String(value),
  });
}
