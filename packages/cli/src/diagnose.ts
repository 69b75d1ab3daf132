import type { HostFacts, Proof } from "@multiarch/host";

/** What a machine has that decides what it can build and run; `null` is absent. */
export interface Surroundings {
  readonly host: HostFacts;
  readonly proofs: readonly Proof[];
  /** Programs on PATH by name, with what they say of themselves where that is known. */
  readonly programs: Readonly<Record<string, string | null>>;
  /** Targets of the project that this machine cannot build, with reasons; `null`: there is no project here. */
  readonly unreachable: readonly { readonly target: string; readonly why: string }[] | null;
}

export interface Finding {
  readonly what: string;
  readonly state: "fine" | "missing";
  readonly detail: string;
}

export interface Diagnosis {
  readonly findings: readonly Finding[];
  /** The one command that adds what is missing, as far as one command can; `null`: nothing, or it is not known how. */
  readonly command: string | null;
}

/** Architectures that people release for and that an emulator makes runnable, by Debian's word for the emulator's package. */
const emulated = ["arm64", "arm", "riscv64", "s390x", "ppc64le"] as const;
const emulatorPackage = "qemu-user-static";

/** What this machine can build, run and reach. Pure. */
export function diagnose({ host, proofs, programs, unreachable }: Surroundings): Diagnosis {
  const runs = new Set(proofs.map(({ arch }) => arch));
  const silent = host.os === "linux" ? emulated.filter((arch) => !runs.has(arch)) : [];
  const program = (name: string, without: string): Finding =>
    programs[name] == null
      ? { what: name, state: "missing", detail: without }
      : { what: name, state: "fine", detail: programs[name] };
  const findings: Finding[] = [
    { what: "machine", state: "fine", detail: describeMachine(host) },
    { what: "runs", state: "fine", detail: proofs.map(describeProof).join(", ") },
    ...(silent.length === 0
      ? []
      : [missing("emulators", `programs for ${silent.join(", ")} cannot be run here`)]),
    program("git", "without it a version comes from the configuration alone"),
    program("go", "one is fetched and verified when a project needs it"),
    program("cargo", "Rust projects cannot be built here"),
    program("npm", "packages are made, but not installed for a trial"),
    program("python3", "wheels are made, but not installed for a trial"),
    program("docker", "images cannot be built here"),
    ...(unreachable ?? []).map(({ target, why }) => missing(target, why)),
  ];
  return { findings, command: commandFor(silent.length > 0, programs) };
}

function missing(what: string, detail: string): Finding {
  return { what, state: "missing", detail };
}

function describeMachine(host: HostFacts): string {
  const { os, arch, machineArch, userlandArch, libc, glibcVersion, cpuLevel, emulated } = host;
  const parts = [
    `${os} ${arch}`,
    ...(libc === null ? [] : [glibcVersion === null ? libc : `${libc} ${glibcVersion}`]),
    ...(cpuLevel === null ? [] : [cpuLevel]),
    ...(machineArch === null || machineArch === arch ? [] : [`on a machine for ${machineArch}`]),
    ...(userlandArch === null || userlandArch === arch ? [] : [`programs for ${userlandArch}`]),
    ...(emulated ? ["this process is emulated"] : []),
    ...(host.container ? ["in a container"] : []),
  ];
  return parts.join(", ");
}

function describeProof({ arch, how, command }: Proof): string {
  if (how === "native") return arch;
  return `${arch} (${command === null ? "emulated" : `by ${command}`})`;
}

/** Only what this machine's own package manager offers; everything else has instructions of its own. */
function commandFor(emulators: boolean, programs: Surroundings["programs"]): string | null {
  if (programs["apt-get"] == null) return null;
  const packages = [
    ...(emulators ? [emulatorPackage] : []),
    ...(programs.git == null ? ["git"] : []),
    ...(programs.cargo == null ? ["cargo"] : []),
    ...(programs.python3 == null ? ["python3-venv"] : []),
    ...(programs.docker == null ? ["docker.io"] : []),
  ];
  return packages.length === 0 ? null : `sudo apt-get install -y ${packages.join(" ")}`;
}
