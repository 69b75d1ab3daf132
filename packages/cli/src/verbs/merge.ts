import { resolve } from "node:path";
import { parseReference } from "@multiarch/contracts";
import { UserError } from "@multiarch/diagnostics";
import { runContext } from "@multiarch/github";
import { detectHost } from "@multiarch/host";
import { merge } from "@multiarch/merge";
import { packageTable, plainTable } from "@multiarch/report";
import { chooseTransport } from "@multiarch/transport";
import { type CommandIo, exitCodes, UsageError } from "../io.ts";
import { typed, typedTargets } from "../options.ts";
import type { FromOptions } from "./merge-from.ts";

export interface MergeOptions extends FromOptions {
  readonly plan?: string;
  readonly out: string;
  readonly allowMissing?: readonly string[];
  readonly installTest?: boolean;
  readonly json?: boolean;
}

/** Flags that say something of files from elsewhere only: a plan says it all by itself. */
const ofFiles: readonly (readonly [keyof FromOptions, string])[] = [
  ["name", "--name"],
  ["packageVersion", "--package-version"],
  ["targets", "--targets"],
  ["platforms", "--platforms"],
  ["bins", "--bins"],
  ["glibc", "--glibc"],
  ["npmScope", "--npm-scope"],
  ["npmLayout", "--npm-layout"],
  ["config", "--config"],
];

/** Merges the legs that MULTIARCH_TRANSPORT points at, or files that others built. */
export async function mergeVerb(options: MergeOptions, io: CommandIo): Promise<number> {
  const { plan, from } = options;
  if ((plan === undefined) === (from === undefined)) {
    throw wrong("merge takes --plan or --from", plan === undefined ? "neither" : "both");
  }
  const shared = {
    output: resolve(io.cwd, options.out),
    allowMissing: typedTargets(options.allowMissing ?? []),
    installTest: options.installTest ?? true,
    host: () => detectHost(io.env),
    environment: io.env,
    log: io.log,
  };
  if (plan === undefined) {
    const { mergeFiles } = await import("./merge-from.ts");
    return mergeFiles(options, shared, io);
  }
  const stray = ofFiles.find(([key]) => options[key] !== undefined);
  if (stray !== undefined) throw wrong(`${stray[1]} goes with --from`, "--plan");
  const { release } = await merge({
    ...shared,
    plan: typed(() => parseReference(plan, "--plan")),
    transport: await chooseTransport(io.env, io.log),
    attempt: runContext(io.env).attempt,
  });
  if (options.json === true) io.print(`${JSON.stringify(release, null, 2)}\n`);
  else io.print(`${plainTable(packageTable(release))}\n`);
  return exitCodes.done;
}

function wrong(what: string, found: string): UsageError {
  return new UsageError(new UserError("MA020", { what, found }));
}
