import { initFiles, writeInitFiles } from "@multiarch/project";
import { type CommandIo, exitCodes } from "../io.ts";
import { openProject } from "../local-plan.ts";
import type { SharedOptions } from "../options.ts";

/** Writes the workflow that calls us, and multiarch.yml only if something must be said. */
export async function initVerb(
  folder: string | undefined,
  options: SharedOptions,
  io: CommandIo,
): Promise<number> {
  const project = await openProject(folder, options, io);
  const files = await writeInitFiles(project, initFiles(project));
  if (options.json === true) io.print(`${JSON.stringify({ files }, null, 2)}\n`);
  else for (const { path, status } of files) io.print(`${status} ${path}\n`);
  return exitCodes.done;
}
