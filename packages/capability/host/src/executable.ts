import { rows } from "@multiarch/targets";
import { emulatorWord } from "./emulators.ts";
import { exists } from "./files.ts";
import type { Probes } from "./types.ts";

/**
 * The architectures that the machine executes without QEMU: that of this process, that of the kernel, and what the
 * system is known to run besides. 32-bit Arm on arm64 is left out, because it depends on the processor.
 */
export function nativeArchitectures(
  probes: Probes,
  processArch: string,
  machineArch: string | null,
): string[] {
  const found = new Set([processArch, ...(machineArch === null ? [] : [machineArch])]);
  if (probes.platform === "linux" && machineArch === "x64") {
    // This switch exists exactly in kernels that were built to run 32-bit programs.
    if (exists(probes.root, "proc/sys/abi/vsyscall32")) found.add("ia32");
  }
  if (probes.platform === "win32" && machineArch === "x64") found.add("ia32");
  if (probes.platform === "win32" && machineArch === "arm64") {
    found.add("ia32");
    // Windows 10 on Arm runs 32-bit x86 only; 11 starts at build 22000.
    if (Number(probes.release.split(".")[2]) >= 22_000) found.add("x64");
  }
  if (probes.platform === "darwin" && machineArch === "arm64") {
    // Rosetta is not part of a fresh system.
    const rosetta = "Library/Apple/usr/libexec/oah/libRosettaRuntime";
    if (exists(probes.root, rosetta)) found.add("x64");
  }
  return [...found];
}

/** The architectures that QEMU's words stand for. */
export function emulatedArchitectures(words: readonly string[]): string[] {
  const found = rows.filter(({ qemu }) => qemu !== null && words.includes(emulatorWord(qemu)));
  return [...new Set(found.map(({ arch }) => arch))];
}
