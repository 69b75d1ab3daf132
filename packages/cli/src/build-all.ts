import { rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { buildLeg, legArtifactName } from "@multiarch/build";
import type { Leg, PlanRow } from "@multiarch/contracts";
import type { HostFacts } from "@multiarch/host";
import type { MadePlan } from "@multiarch/plan";
import type { Project } from "@multiarch/project";
import { formatBytes, formatDuration } from "@multiarch/report";
import { defaultToolCache, newSearches, type ToolSearches } from "@multiarch/toolchains";
import type { Transport } from "@multiarch/transport";
import { quietLog } from "./console-log.ts";
import type { CommandIo } from "./io.ts";
import { type Progress, startProgress } from "./progress.ts";

export interface BuildAllRequest {
  readonly project: Project;
  readonly host: HostFacts;
  readonly made: MadePlan;
  /** Builds at a time; `null`: as many as serve on this machine. */
  readonly jobs: number | null;
  readonly io: CommandIo;
  readonly transport: Transport;
  readonly work: string;
  readonly run: Leg["run"];
}

/** Builds every row of the plan and stores the legs, also of builds that failed; shows how far each is. */
export async function buildAll(request: BuildAllRequest): Promise<Leg[]> {
  const { project, made, jobs, io } = request;
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
    const workers = Math.min(jobs ?? usualJobs(project), rows.length);
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
function usualJobs({ builder }: Project): number {
  return builder === "cargo" ? 1 : Math.max(2, Math.floor(availableParallelism() / 2));
}

function describe({ files, timings, error }: Leg): string {
  if (error !== null) return error.text.split("\n", 1)[0] ?? error.code;
  const size = files.reduce((sum, file) => sum + file.size, 0);
  const time = timings.reduce((sum, { ms }) => sum + ms, 0);
  return `${formatBytes(size)}, ${formatDuration(time)}`;
}
