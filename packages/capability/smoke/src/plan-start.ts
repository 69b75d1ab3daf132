import { existsSync } from "node:fs";
import { join } from "node:path";
import { fitsTarget } from "@multiarch/binary";
import type { Facts } from "@multiarch/contracts";
import { canRun, type HostFacts } from "@multiarch/host";
import { rows, type TargetRow } from "@multiarch/targets";
import { debianRoots } from "./debian-roots.ts";

/** How a program is started here, or why it is not. */
export type Start =
  | {
      readonly where: "native" | "qemu" | "qemu-sysroot";
      /** What comes before the program: the emulator, or nothing. */
      readonly command: readonly string[];
      readonly env: Readonly<Record<string, string>>;
    }
  | { readonly where: "none"; readonly why: string };

/** QEMU looks there first for every path that the program opens; its loader and libraries among them. */
const prefixVariable = "QEMU_LD_PREFIX";

/** Decides from the bytes alone: what the target was called says nothing about what was made. */
export function planStart(
  facts: Facts | null,
  host: HostFacts,
  env: Readonly<Record<string, string | undefined>>,
): Start {
  if (facts === null) return none("it is no native file");
  if (facts.type !== "executable") return none("only programs can be started");
  const row = rowOf(facts, host);
  if (row === null) return none(`made for ${describe(facts)}, which is none of the known targets`);
  const { where, command = [], why } = canRun(host, row);
  if (where === "none") return none(why);
  if (where === "native") {
    const full = canRun(host, row, facts);
    return full.where === "none" ? none(full.why) : { where, command, env: {} };
  }
  const { interp } = facts;
  // Where the loader of the other architecture is installed beside the machine's own, the emulator finds it by itself.
  const named = env[prefixVariable];
  if (interp === null) return { where, command, env: {} };
  if (named === undefined && existsSync(interp)) return { where, command, env: {} };
  const roots = named === undefined || named === "" ? debianRoots(row) : [named];
  const root = roots.find((folder) => existsSync(join(folder, interp)));
  if (root === undefined) {
    const looked = roots.length === 0 ? "" : ` (looked in ${roots.join(", ")})`;
    return none(`needs the loader ${interp}, and no folder with it is known${looked}`);
  }
  return { where: "qemu-sysroot", command, env: { [prefixVariable]: root } };
}

/**
 * A target that the file serves. Of several (a static program serves glibc and musl) any will do: what matters here is
 * the processor, and canRun compares the loader with the machine by the file itself.
 */
function rowOf(facts: Facts, host: HostFacts): TargetRow | null {
  const serving = rows.filter((row) => fitsTarget(facts, row).length === 0);
  // Of a fat file, the slice for this machine.
  return serving.find((row) => canRun(host, row).where !== "none") ?? serving[0] ?? null;
}

function describe({ os, arch, format }: Facts): string {
  return [os, arch].filter((word) => word !== null).join(" ") || format;
}

function none(why: string): Start {
  return { where: "none", why };
}
