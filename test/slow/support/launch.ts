import { spawn } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  host,
  type Installed,
  installMain,
  installPlatform,
} from "../../../packages/capability/npm/test/installed.ts";
import { linuxProgram } from "../../support/binaries.ts";
import type { Behaviour } from "../../support/machine-code.ts";
import { full } from "./components.ts";
import { type Ended, endGroup } from "./processes.ts";

/** 18 and 20 start a child; in 22 and 24 a failing execve would end Node, in 26 it throws. */
export const majors = full ? [18, 20, 22, 24, 26] : [20, 24];
export const rounds = full ? 200 : 20;
/** Several at once, so that processes start and end in every order. */
const atOnce = 4;
/** What the program has written when it runs. */
export const ready = "ready\n";

const processor = process.arch === "arm64" ? "arm64" : "x64";

/** A project with the launcher and a real static program that behaves so. */
export async function installed(behaviour: Partial<Behaviour>): Promise<Installed> {
  const project = await installMain([{}]);
  const file = await installPlatform(project.folder(host));
  await rm(file);
  await writeFile(file, linuxProgram(processor, behaviour), { mode: 0o755 });
  return project;
}

export interface Kill {
  readonly signal: NodeJS.Signals;
  /** As soon as the program has written, or so many milliseconds after Node was started. */
  readonly at: "written" | number;
}

/** Runs the command as the leader of a process group of its own, and may kill the leader alone. */
export function launch(
  [node = "", ...flags]: readonly string[],
  { main }: Installed,
  kill?: Kill,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [...flags, join(main, "bin/tool.js")], {
      // A dump of the memory of a program that crashes would lie here.
      cwd: main,
      detached: true,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const timer =
      typeof kill?.at === "number" ? setTimeout(() => child.kill(kill.signal), kill.at) : undefined;
    let output = "";
    let orphan = false;
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (kill?.at === "written") child.kill(kill.signal);
    });
    child.once("error", reject);
    child.once("exit", () => {
      clearTimeout(timer);
      orphan = endGroup(child.pid ?? 0);
    });
    child.once("close", (code, signal) => resolve({ code, signal, output, orphan }));
  });
}

/** Every round's result, counted, because all of them should be one. */
export async function repeated(
  run: (round: number) => Promise<Ended>,
): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < rounds) {
      const { code, signal, output, orphan } = await run(next++);
      const told = `${signal ?? code}${output === "" ? "" : " written"}${orphan ? " orphan" : ""}`;
      found[told] = (found[told] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return found;
}
