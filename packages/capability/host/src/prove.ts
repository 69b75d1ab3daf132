import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runProcess } from "@multiarch/process";
import { rows } from "@multiarch/targets";
import { emulatorWord } from "./emulators.ts";
import { probeProgram, provableArchitectures, provenCode } from "./probe-program.ts";
import type { HostFacts } from "./types.ts";

/** An architecture whose programs were seen to run here, or are known to. */
export interface Proof {
  readonly arch: string;
  readonly how: "native" | "emulated";
  /** The emulator that has to be put before the program; `null`: programs are started by themselves. */
  readonly command: string | null;
}

/**
 * Which architectures this machine executes, found out by executing a tiny program of each: what is registered may be
 * broken, and a container does not show what its kernel has registered. Where no program of ours runs (another system, a
 * temporary folder without execution) the facts themselves are the answer.
 * @param folder where the programs are written for a moment
 */
export async function proveExecution(host: HostFacts, folder: string): Promise<readonly Proof[]> {
  if (host.os !== "linux") return known(host);
  const place = await mkdtemp(join(folder, "multiarch-probe-"));
  try {
    const answers = await Promise.all(
      provableArchitectures.map((arch) => prove(host, arch, place)),
    );
    const proofs = answers.filter((proof) => proof !== null);
    // Not even a program for this very processor: it is the folder that allows no execution.
    return proofs.length === 0 ? known(host) : proofs;
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

async function prove(host: HostFacts, arch: string, place: string): Promise<Proof | null> {
  const path = join(place, arch);
  await writeFile(path, probeProgram(arch));
  await chmod(path, 0o755);
  if (await ends(path, [])) return { arch, how: manner(host, arch), command: null };
  const emulator = emulatorFor(host, arch);
  if (emulator === null || !(await ends(emulator, [path]))) return null;
  return { arch, how: "emulated", command: emulator };
}

/** Only this code is a proof: what the kernel refuses is given to a shell, which ends with codes of its own. */
async function ends(command: string, args: readonly string[]): Promise<boolean> {
  const { code } = await runProcess(command, args, { env: {}, timeoutMs: 10_000, proven: true });
  return code === provenCode;
}

function manner(host: HostFacts, arch: string): Proof["how"] {
  return host.machineArch === null || nativeTo(host.machineArch, arch) ? "native" : "emulated";
}

/** 32-bit programs of the same family need no emulator. */
function nativeTo(machine: string, arch: string): boolean {
  if (machine === arch) return true;
  return (machine === "x64" && arch === "ia32") || (machine === "arm64" && arch === "arm");
}

function emulatorFor({ emulators }: HostFacts, arch: string): string | null {
  const row = rows.find(
    ({ os, arch: own, qemu }) => os === "linux" && own === arch && qemu !== null,
  );
  return row?.qemu == null ? null : (emulators[emulatorWord(row.qemu)] ?? null);
}

function known({ canExecute, native }: HostFacts): Proof[] {
  return canExecute.map((arch) => ({
    arch,
    how: native.includes(arch) ? "native" : "emulated",
    command: null,
  }));
}
