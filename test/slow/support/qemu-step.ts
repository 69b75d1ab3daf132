import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { obey, parseFileCommands } from "../../../packages/mechanism/github/test/runner.ts";
import { root } from "./components.ts";
import type { Namespace } from "./namespace.ts";

let bundled: Promise<string> | undefined;

/** The steps of this checkout as one file that Node runs. */
function entry(folder: string): Promise<string> {
  bundled ??= build({
    entryPoints: [join(root, "test/slow/support/step-entry.ts")],
    outdir: folder,
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    external: ["@actions/artifact"],
    logLevel: "error",
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  }).then(() => join(folder, "step-entry.js"));
  return bundled;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly outputs: Readonly<Record<string, string>>;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  readonly log: string;
}

/** A job that has setup/qemu as one of its steps. */
export interface QemuJob {
  main(inputs: Readonly<Record<string, string>>): Promise<Ended>;
  post(): Promise<Ended>;
  /** Ends the step under way, and what `through` put around it, without any warning. */
  kill(): void;
}

export interface QemuJobOptions {
  /** A folder of this job's own. */
  readonly folder: string;
  /** PATH before the usual one: where emulators are. */
  readonly path?: string;
  readonly toolCache: string;
  readonly namespace: Pick<Namespace, "prefix"> | null;
  readonly env?: Readonly<Record<string, string>>;
  /** Words before the command, inside the namespace. */
  readonly through?: readonly string[];
}

export function qemuJob(options: QemuJobOptions): QemuJob {
  const { folder, toolCache, namespace, env = {}, through = [] } = options;
  const temporary = join(folder, "temp");
  mkdirSync(temporary, { recursive: true });
  const state = join(folder, "state");
  const output = join(folder, "output");
  for (const file of [state, output]) writeFileSync(file, "");
  const job: { child: ChildProcess | null } = { child: null };
  const start = async (step: string, more: Readonly<Record<string, string>>): Promise<Ended> => {
    writeFileSync(output, "");
    const file = await entry(join(folder, "bundle"));
    const words = [...(namespace?.prefix ?? []), ...through, process.execPath, file, step];
    const child = spawn(words[0] ?? "", words.slice(1), {
      cwd: folder,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: [options.path, process.env.PATH].filter(Boolean).join(":"),
        GITHUB_ACTIONS: "true",
        GITHUB_OUTPUT: output,
        GITHUB_STATE: state,
        RUNNER_TEMP: temporary,
        RUNNER_TOOL_CACHE: toolCache,
        ...more,
        ...env,
      },
    });
    job.child = child;
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) =>
      child.once("close", (...ending) => resolve(ending)),
    );
    const { commands, shown } = obey(stdout);
    const texts = (name: string): string[] =>
      commands.filter((command) => command.name === name).map(({ data }) => data);
    return {
      code,
      signal,
      outputs: Object.fromEntries(parseFileCommands(readFileSync(output, "utf8"), false)),
      errors: texts("error"),
      warnings: texts("warning"),
      log: [...shown, stderr].join("\n"),
    };
  };
  return {
    main(inputs) {
      const variables = Object.entries(inputs).map(([name, text]) => [
        `INPUT_${name.toUpperCase()}`,
        text,
      ]);
      return start("setup/qemu", Object.fromEntries(variables));
    },
    post() {
      // Cut off by a kill: then the runner has nothing either.
      const text = readFileSync(state, "utf8");
      const whole = text.slice(0, text.lastIndexOf("multiarch_end\n") + "multiarch_end\n".length);
      const kept = /^(?:lease|image)/.test(whole) ? parseFileCommands(whole, false) : [];
      return start(
        "setup/qemu/post",
        Object.fromEntries([...kept].map(([name, value]) => [`STATE_${name}`, value])),
      );
    },
    kill() {
      const { child } = job;
      if (child?.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
    },
  };
}
