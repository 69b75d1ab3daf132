import type { BuilderName, Place } from "@multiarch/contracts";
import { hostedLabel, type Target, type TargetRow } from "@multiarch/targets";

/** Where a target is built, with which tool, and the reason that the summary shows. */
export interface Placement {
  readonly runsOn: string;
  readonly place: Place;
  readonly cpu: "native" | "emulated";
  readonly tool: "host" | "cross" | "container";
  readonly why: string;
}

/** A target that cannot be built where the plan wants to build, and why. */
export interface Unplaced {
  readonly unreachable: string;
}

/** These need nothing of the target's own machine: one hosted Linux x64 runner builds every target without loss. */
const crossWithoutLoss: ReadonlySet<BuilderName> = new Set(["go", "zig", "bun", "prebuilt"]);

export const crossRunner = { label: "ubuntu-24.04", os: "linux", arch: "x64" } as const;

export function crossesWithoutLoss(builder: BuilderName): boolean {
  return crossWithoutLoss.has(builder);
}

/** These link a libc of the target, static where there is a musl, so that a short id means that row. */
const linkers: ReadonlySet<BuilderName> = new Set(["cargo", "zig"]);

/** The exact row that stands for a short id: the static (musl) one where a builder links statically, else the first. */
export function representative(target: Target, builder: BuilderName): TargetRow {
  const musl = target.rows.find((row) => row.libc === "musl");
  const first = target.rows[0];
  if (first === undefined) throw new RangeError(`target ${target.id} has no row in the table`);
  const linksStatically = target.short && linkers.has(builder);
  return linksStatically && musl !== undefined ? musl : first;
}

/**
 * The newest glibc that a target's files may need: as configured, else the table's floor. `null` for files without glibc, and
 * for a short id of a builder that links nothing of the machine's own: its files are static, or what somebody else made.
 */
export function glibcFloor(
  target: Target,
  builder: BuilderName,
  configured: string | null,
): string | null {
  if (target.rows.length === 0) return null;
  const row = representative(target, builder);
  // A floor for all targets says nothing to those without glibc: zig would take it for part of their name.
  if (row.libc !== "glibc") return null;
  if (configured !== null) return configured;
  return target.short && !linkers.has(builder) ? null : row.glibcFloor;
}

/** Why the row `any` is where it is. */
export const forEveryPlatform = "files for every platform are taken as they are";

/** Why no machine at all can build a target with a builder; `null` when one can. */
export function whyImpossible(target: Target, builder: BuilderName): string | null {
  // Nothing is built there: files for every platform are taken as they are.
  if (target.rows.length === 0) {
    return builder === "prebuilt" ? null : `${builder} builds for platforms only`;
  }
  const row = representative(target, builder);
  if (builder === "go" && row.go === null) return `Go has no target for ${row.id}`;
  if (builder === "cargo" && row.rust === null) return `Rust has no target for ${row.id}`;
  return null;
}

/** Chooses the hosted runner for a target. Hosted runners only: routing to other machines is decided before this. */
export function placeHosted(
  target: Target,
  builder: BuilderName,
  glibc: string | null = glibcFloor(target, builder, null),
): Placement {
  const onCrossRunner = (tool: Placement["tool"], why: string): Placement => ({
    runsOn: crossRunner.label,
    place: { os: crossRunner.os, arch: crossRunner.arch, kind: "hosted" },
    cpu: "native",
    tool,
    why,
  });
  if (target.rows.length === 0) return onCrossRunner("host", forEveryPlatform);
  const row = representative(target, builder);
  const native = hostedLabel(row);
  const own = row.os === crossRunner.os && row.arch === crossRunner.arch;
  const cross = (why: string): Placement => onCrossRunner(own ? "host" : "cross", why);
  if (crossWithoutLoss.has(builder)) {
    return cross(`${builder} builds every target on hosted Linux x64 without loss`);
  }
  if (!native.native) return cross(`no hosted runner is native for ${row.id}, so it is crossed`);
  const place: Place = { os: native.os, arch: native.arch, kind: "hosted" };
  const base = { runsOn: native.label, place, cpu: "native" } as const;
  if (builder === "cargo" && row.os === "linux") {
    return { ...base, tool: "cross", why: `hosted native runner, ${linkedByZig(glibc)}` };
  }
  return { ...base, tool: "host", why: `${builder} builds on the hosted native runner` };
}

/** What this machine has that decides which targets it can build. */
export interface LocalMachine {
  readonly os: string;
  readonly arch: string;
  /** Of Rust; `null` when there is no cargo. */
  readonly rust: { readonly targets: readonly string[]; readonly canAddTargets: boolean } | null;
}

/** Places a target on this machine, or says why it cannot be built here. */
export function placeLocal(
  target: Target,
  builder: BuilderName,
  machine: LocalMachine,
  glibc: string | null = glibcFloor(target, builder, null),
): Placement | Unplaced {
  const here = (tool: Placement["tool"], why: string): Placement => ({
    runsOn: "local",
    place: { os: machine.os, arch: machine.arch, kind: "local" },
    cpu: "native",
    tool,
    why,
  });
  if (target.rows.length === 0) return here("host", forEveryPlatform);
  const row = representative(target, builder);
  const own = row.os === machine.os && row.arch === machine.arch;
  if (builder !== "cargo") {
    return here(own ? "host" : "cross", own ? "this machine" : `${builder} crosses from here`);
  }
  if (machine.rust === null) {
    return { unreachable: "there is no cargo on PATH; install Rust with rustup" };
  }
  const triple = row.rust;
  if (triple === null) throw new RangeError(`Rust has no target for ${row.id}`);
  if (row.os === "darwin" && machine.os !== "darwin") {
    return { unreachable: "linking for macOS needs Apple's SDK, so a macOS machine" };
  }
  if (row.os === "windows" && machine.os !== "windows") {
    // Seen with cargo-zigbuild 0.24 and zig 0.17: the GNU flavour ends in a library that zig does not have (ssp_nonshared).
    const linker = row.abi === "msvc" ? "MSVC" : "MinGW";
    return { unreachable: `linking with ${linker} needs a Windows machine` };
  }
  if (!machine.rust.targets.includes(triple) && !machine.rust.canAddTargets) {
    const other = target.rows.find(({ rust }) => rust && machine.rust?.targets.includes(rust));
    const hint = other === undefined ? "" : `; the one for ${other.id} is`;
    return { unreachable: `the standard library for ${triple} is not installed here${hint}` };
  }
  if (row.os === "linux") {
    return here("cross", linkedByZig(glibc));
  }
  // Apple's and Microsoft's linkers know every processor of their own system.
  return row.os === machine.os ? here("host", "this machine") : here("cross", "linked by zig");
}

export function linkedByZig(glibc: string | null): string {
  const reason = glibc === null ? "a static build" : `glibc ${glibc} as the floor`;
  return `linked by zig for ${reason}`;
}
