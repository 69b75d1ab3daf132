import { toolIdentity } from "@multiarch/contracts";
import type { HostFacts } from "@multiarch/host";
import { type LocalMachine, type MadePlan, makePlan, type PlanRequest } from "@multiarch/plan";
import { loadProject, type Project } from "@multiarch/project";
import { parseTarget } from "@multiarch/targets";
import { cargoTools } from "@multiarch/toolchains";
import type { CommandIo } from "./io.ts";
import { overridesOf, projectFolder, type SharedOptions } from "./options.ts";

export async function openProject(
  folder: string | undefined,
  options: SharedOptions,
  io: CommandIo,
  { matricesOnly = false }: { readonly matricesOnly?: boolean } = {},
): Promise<Project> {
  return loadProject(projectFolder(folder, io), {
    matricesOnly,
    ...(options.config === undefined ? {} : { configPath: options.config }),
    overrides: overridesOf(options),
    env: io.env,
    log: io.log,
  });
}

/** A plan whose every row runs on this machine; what it cannot reach is left out, with the reason. */
export async function planHere(
  project: Project,
  host: HostFacts,
  io: CommandIo,
): Promise<MadePlan> {
  return planFor(project, {
    where: await describeMachine(project, host, io),
    trigger: { event: "local", trusted: true, why: "the command line" },
    repositoryId: null,
  });
}

/** A plan whose packages can be named: found out before anything is built. */
export async function planFor(
  project: Project,
  request: Pick<PlanRequest, "where" | "trigger" | "repositoryId" | "targetsAreFixed">,
): Promise<MadePlan> {
  const targets = project.targets.map((id) => parseTarget(id));
  const made = await makePlan({ ...request, project, targets, tool: toolIdentity });
  const { checkPackaging } = await import("@multiarch/merge");
  checkPackaging(made.plan);
  return made;
}

/** One error for all targets that are out of reach for the same reason. */
export function tellUnreachable(unreachable: MadePlan["unreachable"], { log }: CommandIo): void {
  for (const reason of new Set(unreachable.map(({ why }) => why))) {
    const targets = unreachable.filter(({ why }) => why === reason).map(({ target }) => target);
    log.error(`${targets.join(", ")} cannot be built here: ${reason}`);
  }
}

async function describeMachine(
  project: Project,
  host: HostFacts,
  io: CommandIo,
): Promise<LocalMachine> {
  const { os, arch } = host;
  if (project.builder !== "cargo") return { os, arch, rust: null };
  const tools = await cargoTools({ env: io.env, cwd: project.root });
  if (tools.cargo === null) return { os, arch, rust: null };
  return {
    os,
    arch,
    rust: { targets: tools.installedTargets, canAddTargets: tools.rustup },
  };
}
