import { rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { basename, dirname, join, relative, resolve } from "node:path";
import { cleanStale, withStaged } from "@multiarch/archive";
import { buildLeg, legArtifactName } from "@multiarch/build";
import type { Leg, PlanRow } from "@multiarch/contracts";
import { UserError } from "@multiarch/diagnostics";
import { detectHost, type HostFacts } from "@multiarch/host";
import { checkOutputFolder, type Merged, merge } from "@multiarch/merge";
import { type MadePlan, storePlan } from "@multiarch/plan";
import type { Project } from "@multiarch/project";
import {
  formatBytes,
  formatDuration,
  installTable,
  legTable,
  packageTable,
  plainTable,
} from "@multiarch/report";
import { defaultToolCache, newSearches, type ToolSearches } from "@multiarch/toolchains";
import { directoryTransport, type Transport } from "@multiarch/transport";
import { quietLog } from "../console-log.ts";
import { type CommandIo, exitCodes } from "../io.ts";
import { openProject, planHere } from "../local-plan.ts";
import { type SharedOptions, typedTargets } from "../options.ts";
import { type Progress, startProgress } from "../progress.ts";

export interface ReleaseOptions extends SharedOptions {
  readonly out: string;
  readonly jobs?: number;
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
  checkJobs(options);
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
    const legs = await buildAll({ project, host, made, options, io, transport, work, run });
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
    const required = made.unreachable.filter(({ optional }) => !optional);
    const left = required.filter(({ target }) => !allowMissing.includes(target));
    for (const { target, why } of left) io.log.error(`${target} cannot be built here: ${why}`);
    if (left.length === 0) return exitCodes.done;
    io.log.notice(
      "the workflow that `init` writes builds it elsewhere; --allow-missing does without",
    );
    return exitCodes.incomplete;
  });
}

function checkJobs({ jobs }: ReleaseOptions): void {
  if (jobs === undefined || (Number.isSafeInteger(jobs) && jobs >= 1)) return;
  throw new UserError("MA020", {
    what: "--jobs is not a number of builds",
    expected: "a whole number from 1",
    found: String(jobs),
  });
}

interface BuildAllRequest {
  readonly project: Project;
  readonly host: HostFacts;
  readonly made: MadePlan;
  readonly options: ReleaseOptions;
  readonly io: CommandIo;
  readonly transport: Transport;
  readonly work: string;
  readonly run: Leg["run"];
}

async function buildAll(request: BuildAllRequest): Promise<Leg[]> {
  const { project, made, options, io } = request;
  const { rows } = made.plan;
  const progress = await startProgress(
    rows.map(({ target }) => target),
    io,
  );
  const searches = newSearches();
  const queue = [...rows];
  const legs: Leg[] = [];
  const failures: string[] = [];
  const worker = async (): Promise<void> => {
    for (let row = queue.shift(); row !== undefined; row = queue.shift()) {
      const { target } = row;
      const leg = await buildOne(request, row, { progress, searches });
      legs.push(leg);
      if (leg.error !== null) failures.push(leg.error.text);
      progress.update(target, leg.result === "ok" ? "done" : "failed", describe(leg));
    }
  };
  try {
    const workers = Math.min(jobCount(project, options), rows.length);
    const outcomes = await Promise.allSettled(Array.from({ length: workers }, worker));
    // All must have ended before the caller removes the folder that they write to.
    for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
  } finally {
    progress.stop();
  }
  for (const text of failures) io.log.debug(text);
  return legs;
}

async function buildOne(
  { project, host, made, io, transport, work, run }: BuildAllRequest,
  row: PlanRow,
  { progress, searches }: { progress: Progress; searches: ToolSearches },
): Promise<Leg> {
  const folder = join(work, "build", row.id);
  const leg = await buildLeg({
    plan: made.plan,
    row,
    project,
    host,
    folder,
    environment: io.env,
    toolCache: defaultToolCache(io.env),
    searches,
    run,
    label: null,
    // A leg's failure is shown once, by merge, which knows whether the target may be missing.
    log: { ...quietLog(progress.log), error: io.log.debug },
    now: io.now,
    onPhase: (phase) => progress.update(row.target, phase),
  });
  await transport.put(legArtifactName(leg), folder);
  await rm(folder, { recursive: true, force: true });
  return leg;
}

/** Go and cargo use every core by themselves; a second build fills the gaps while one of them links. */
function jobCount({ builder }: Project, { jobs }: ReleaseOptions): number {
  if (jobs !== undefined) return jobs;
  return builder === "cargo" ? 1 : Math.max(2, Math.floor(availableParallelism() / 2));
}

function describe({ files, timings, error }: Leg): string {
  if (error !== null) return error.text.split("\n", 1)[0] ?? error.code;
  const size = files.reduce((sum, file) => sum + file.size, 0);
  const time = timings.reduce((sum, { ms }) => sum + ms, 0);
  return `${formatBytes(size)}, ${formatDuration(time)}`;
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
  for (const { target, why, allowedBy } of release.missing) {
    io.print(`missing: ${target}: ${why} (${allowedBy})\n`);
  }
  if (release.installs.length > 0) io.print(`${plainTable(installTable(release))}\n\n`);
  io.print(`${shown}/ in ${formatDuration(milliseconds)}\n`);
}
