import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { parse } from "yaml";
import { obey, parseFileCommands } from "../../../packages/mechanism/github/test/runner.ts";
import { root } from "./components.ts";

/** A job that runs steps of one action, each with its post step, as the runner would. */
export interface SetupJob {
  /** The folder of its user: nothing is taken from, or left in, the one of who runs the tests. */
  readonly home: string;
  readonly temporary: string;
  readonly toolCache: string;
  readonly script: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface EndedMain {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly outputs: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  readonly path: string;
  readonly log: string;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

/** Bundles the actions of this checkout, so that the tests see the source and not an older dist. */
export async function bundleActions(folder: string): Promise<string> {
  const script = join(folder, "actions.mjs");
  await build({
    stdin: {
      contents: `import { run } from "./actions/main.ts"; await run(process.argv[2]);`,
      resolveDir: root,
      loader: "ts",
    },
    outfile: script,
    bundle: true,
    platform: "node",
    format: "esm",
    external: ["@actions/artifact"],
    // What is not ours may still be CommonJS.
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
    logLevel: "error",
  });
  return script;
}

export function newJob(folder: string, script: string, env: SetupJob["env"] = {}): SetupJob {
  const place = mkdtempSync(join(folder, "job-"));
  const [home, temporary] = ["home", "temp"].map((name) => {
    mkdirSync(join(place, name));
    return join(place, name);
  }) as [string, string];
  return { home, temporary, toolCache: join(folder, "tools"), script, env };
}

export function variables(job: SetupJob): Record<string, string | undefined> {
  return {
    PATH: process.env.PATH,
    HOME: job.home,
    GITHUB_ACTIONS: "true",
    RUNNER_TEMP: job.temporary,
    RUNNER_TOOL_CACHE: job.toolCache,
    ...job.env,
  };
}

export interface StepOptions {
  readonly state?: Readonly<Record<string, string>>;
  /** Starts the step below a process of its own, which is the job; it has ended when the step has. */
  readonly ownJob?: boolean;
  /** Milliseconds after which the job and the step are killed, as the end of a machine does it. Wants `ownJob`. */
  readonly killAfter?: number;
}

/** A process that stays while the step runs. No shell: some drop variables with a dash in their names, as inputs have. */
const job = [
  "-e",
  'process.exit(require("child_process").spawnSync(process.argv[1], process.argv.slice(2), { stdio: "inherit" }).status ?? 1)',
];

/** Runs `setup/buildx`, or `setup/buildx/post` with the state of its main. */
export async function runSetup(
  step: string,
  inputs: Readonly<Record<string, string>>,
  place: SetupJob,
  { state = {}, ownJob = false, killAfter }: StepOptions = {},
): Promise<EndedMain> {
  const folder = mkdtempSync(join(place.temporary, "runner-"));
  const names = ["GITHUB_OUTPUT", "GITHUB_STATE", "GITHUB_PATH", "GITHUB_STEP_SUMMARY"];
  const files = Object.fromEntries(names.map((name) => [name, join(folder, name)]));
  for (const path of Object.values(files)) writeFileSync(path, "");
  const description = parse(
    readFileSync(join(root, step.replace(/\/post$/, ""), "action.yml"), "utf8"),
  ) as { inputs: Record<string, { default?: string }> };
  const defaults = Object.entries(description.inputs).map(([name, input]) => [
    name,
    input.default ?? "",
  ]);
  const given = { ...Object.fromEntries(defaults), ...inputs } as Record<string, string>;
  const command = [process.execPath, place.script, step];
  const child = spawn(process.execPath, ownJob ? [...job, ...command] : command.slice(1), {
    cwd: place.temporary,
    // A group of its own, so that job and step can be killed together.
    detached: ownJob,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...variables(place),
      ...files,
      ...prefixed("INPUT_", given, (name) => name.toUpperCase()),
      ...prefixed("STATE_", state, (name) => name),
    },
  });
  const kill = (): void => {
    if (child.exitCode === null) process.kill(-(child.pid ?? 0), "SIGKILL");
  };
  const timer = killAfter === undefined ? null : setTimeout(kill, killAfter);
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) =>
    child.once("close", (...ended) => resolve(ended)),
  );
  if (timer !== null) clearTimeout(timer);
  const { commands, shown } = obey(stdout);
  const texts = (name: string): string[] =>
    commands.filter((command) => command.name === name).map(({ data }) => data);
  const entries = (name: string): Record<string, string> =>
    Object.fromEntries(parseFileCommands(readFileSync(files[name] ?? "", "utf8"), false));
  return {
    code,
    signal,
    outputs: entries("GITHUB_OUTPUT"),
    state: entries("GITHUB_STATE"),
    path: readFileSync(files.GITHUB_PATH ?? "", "utf8").trim(),
    log: [...shown, stderr].join("\n"),
    errors: texts("error"),
    warnings: texts("warning"),
  };
}

function prefixed(
  prefix: string,
  values: Readonly<Record<string, string>>,
  spell: (name: string) => string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`${prefix}${spell(name)}`, value]),
  );
}
