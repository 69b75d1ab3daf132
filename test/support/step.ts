import { spawn } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { obey, parseFileCommands } from "../../packages/mechanism/github/test/runner.ts";
import { temporaryFolder } from "./temporary.ts";

const root = join(import.meta.dirname, "..", "..");

/** A job of a workflow: its checkout, and the folder through which jobs exchange their artifacts. */
export interface Job {
  readonly workspace: string;
  readonly store: string;
  /** More variables, as the runner would set them. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface EndedStep {
  readonly code: number | null;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** What the runner shows, annotations left out. */
  readonly log: string;
  /** Texts of the annotations that fail the eye: errors. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly runs: { readonly main: string };
}

/**
 * Runs the bundled action as the runner does: a child process, inputs as INPUT_ variables with the defaults of action.yml,
 * outputs and summary by files, commands on standard output.
 * @param inputs under their names; also such as action.yml does not have
 * @param dist another copy of the bundle
 */
export async function runStep(
  action: "build" | "matrix" | "merge" | "detect" | "gate" | "verify",
  inputs: Readonly<Record<string, string>>,
  { workspace, store, env = {} }: Job,
  dist = join(root, "dist"),
): Promise<EndedStep> {
  const folder = await temporaryFolder();
  const files = { output: join(folder, "output"), summary: join(folder, "summary") };
  await mkdir(join(folder, "temp"));
  for (const path of Object.values(files)) await writeFile(path, "");
  const place = action === "build" ? root : join(root, action);
  const description = parse(await readFile(join(place, "action.yml"), "utf8")) as ActionFile;
  const defaults = Object.entries(description.inputs).map(([name, { default: text = "" }]) => [
    name,
    // Outside a matrix, `toJSON(matrix)` is this word; a token is not needed here.
    text.includes("toJSON(matrix)") ? "null" : text.includes("${{") ? "" : text,
  ]);
  const given = { ...Object.fromEntries(defaults), ...inputs } as Record<string, string>;
  const main = description.runs.main.replace(/^(?:\.\.\/)*dist\//, "");
  const child = spawn(process.execPath, [join(dist, main)], {
    cwd: workspace,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env.PATH,
      SystemRoot: process.env.SystemRoot,
      GITHUB_ACTIONS: "true",
      GITHUB_WORKSPACE: workspace,
      GITHUB_OUTPUT: files.output,
      GITHUB_STEP_SUMMARY: files.summary,
      GITHUB_EVENT_NAME: "push",
      GITHUB_RUN_ID: "4711",
      GITHUB_RUN_ATTEMPT: "1",
      RUNNER_TEMP: join(folder, "temp"),
      MULTIARCH_TRANSPORT: `directory:${store}`,
      ...Object.fromEntries(
        Object.entries(given).map(([name, text]) => [
          `INPUT_${name.replaceAll(" ", "_").toUpperCase()}`,
          text,
        ]),
      ),
      ...env,
    },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  const { commands, shown } = obey(stdout);
  const texts = (name: string): string[] =>
    commands.filter((command) => command.name === name).map(({ data }) => data);
  const entries = parseFileCommands(
    await readFile(files.output, "utf8"),
    process.platform === "win32",
  );
  return {
    code,
    outputs: Object.fromEntries(entries),
    summary: await readFile(files.summary, "utf8"),
    log: [...shown, stderr].join("\n"),
    errors: texts("error"),
    warnings: texts("warning"),
  };
}
