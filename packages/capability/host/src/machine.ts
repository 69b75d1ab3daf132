import { exists, readStart } from "./files.ts";
import type { Probes } from "./types.ts";
import { kernelWord } from "./words.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The architecture of the kernel, below any emulation, or `null`. `process.arch`, `os.arch`, `os.machine` and uname
 * all say what the emulator wants them to say, so none of them is asked.
 */
export async function machineArchitecture(
  probes: Probes,
  processArch: string,
  env: Environment,
): Promise<string | null> {
  if (probes.platform === "linux" || probes.platform === "android") {
    return linuxMachine(probes, processArch);
  }
  if (probes.platform === "darwin") return macMachine(probes, processArch, env);
  if (probes.platform === "win32") return windowsMachine(processArch, env);
  return null;
}

/**
 * The kernel's own word (since 6.1) passes through user emulation. Before that, what the processor says of itself; but
 * QEMU since 8 makes that up for some processors, so it is believed only where it cannot be made up.
 */
function linuxMachine({ root }: Probes, processArch: string): string | null {
  const own = readStart(root, "proc/sys/kernel/arch");
  if (own !== null) return kernelWord(own.trim());
  const cpuinfo = readStart(root, "proc/cpuinfo");
  const family = cpuinfo === null ? null : processorFamily(cpuinfo);
  if (family === null || family === "x64" || family === "ia32" || family !== processArch) {
    return family;
  }
  const register = "sys/devices/system/cpu/cpu0/regs/identification/midr_el1";
  return family === "arm64" && exists(root, register) ? family : null;
}

function processorFamily(cpuinfo: string): string | null {
  const flags = /^flags\s*:(.*)$/m.exec(cpuinfo)?.[1];
  if (flags !== undefined && /^vendor_id\s*:/m.test(cpuinfo)) {
    // "long mode": the processor has 64 bits; a kernel with 32 on such a processor exists only without 6.1's file.
    return /\blm\b/.test(flags) ? "x64" : "ia32";
  }
  // A 32-bit kernel names the model ARMv6 or ARMv7 whatever the processor.
  if (/^model name\s*:\s*ARMv[67]/m.test(cpuinfo)) return "arm";
  if (/^CPU implementer\s*:/m.test(cpuinfo)) {
    return /^CPU architecture\s*:\s*8/m.test(cpuinfo) ? "arm64" : "arm";
  }
  if (/^isa\s*:\s*rv64/m.test(cpuinfo)) return "riscv64";
  if (/^vendor_id\s*:\s*IBM\/S390/m.test(cpuinfo)) return "s390x";
  return null;
}

/** Rosetta: an x64 process sees an x64 machine everywhere but in these two. The names are unknown to old Intel Macs. */
async function macMachine(
  probes: Probes,
  processArch: string,
  env: Environment,
): Promise<string | null> {
  if (processArch === "arm64") return "arm64";
  const said = await probes.sysctl(["sysctl.proc_translated", "hw.optional.arm64"], env);
  if (said === null) return null;
  return /^(?:sysctl\.proc_translated|hw\.optional\.arm64)\s*[:=]\s*1$/m.test(said)
    ? "arm64"
    : processArch;
}

/**
 * Windows tells x64 processes on Arm that the machine is AMD64 (`PROCESSOR_ARCHITECTURE`, with no
 * `PROCESSOR_ARCHITEW6432`), and so does its Unix shell. Only the processor's description stays true.
 */
function windowsMachine(processArch: string, env: Environment): string | null {
  if (processArch === "arm64") return "arm64";
  const key = Object.keys(env).find((name) => name.toUpperCase() === "PROCESSOR_IDENTIFIER");
  const description = key === undefined ? "" : (env[key] ?? "");
  if (/^ARM/i.test(description)) return "arm64";
  if (/^(?:Intel64|AMD64|EM64T)\b/i.test(description)) return "x64";
  return /^x86\b/i.test(description) ? "ia32" : null;
}

/** Which processes a machine runs without emulating a processor. */
export function isEmulated(processArch: string, machineArch: string | null): boolean {
  if (machineArch === null || machineArch === processArch) return false;
  return !(thirtyTwo[machineArch] ?? []).includes(processArch);
}

const thirtyTwo: Readonly<Record<string, readonly string[]>> = { x64: ["ia32"], arm64: ["arm"] };
