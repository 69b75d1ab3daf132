import { initFiles, type Project, writeInitFiles } from "@multiarch/project";
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
  if (options.json !== true) explain(project, io);
  return exitCodes.done;
}

function explain({ packages, versionFrom }: Project, { log }: CommandIo): void {
  const made = ["archive", "npm", "wheel"] as const;
  const absent = made.filter((kind) =>
    packages.every(({ outputs }) => outputs[kind] === undefined),
  );
  const keys = absent.map((kind) => `\`${kind}: true\``).join(" and ");
  if (keys !== "") log.info(`for more kinds of packages: ${keys} in multiarch.yml`);
  const tag = versionFrom === "manifest" ? "the version's tag" : "a tag such as v1.0.0";
  log.info(`next: commit and push; a pull request or ${tag} builds every target`);
}
