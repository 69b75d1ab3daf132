import { join, resolve } from "node:path";
import { buildLeg } from "@multiarch/build";
import type { Leg } from "@multiarch/contracts";
import { detectHost, ownTarget } from "@multiarch/host";
import { defaultToolCache } from "@multiarch/toolchains";
import { type CommandIo, exitCodes } from "../io.ts";
import { openProject, planHere, tellUnreachable } from "../local-plan.ts";
import type { SharedOptions } from "../options.ts";

export interface BuildOptions extends SharedOptions {
  readonly out: string;
}

/** Builds targets on this machine (default: the machine's own) and leaves each leg in a folder of its own. */
export async function buildVerb(
  folder: string | undefined,
  options: BuildOptions,
  io: CommandIo,
): Promise<number> {
  const host = await detectHost(io.env);
  const asked = [...(options.targets ?? []), ...(options.platforms ?? [])];
  const targets = asked.length === 0 ? [ownTarget(host)] : asked;
  const project = await openProject(folder, { ...options, targets }, io);
  const { plan, unreachable } = await planHere(project, host, io);
  const legs: Leg[] = [];
  for (const row of plan.rows) {
    const output = join(resolve(io.cwd, options.out), row.id);
    const leg = await buildLeg({
      plan,
      row,
      project,
      host,
      folder: output,
      environment: io.env,
      toolCache: defaultToolCache(io.env),
      run: { id: "local", attempt: 1, checkRunId: null, nonce: io.nonce() },
      label: null,
      log: io.log,
      now: io.now,
    });
    legs.push(leg);
    if (options.json === true) continue;
    for (const file of leg.files) io.print(`${join(output, file.path)}\n`);
  }
  // One document, also of several legs.
  const document = legs.length === 1 ? legs[0] : legs;
  if (options.json === true) io.print(`${JSON.stringify(document, null, 2)}\n`);
  tellUnreachable(unreachable, io);
  if (legs.some(({ result }) => result === "failed")) return exitCodes.failed;
  return unreachable.length === 0 ? exitCodes.done : exitCodes.incomplete;
}
