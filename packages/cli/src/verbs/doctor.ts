import { tmpdir } from "node:os";
import { UserError } from "@multiarch/diagnostics";
import { detectHost, type HostFacts, proveExecution } from "@multiarch/host";
import { findExecutable } from "@multiarch/process";
import { describeTools } from "@multiarch/toolchains";
import { diagnose, type Surroundings } from "../diagnose.ts";
import { type CommandIo, exitCodes } from "../io.ts";
import { openProject, planHere } from "../local-plan.ts";

const programs = ["git", "cargo", "npm", "python3", "docker", "apt-get"] as const;

/** What this machine can build, run and reach, and the one command that adds the rest. */
export async function doctorVerb(
  folder: string | undefined,
  options: { readonly json?: boolean },
  io: CommandIo,
): Promise<number> {
  const host = await detectHost(io.env);
  const tools = await describeTools(io.env, io.log);
  const found: Record<string, string | null> = {};
  for (const name of programs) found[name] = await findExecutable(name, io.env);
  const surroundings: Surroundings = {
    host,
    proofs: await proveExecution(host, tmpdir()),
    programs: { ...found, go: tools.go === null ? null : `${tools.go.version}, ${tools.go.path}` },
    unreachable: await unreachableTargets(folder, host, io),
  };
  const diagnosis = diagnose(surroundings);
  if (options.json === true) {
    io.print(`${JSON.stringify({ ...diagnosis, ...surroundings }, null, 2)}\n`);
    return exitCodes.done;
  }
  for (const { what, state, detail } of diagnosis.findings) {
    io.print(`${state === "fine" ? "✓" : "–"} ${what.padEnd(16)} ${detail}\n`);
  }
  if (diagnosis.command !== null)
    io.print(`\nThis adds what is missing:\n  ${diagnosis.command}\n`);
  return exitCodes.done;
}

/** `null` where there is no project: then the machine alone is looked at. */
async function unreachableTargets(
  folder: string | undefined,
  host: HostFacts,
  io: CommandIo,
): Promise<Surroundings["unreachable"]> {
  try {
    const project = await openProject(folder, {}, io);
    return (await planHere(project, host, io)).unreachable;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    // A folder that was named must be a project; the current one may be any folder.
    if (folder !== undefined && folder !== ".") throw error;
    io.log.debug(error.message);
    return null;
  }
}
