import { nameIn, rows, type TargetRow } from "@multiarch/targets";
import { inContainer } from "./container.ts";
import { cpuLevel } from "./cpu-level.ts";
import { findEmulators, findRegistered } from "./emulators.ts";
import { emulatedArchitectures, nativeArchitectures } from "./executable.ts";
import { readStart } from "./files.ts";
import { cLibrary } from "./libc.ts";
import { isEmulated, machineArchitecture } from "./machine.ts";
import { systemProbes } from "./probes.ts";
import type { HostFacts, Probes } from "./types.ts";
import { userlandArchitecture } from "./userland.ts";
import { wheelTag } from "./wheel-tag.ts";
import { architectureWord, systemWord } from "./words.ts";

/**
 * What this machine truly is. `env` is read for PATH, the marks of containers, and Windows' description of the
 * processor. Starts no child process, except sysctl for an x64 Node on macOS. Never throws: what cannot be found out is
 * `null`.
 */
export async function detectHost(
  env: Readonly<Record<string, string | undefined>>,
  probes: Probes = systemProbes(),
): Promise<HostFacts> {
  const os = systemWord(probes.platform);
  const arch = architectureWord(probes.arch, probes.endianness);
  const armVersion = arch === "arm" ? armVersionOf(probes.armVersion) : null;
  const machineArch = await machineArchitecture(probes, arch, env);
  const { libc, glibcVersion } = await cLibrary(probes);
  const native = nativeArchitectures(probes, arch, machineArch);
  const emulators = await findEmulators(probes, env);
  const registered = findRegistered(probes);
  const row = rowOf({ os, arch, armVersion, libc });
  return {
    os,
    arch,
    armVersion,
    machineArch,
    userlandArch: userlandArchitecture(probes),
    emulated: isEmulated(arch, machineArch),
    libc,
    glibcVersion,
    cpuLevel: levelOf(probes, machineArch),
    target: row?.id ?? null,
    dockerPlatform: row?.docker ?? null,
    rustTarget: row?.rust ?? null,
    goos: row?.go?.GOOS ?? null,
    goarch: row?.go?.GOARCH ?? null,
    nodePlatform: row === undefined ? null : nameIn(row, "node"),
    wheelTag: row === undefined ? null : wheelTag(row, { glibcVersion, release: probes.release }),
    container: inContainer(probes, env),
    emulators,
    registered,
    native,
    canExecute: [
      ...new Set([...native, ...emulatedArchitectures([...registered, ...Object.keys(emulators)])]),
    ],
    platformString: `${os} ${arch}`,
  };
}

function levelOf(probes: Probes, machineArch: string | null): string | null {
  if (probes.platform !== "linux") return null;
  if (machineArch !== "x64" && machineArch !== "arm64") return null;
  const text = readStart(probes.root, "proc/cpuinfo");
  const level = text === null ? null : cpuLevel(text);
  // An emulator may show a processor of its own making.
  return level?.startsWith(machineArch === "x64" ? "x86" : "arm") ? level : null;
}

function armVersionOf(text: string | null): 5 | 6 | 7 | null {
  const version = ([5, 6, 7] as const).find((one) => String(one) === text);
  return version ?? null;
}

/** The exact target of this process. Node on Windows is made with Microsoft's compiler. */
function rowOf(
  facts: Pick<HostFacts, "os" | "arch" | "armVersion" | "libc">,
): TargetRow | undefined {
  return rows.find(
    ({ os, arch, armVersion, libc, abi }) =>
      os === facts.os &&
      arch === facts.arch &&
      armVersion === facts.armVersion &&
      libc === facts.libc &&
      (os !== "windows" || abi === "msvc"),
  );
}
