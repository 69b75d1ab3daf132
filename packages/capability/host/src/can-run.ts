import { existsSync } from "node:fs";
import type { Facts } from "@multiarch/contracts";
import type { TargetRow } from "@multiarch/targets";
import { emulatorWord } from "./emulators.ts";
import type { HostFacts } from "./types.ts";

export interface Execution {
  readonly where: "native" | "qemu" | "none";
  /** What to put before the file: the emulator. Absent or empty when the file is started by itself. */
  readonly command?: readonly string[];
  /** One phrase for people. */
  readonly why: string;
}

/** What the bytes of the file ask of a machine. */
export type Demands = Pick<Facts, "interp" | "glibcMin" | "cpuLevel">;

/**
 * Whether and how a program of a target can be executed on this machine. With `demands`, read from the file, also
 * whether its loader is here (a dynamic program of another libc or architecture usually lacks it), whether glibc is new
 * enough and whether the processor is. `loaderExists` is for tests.
 */
export function canRun(
  host: HostFacts,
  row: TargetRow,
  demands?: Demands,
  loaderExists: (path: string) => boolean = existsSync,
): Execution {
  if (row.os !== host.os) return none(`made for ${row.os}, this machine is ${host.os}`);
  const how = processor(host, row);
  if (how.where === "none" || demands === undefined) return how;
  const { interp, glibcMin, cpuLevel } = demands;
  if (host.os === "linux" && interp !== null && !loaderExists(interp)) {
    return none(`needs the loader ${interp}, which this machine does not have`);
  }
  if (how.where === "qemu") return how;
  if (glibcMin !== null && host.glibcVersion !== null && newer(glibcMin, host.glibcVersion)) {
    return none(`needs glibc ${glibcMin}, this machine has ${host.glibcVersion}`);
  }
  if (cpuLevel !== null && host.cpuLevel?.startsWith("x86") === true && cpuLevel > host.cpuLevel) {
    return none(`needs an ${cpuLevel} processor, this one is ${host.cpuLevel}`);
  }
  return how;
}

function processor(host: HostFacts, row: TargetRow): Execution {
  const machine = host.machineArch ?? host.arch;
  const runs = row.arch === "universal" ? ["arm64", "x64"] : [row.arch];
  const arch = runs.find((one) => host.native.includes(one));
  if (arch !== undefined && armFits(host, row)) {
    const same = arch === machine || arch === host.arch;
    return { where: "native", why: same ? `this machine is ${arch}` : `${machine} runs ${arch}` };
  }
  if (row.qemu !== null) {
    const word = emulatorWord(row.qemu);
    const emulator = host.emulators[word];
    if (emulator !== undefined) {
      return { where: "qemu", command: [emulator], why: `emulated by ${emulator}` };
    }
    if (host.registered.includes(word)) {
      return { where: "qemu", command: [], why: `the kernel emulates ${word}` };
    }
    return none(`made for ${row.arch}, this machine is ${machine}, and no ${row.qemu} is on PATH`);
  }
  return none(`made for ${row.arch}, this machine is ${machine}`);
}

/** Newer 32-bit Arm runs what was made for older. A machine whose own version is unknown is not trusted with version 7. */
function armFits(host: HostFacts, row: TargetRow): boolean {
  return row.armVersion === null || row.armVersion <= (host.armVersion ?? 6);
}

function none(why: string): Execution {
  return { where: "none", why };
}

function newer(one: string, other: string): boolean {
  const [major = 0, minor = 0] = one.split(".").map(Number);
  const [otherMajor = 0, otherMinor = 0] = other.split(".").map(Number);
  return major > otherMajor || (major === otherMajor && minor > otherMinor);
}
