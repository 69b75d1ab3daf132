import { basename, dirname, join, relative, resolve } from "node:path";
import { cleanStale, withStaged } from "@multiarch/archive";
import type { Leg } from "@multiarch/contracts";
import { UserError } from "@multiarch/diagnostics";
import { detectHost } from "@multiarch/host";
import { checkOutputFolder, type Merged, merge } from "@multiarch/merge";
import { storePlan } from "@multiarch/plan";
import {
  formatDuration,
  installTable,
  legTable,
  packageTable,
  plainTable,
} from "@multiarch/report";
import { directoryTransport } from "@multiarch/transport";
import { buildAll } from "../build-all.ts";
import { quietLog } from "../console-log.ts";
import { type CommandIo, exitCodes } from "../io.ts";
import { openProject, planHere, tellUnreachable } from "../local-plan.ts";
import { type SharedOptions, typedTargets } from "../options.ts";

export interface ReleaseOptions extends SharedOptions {
  readonly out: string;
  readonly jobs?: string;
  readonly allowMissing?: readonly string[];
  readonly installTest?: boolean;
}

/** plan → build → merge on this machine. */
export async function releaseVerb(
  folder: string | undefined,
  options: ReleaseOptions,
  io: CommandIo,
): Promise<number> {
  const started = io.now();
  const jobs = typedJobs(options.jobs);
  const allowMissing = typedTargets(options.allowMissing ?? []);
  const output = resolve(io.cwd, options.out);
  // Before anything is built: a folder that may not be replaced makes all the work useless.
  await checkOutputFolder(output);
  const project = await openProject(folder, options, io);
  const host = await detectHost(io.env);
  const made = await planHere(project, host, io);
  for (const { code, text } of made.plan.warnings) io.log.warning(`${text} (${code})`);
  await cleanStale(dirname(output));
  return withStaged(output, async (work) => {
    const transport = directoryTransport(join(work, "store"), quietLog(io.log));
    const run = { id: "local", attempt: 1, checkRunId: null, nonce: io.nonce() };
    const plan = await storePlan(made, transport, work, run);
    const legs = await buildAll({ project, host, made, jobs, io, transport, work, run });
    const merged = await merge({
      plan,
      transport,
      output,
      attempt: 1,
      allowMissing,
      installTest: options.installTest ?? true,
      host: async () => host,
      environment: io.env,
      log: quietLog(io.log),
    });
    report(merged, legs, output, io.now() - started, options, io);
    if (project.versionFrom === "development") {
      io.log.notice(`${project.version} is not to be published: ${made.plan.publish.why}`);
    }
    const required = made.unreachable.filter(({ optional }) => !optional);
    const left = required.filter(({ target }) => !allowMissing.includes(target));
    tellUnreachable(left, io);
    if (left.length === 0) return exitCodes.done;
    io.log.notice(
      "the workflow that `init` writes builds them elsewhere; --allow-missing does without",
    );
    return exitCodes.incomplete;
  });
}

function typedJobs(text: string | undefined): number | null {
  if (text === undefined) return null;
  const jobs = Number(text);
  if (Number.isSafeInteger(jobs) && jobs >= 1) return jobs;
  throw new UserError("MA020", {
    what: "--jobs is not a number of builds",
    expected: "a whole number from 1",
    found: JSON.stringify(text),
  });
}

function report(
  { release, fetched }: Merged,
  legs: readonly Leg[],
  output: string,
  milliseconds: number,
  options: ReleaseOptions,
  io: CommandIo,
): void {
  if (options.json === true) {
    io.print(`${JSON.stringify(release, null, 2)}\n`);
    return;
  }
  const shown = relative(io.cwd, output) || basename(output);
  io.print(`\n${plainTable(legTable(fetched.plan, legs, release.missing))}\n`);
  io.print(`\n${plainTable(packageTable(release))}\n\n`);
  // The table has those that the plan left out.
  const left = new Set(fetched.plan.excluded.map(({ target }) => target));
  for (const { target, why, allowedBy } of release.missing.filter((one) => !left.has(one.target))) {
    io.print(`missing: ${target}: ${why} (${allowedBy})\n`);
  }
  if (release.installs.length > 0) io.print(`${plainTable(installTable(release))}\n\n`);
  io.print(`${shown}/ in ${formatDuration(milliseconds)}\n`);
}
