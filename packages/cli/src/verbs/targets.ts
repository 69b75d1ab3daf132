import { plainTable } from "@multiarch/report";
import { parseTarget, rows, targetTable } from "@multiarch/targets";
import { type CommandIo, exitCodes } from "../io.ts";
import { typedTargets } from "../options.ts";

/** All targets, or one in every naming system. */
export async function targetsVerb(
  name: string | undefined,
  options: { json?: boolean },
  io: CommandIo,
): Promise<number> {
  if (name !== undefined) {
    const [id = name] = typedTargets([name]);
    const table = targetTable(parseTarget(id));
    if (options.json === true) io.print(`${JSON.stringify(table, null, 2)}\n`);
    else {
      for (const [system, spelling] of Object.entries(table)) {
        io.print(`${system.padEnd(16)} ${spelling ?? "–"}\n`);
      }
    }
    return exitCodes.done;
  }
  if (options.json === true) {
    io.print(`${JSON.stringify(rows, null, 2)}\n`);
    return exitCodes.done;
  }
  const table = {
    headers: ["target", "rust", "docker", "runner", "glibc floor", "tier"],
    rows: rows.map(({ id, rust, docker, hosted, glibcFloor, tier }) => [
      id,
      rust ?? "–",
      docker ?? "–",
      hosted?.label ?? "–",
      glibcFloor ?? "–",
      tier,
    ]),
  };
  io.print(`${plainTable(table)}\n`);
  return exitCodes.done;
}
