import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { root } from "./tree.ts";

export type Mapping = Readonly<Record<string, unknown>>;

/** What can be called by `uses:`, as its own file describes it. */
interface Callee {
  readonly inputs: Readonly<
    Record<string, { readonly required?: boolean; readonly default?: unknown }>
  >;
  readonly outputs: Mapping;
  /** Permissions that its jobs ask for; none of an action. */
  readonly permissions: readonly Mapping[];
}

export const isMapping = (value: unknown): value is Mapping =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const mapping = (value: unknown): Mapping => (isMapping(value) ? value : {});

/** Every mapping inside a document, the document itself included. */
export function* mappings(value: unknown): Generator<Mapping> {
  if (isMapping(value)) yield value;
  if (typeof value !== "object" || value === null) return;
  for (const child of Object.values(value)) yield* mappings(child);
}

/** The action or workflow of this repository behind `org/multiarch…@v1`; null when there is none. */
function calleeOf(uses: string): Callee | null {
  const path = /^org\/multiarch(?:\/(.+))?@v1$/.exec(uses);
  if (path === null) return null;
  const inside = path[1] ?? "";
  const file = inside.endsWith(".yml") ? inside : join(inside, "action.yml");
  if (!existsSync(join(root, file))) return null;
  const document = mapping(parse(readFileSync(join(root, file), "utf8")));
  const call = mapping(mapping(document.on).workflow_call);
  const described = inside.endsWith(".yml") ? call : document;
  return {
    inputs: mapping(described.inputs) as Callee["inputs"],
    outputs: mapping(described.outputs),
    permissions: Object.values(mapping(document.jobs)).map((job) =>
      mapping(mapping(job).permissions),
    ),
  };
}

/** Foreign actions as our own workflows pin them. */
const pinned = ["build.yml", "ci.yml"].flatMap((file) => {
  const text = readFileSync(join(root, ".github/workflows", file), "utf8");
  return text.match(/[\w.-]+\/[\w.-]+@[0-9a-f]{40} # v[\d.]+/g) ?? [];
});

/** What is wrong with the calls of a snippet; empty when everything is there. */
export function wrongCalls(snippet: unknown, text: string): string[] {
  const steps = new Map<string, Callee>();
  const problems: string[] = [];
  for (const one of mappings(snippet)) {
    const { uses, id } = one;
    if (typeof uses !== "string") continue;
    if (!uses.startsWith("org/multiarch")) {
      const line = text.split("\n").find((written) => written.includes(uses)) ?? "";
      if (!pinned.some((pin) => line.endsWith(pin))) problems.push(`${uses} is not what we pin`);
      continue;
    }
    const callee = calleeOf(uses);
    if (callee === null) {
      problems.push(`there is no ${uses}`);
      continue;
    }
    if (typeof id === "string") steps.set(id, callee);
    problems.push(...wrongInputs(uses, mapping(one.with), callee));
    problems.push(...missingPermissions(uses, mapping(one.permissions), callee));
  }
  return [...problems, ...wrongOutputs(snippet, text, steps)];
}

function wrongInputs(uses: string, given: Mapping, { inputs }: Callee): string[] {
  const unknown = Object.keys(given).filter((name) => !(name in inputs));
  const missing = Object.entries(inputs)
    .filter(([name, { required }]) => required === true && !(name in given))
    .map(([name]) => name);
  return [
    ...unknown.map((name) => `${uses} has no input ${name}`),
    ...missing.map((name) => `${uses} needs the input ${name}`),
  ];
}

function missingPermissions(uses: string, given: Mapping, { permissions }: Callee): string[] {
  return permissions.flatMap((asked) =>
    Object.entries(asked)
      .filter(([name, level]) => given[name] !== level)
      .map(([name, level]) => `${uses} needs ${name}: ${level}`),
  );
}

/** `steps.<id>.outputs.<name>` of our own steps, and `needs.<job>.outputs.<name>` of jobs that stand in the snippet. */
function wrongOutputs(
  snippet: unknown,
  text: string,
  steps: ReadonlyMap<string, Callee>,
): string[] {
  const ofSteps = [...text.matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g)]
    .filter(([, id = "", name = ""]) => !(name in (steps.get(id)?.outputs ?? {})))
    .map(([whole]) => `nothing gives ${whole}`);
  const jobs = mapping(mapping(snippet).jobs ?? snippet);
  const ofJobs = [...text.matchAll(/needs\.([\w-]+)\.outputs\.([\w-]+)/g)]
    .filter(([, job = "", name = ""]) => {
      const outputs = mapping(mapping(jobs[job]).outputs);
      return job in jobs && !(name in outputs);
    })
    .map(([whole]) => `nothing gives ${whole}`);
  return [...ofSteps, ...ofJobs];
}
