import { nearest, UserError } from "@multiarch/diagnostics";
import type { InputDefinition, InputSpecification, Inputs } from "./input-types.ts";
import { parseInput } from "./input-value.ts";
import type { Environment } from "./runner.ts";

/**
 * All inputs of the action, checked. The values are trimmed, as every action does.
 * @throws UserError MA002 an input that the action does not have, MA003 a value that is not allowed, MA004 a required input
 *   is missing, MA005 two names of one input with different values.
 */
export function readInputs<const Specification extends InputSpecification>(
  specification: Specification,
  env: Environment,
): Inputs<Specification> {
  refuseUnknown(specification, env);
  const values = Object.entries(specification).map(([name, definition]) => [
    name,
    readInput(name, definition, env),
  ]);
  // The keys are those of the specification, and readInput gives each the type that its definition names.
  return Object.freeze(Object.fromEntries(values)) as Inputs<Specification>;
}

function readInput(name: string, definition: InputDefinition, env: Environment): unknown {
  const given = [name, ...(definition.aliases ?? [])]
    .map((one) => ({ name: one, text: (env[variableOf(one)] ?? "").trim() }))
    .filter(({ text }) => text !== "");
  // The runner fills a name that was not given with the default of action.yml: that one does not stand against an alias.
  const chosen = given.filter(({ text }) => text !== defaultText(definition));
  const [first, second] = chosen.length > 0 ? chosen : given;
  if (first !== undefined && second !== undefined && first.text !== second.text) {
    throw new UserError("MA005", {
      what: `the inputs ${first.name} and ${second.name} are one, and have different values`,
      where: "with:",
    });
  }
  if (first !== undefined) return parseInput(first.name, first.text, definition);
  if (definition.required === true) {
    throw new UserError("MA004", { what: `the input ${name} is missing`, where: "with:" });
  }
  return definition.default ?? absent(definition);
}

function defaultText(definition: InputDefinition): string | undefined {
  if (definition.default === undefined) return undefined;
  if (definition.type === "list") return definition.default.join(",");
  return definition.type === "json" ? JSON.stringify(definition.default) : `${definition.default}`;
}

function absent(definition: InputDefinition): unknown {
  if (definition.type === "list") return Object.freeze([]);
  return definition.type === "boolean" ? false : null;
}

/**
 * The runner passes each key of `with:` as `INPUT_<KEY>`, in upper case and with spaces as `_`, known or not, and only
 * warns of unknown ones. So every `INPUT_` variable that is none of ours is an input that does not exist.
 *
 * What else could set such a variable was looked up in the runner and tried under act 0.2.89, in a job, in a composite
 * action, in a reusable workflow, and in post steps: the inputs of a calling composite action or workflow do not reach a
 * nested action. Under act only an `env:` of the very step does; `env:` of a job or workflow and `GITHUB_ENV` are kept
 * away. GitHub's runner passes all of those on, and nothing tells them from `with:`. They are refused too, and the
 * message names the way out: accepting every unknown name that resembles none of ours would also accept
 * `with: { publish-to-npm: true }` and leave its user waiting for a package.
 */
function refuseUnknown(specification: InputSpecification, env: Environment): void {
  const names = Object.entries(specification).flatMap(([name, { aliases }]) => [
    name,
    ...(aliases ?? []),
  ]);
  const known = new Set(names.map(variableOf));
  const unknown = Object.keys(env).filter(
    (variable) =>
      variable.startsWith("INPUT_") && env[variable] !== undefined && !known.has(variable),
  );
  const [first] = unknown;
  if (first === undefined) return;
  const described = unknown.map((variable) => {
    const near = nearestInput(variable, names);
    const name = variable.slice("INPUT_".length).toLowerCase();
    return near === undefined ? name : `${name} (${near} is meant?)`;
  });
  throw new UserError("MA002", {
    what: `there is no input ${described.join(", ")}`,
    expected: names.length === 0 ? "no inputs at all" : `one of ${names.join(", ")}`,
    where: "with:",
    fix: `${adviceFor(first, names)}; if env: sets ${first}, rename that variable, for the runner gives inputs such names`,
  });
}

function adviceFor(variable: string, names: readonly string[]): string {
  const near = nearestInput(variable, names);
  return near === undefined ? "remove it" : `write ${near}`;
}

/** Compared without separators first, because `working_directory` and `workingdirectory` are the commonest slips. */
function nearestInput(variable: string, names: readonly string[]): string | undefined {
  const bare = (text: string): string => text.toLowerCase().replaceAll(/[-_]/g, "");
  const word = variable.slice("INPUT_".length);
  return (
    names.find((name) => bare(name) === bare(word)) ??
    nearest(word.toLowerCase().replaceAll("_", "-"), names)
  );
}

function variableOf(name: string): string {
  return `INPUT_${name.replaceAll(" ", "_").toUpperCase()}`;
}
