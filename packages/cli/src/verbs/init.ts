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
  const written = await writeInitFiles(project, initFiles(project));
  if (options.json === true) io.print(`${JSON.stringify({ written }, null, 2)}\n`);
  else if (written.length === 0) io.print("nothing to do: every file is there already\n");
  else for (const path of written) io.print(`wrote ${path}\n`);
  return exitCodes.done;
}
