import { resolve } from "node:path";
import { parseReference } from "@multiarch/contracts";
import { runContext } from "@multiarch/github";
import { detectHost } from "@multiarch/host";
import { merge } from "@multiarch/merge";
import { packageTable, plainTable } from "@multiarch/report";
import { chooseTransport } from "@multiarch/transport";
import { type CommandIo, exitCodes } from "../io.ts";
import { typed, typedTargets } from "../options.ts";

export interface MergeOptions {
  readonly plan: string;
  readonly out: string;
  readonly allowMissing?: readonly string[];
  readonly installTest?: boolean;
  readonly json?: boolean;
}

/** Merges the legs that MULTIARCH_TRANSPORT points at. */
export async function mergeVerb(options: MergeOptions, io: CommandIo): Promise<number> {
  const allowMissing = typedTargets(options.allowMissing ?? []);
  const { release } = await merge({
    plan: typed(() => parseReference(options.plan, "--plan")),
    transport: await chooseTransport(io.env, io.log),
    output: resolve(io.cwd, options.out),
    attempt: runContext(io.env).attempt,
    allowMissing,
    installTest: options.installTest ?? true,
    host: () => detectHost(io.env),
    environment: io.env,
    log: io.log,
  });
  if (options.json === true) io.print(`${JSON.stringify(release, null, 2)}\n`);
  else io.print(`${plainTable(packageTable(release))}\n`);
  return exitCodes.done;
}
