import { basename, relative } from "node:path";
import { type ForeignRequest, foreignWishes, mergeForeign } from "@multiarch/merge";
import { fileTable, installTable, packageTable, plainTable } from "@multiarch/report";
import { quietLog } from "../console-log.ts";
import { type CommandIo, exitCodes } from "../io.ts";
import { typedTargets } from "../options.ts";

export interface FromOptions {
  readonly from?: readonly string[];
  readonly name?: string;
  readonly packageVersion?: string;
  readonly targets?: readonly string[];
  readonly platforms?: readonly string[];
  readonly bins?: readonly string[];
  readonly glibc?: string;
  readonly npmScope?: string;
  readonly npmLayout?: string;
  readonly config?: string;
  readonly npm?: boolean;
  readonly wheel?: boolean;
  readonly archive?: boolean;
  readonly json?: boolean;
}

type Shared = Pick<
  ForeignRequest,
  "output" | "allowMissing" | "installTest" | "host" | "environment" | "log"
>;

/** Makes packages of files that others built. */
export async function mergeFiles(
  options: FromOptions,
  shared: Shared,
  io: CommandIo,
): Promise<number> {
  const { name, overrides } = foreignWishes({
    name: options.name ?? null,
    targets: typedTargets([...(options.targets ?? []), ...(options.platforms ?? [])]),
    bins: options.bins ?? [],
    glibc: options.glibc ?? null,
    npmScope: options.npmScope ?? null,
    npmLayout: options.npmLayout ?? null,
    without: (["npm", "wheel", "archive"] as const).filter((kind) => options[kind] === false),
  });
  const merged = await mergeForeign({
    ...shared,
    // What was found is nobody's wish yet: whoever reads must be able to object.
    log: { ...quietLog(shared.log), notice: io.log.notice },
    from: options.from ?? [],
    artifacts: null,
    cwd: io.cwd,
    ...(options.config === undefined ? {} : { configPath: options.config }),
    name,
    version: options.packageVersion ?? null,
    overrides,
    trigger: { event: "local", trusted: true, why: "the command line" },
    repositoryId: null,
  });
  const { release } = merged;
  if (options.json === true) {
    io.print(`${JSON.stringify(release, null, 2)}\n`);
    return exitCodes.done;
  }
  io.print(`\n${plainTable(fileTable(merged.taken))}\n`);
  io.print(`\n${plainTable(packageTable(release))}\n\n`);
  for (const { target, why, allowedBy } of release.missing) {
    io.print(`missing: ${target}: ${why} (${allowedBy})\n`);
  }
  if (release.installs.length > 0) io.print(`${plainTable(installTable(release))}\n\n`);
  io.print(`${relative(io.cwd, shared.output) || basename(shared.output)}/\n`);
  return exitCodes.done;
}
