import { mkdir, rm } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { checkMade } from "@multiarch/check";
import type { Leg, LegFile, Plan, PlanRow, SmokeResult, ToolUsed } from "@multiarch/contracts";
import { type Log, UserError } from "@multiarch/diagnostics";
import type { HostFacts } from "@multiarch/host";
import { representative } from "@multiarch/plan";
import { childEnvironment, runChecked } from "@multiarch/process";
import type { Project } from "@multiarch/project";
import { smokeTest } from "@multiarch/smoke";
import { fillPlaceholders, parseTarget } from "@multiarch/targets";
import type { ToolSearches } from "@multiarch/toolchains";
import type { BuildContext, BuiltFile } from "./builder.ts";
import { findBuilder } from "./builders.ts";
import { describeFiles, dropFiles, writeLeg } from "./leg-folder.ts";
import { buildSettings } from "./settings.ts";

export interface LegRequest {
  readonly plan: Plan;
  readonly row: PlanRow;
  readonly project: Project;
  readonly host: HostFacts;
  /** Receives `leg.json` and `files/`. */
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly toolCache: string;
  /** One for all builds of a run: a toolchain that cannot be had is searched for once. */
  readonly searches?: ToolSearches;
  readonly run: Leg["run"];
  readonly label: string | null;
  readonly log: Log;
  /** Milliseconds; only differences are used. */
  readonly now: () => number;
  readonly onPhase?: (phase: string) => void;
  /** What must hold before anything is built; what it throws becomes the leg's error, so that merge can repeat it. */
  readonly preflight?: () => void;
}

/**
 * Builds, reads, checks and runs one row, and writes its leg. It does not throw when the build fails: a failed leg is a
 * document too, so that merge can say why a target is missing.
 */
export async function buildLeg(request: LegRequest): Promise<Leg> {
  const { plan, row, project, folder, log, now } = request;
  const timings: Leg["timings"] = [];
  const toolchain: ToolUsed[] = [];
  let phase = "prepare";
  const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    phase = name;
    request.onPhase?.(name);
    const started = now();
    try {
      return await log.group(`${row.id}: ${name}`, work);
    } finally {
      timings.push({ phase: name, ms: Math.max(0, Math.round(now() - started)) });
    }
  };
  const made: Made = { files: [], checks: [], smoke: [] };
  let error: Leg["error"] = null;
  await rm(folder, { recursive: true, force: true });
  try {
    await makeFiles(request, made, timed, (tool) => toolchain.push(tool));
  } catch (failure) {
    error = describeFailure(failure, phase);
    log.error(error.text);
    if (!(failure instanceof UserError) && failure instanceof Error && failure.stack) {
      log.info(failure.stack);
    }
    await dropFiles(folder);
  }
  const leg: Leg = {
    schema: "multiarch.leg/1",
    tool: plan.tool,
    plan: plan.id,
    row: row.id,
    target: row.target,
    run: request.run,
    commit: project.commit,
    config: project.configFile.sha256,
    host: describeHost(request.host, request.label),
    cpu: row.cpu,
    toolKind: row.tool,
    image: row.image,
    toolchain: uniqueTools(toolchain),
    parent: null,
    result: error === null ? "ok" : "failed",
    error,
    files: error === null ? made.files : [],
    checks: made.checks,
    smoke: made.smoke,
    tests: [],
    bench: [],
    cache: { hits: 0, misses: 0 },
    timings,
  };
  await writeLeg(folder, leg);
  return leg;
}

interface Made {
  files: LegFile[];
  checks: Leg["checks"];
  smoke: SmokeResult[];
}

type Timed = <T>(name: string, work: () => Promise<T>) => Promise<T>;

async function makeFiles(
  request: LegRequest,
  made: Made,
  timed: Timed,
  use: (tool: ToolUsed) => void,
): Promise<void> {
  const { row, project, folder, plan } = request;
  request.preflight?.();
  const context = await prepare(request, use);
  if (context.settings.before.length > 0) {
    await timed("before", () => runAll(context, context.settings.before));
  }
  const builder = await findBuilder(row.builder);
  const built = await timed("compile", () => builder.compile(context));
  if (context.settings.transform.length > 0) {
    await timed("transform", () => transform(context, built));
  }
  made.files = await timed("read", () =>
    describeFiles(built, (path) => posix(relative(folder, path))),
  );
  made.checks = made.files.flatMap((file) =>
    checkMade({ row, target: context.target, file, platformFloor: null }),
  );
  failOnErrors(made.checks, row);
  made.smoke = await timed("smoke", () =>
    Promise.all(
      built.flatMap((file, index) =>
        file.kind !== "executable"
          ? []
          : smokeTest({
              path: file.path,
              name: file.bin,
              facts: made.files[index]?.facts ?? null,
              argv: project.config.smoke ?? ["--version"],
              host: request.host,
              env: context.environment,
              timeoutMs: 60_000,
              log: request.log,
            }),
      ),
    ),
  );
  const broken = made.smoke.find(({ status }) => status === "failed");
  if (broken !== undefined) {
    throw new UserError("MA310", {
      what: `${broken.file} of ${row.id} does not run`,
      expected: `${broken.argv.join(" ")} runs (${broken.where})`,
      found: broken.why ?? `exit ${broken.exit}`,
      where: `plan ${plan.id}`,
    });
  }
}

async function prepare(request: LegRequest, use: (tool: ToolUsed) => void): Promise<BuildContext> {
  const { plan, row, project, folder } = request;
  const output = join(folder, "files");
  await mkdir(output, { recursive: true });
  const settings = buildSettings(row.build);
  const target = parseTarget(row.target);
  return {
    project,
    packages: plan.packages.filter(({ name }) => row.packages.includes(name)),
    row,
    target,
    // Asked only by builders that build for a platform: the row for every platform has none.
    get exact() {
      return representative(target, row.builder);
    },
    settings,
    environment: childEnvironment(request.environment, {
      SOURCE_DATE_EPOCH: String(plan.project.epoch),
      ...settings.env,
    }),
    output,
    toolCache: request.toolCache,
    searches: request.searches,
    timeoutMs: row.timeout * 60_000,
    log: request.log,
    announce: (step) => request.onPhase?.(step),
    use,
  };
}

async function transform(context: BuildContext, built: readonly BuiltFile[]): Promise<void> {
  for (const { path, kind } of built) {
    // What somebody else packed may be signed, and is passed on as it is.
    if (kind !== "executable" && kind !== "addon") continue;
    const fill = (word: string): string =>
      fillPlaceholders(word, { file: path }, "build.transform");
    const commands = context.settings.transform.map((words) => words.map(fill));
    await runAll(context, commands);
  }
}

async function runAll(
  { project, environment, timeoutMs, log }: BuildContext,
  commands: readonly (readonly string[])[],
): Promise<void> {
  for (const words of commands) {
    const [executable, ...args] = words;
    if (executable === undefined) continue;
    await runChecked(executable, args, {
      what: words.join(" "),
      cwd: project.root,
      env: environment,
      timeoutMs,
      log,
    });
  }
}

function failOnErrors(checks: Leg["checks"], row: PlanRow): void {
  const [first] = checks.filter(({ level }) => level === "error");
  if (first === undefined) return;
  throw new UserError("MA311", {
    what: `${first.file} is not what ${row.target} asks for (${first.rule})`,
    expected: first.expected,
    found: first.found,
  });
}

function describeFailure(failure: unknown, phase: string): NonNullable<Leg["error"]> {
  const code = failure instanceof UserError ? failure.id : "internal";
  const text = failure instanceof Error ? failure.message : String(failure);
  return { code, phase, text: text.slice(0, 16_384) };
}

function describeHost(host: HostFacts, label: string | null): Leg["host"] {
  const { os, arch, machineArch, emulated, libc, cpuLevel } = host;
  return { os, arch, machineArch, emulated, libc, cpuLevel, label };
}

function uniqueTools(tools: readonly ToolUsed[]): ToolUsed[] {
  return [...new Map(tools.map((tool) => [`${tool.name} ${tool.version}`, tool])).values()];
}

function posix(path: string): string {
  return path.split(sep).join("/");
}
