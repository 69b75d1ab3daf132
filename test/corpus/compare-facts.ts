import { isDeepStrictEqual } from "node:util";
import type { Facts } from "@multiarch/contracts";
import type { ReferenceFile } from "./data.ts";

/** One fact that the reference and we see differently. */
export interface FactDifference {
  readonly field: string;
  readonly expected: unknown;
  readonly found: unknown;
}

export interface Compared {
  /** How many facts were compared. */
  readonly facts: number;
  readonly differences: readonly FactDifference[];
}

type Pairs = Record<string, readonly [expected: unknown, found: unknown]>;

/** Compares each fact that the reference holds of a file with ours, in our vocabulary. */
export function compareFacts(reference: ReferenceFile, facts: Facts): Compared {
  const pairs: Pairs = {
    format: [reference.format, facts.format],
    type: [kinds[reference.kind], facts.type],
    ...(reference.format === "elf" ? elfPairs(reference, facts) : {}),
    ...(reference.format === "macho" ? machoPairs(reference, facts) : {}),
    ...(reference.format === "pe" ? pePairs(reference, facts) : {}),
    ...(reference.format === "wasm" ? { arch: [reference.arch, facts.arch] as const } : {}),
  };
  const differences: FactDifference[] = [];
  for (const [field, [expected = null, found]] of Object.entries(pairs)) {
    if (!isDeepStrictEqual(expected, found)) differences.push({ field, expected, found });
  }
  return { facts: Object.keys(pairs).length, differences };
}

const kinds = { exe: "executable", lib: "library", object: "object", dsym: "object" } as const;
const systems: Readonly<Record<string, string>> = {
  win32: "windows",
  iossimulator: "ios",
  solaris: "sunos",
};
/** Processors and C libraries that none of our targets has. */
const outside = new Set(["ppc", "sparc64", "solaris"]);

const named = (name: string | undefined): string | null =>
  name === undefined || outside.has(name) ? null : name;

function elfPairs(reference: ReferenceFile, facts: Facts): Pairs {
  const folders = [...(reference.rpath ?? []), ...(reference.runpath ?? [])];
  const arm = reference.arch === "arm";
  return {
    os: [systems[reference.os] ?? reference.os, facts.os],
    arch: [named(reference.arch), facts.arch],
    bits: [reference.bits, facts.bits],
    endian: [reference.endian, facts.endian],
    libc: [named(reference.libc), facts.libc],
    static: [reference.type === "rel" ? null : reference.static, facts.static],
    interp: [reference.interp, facts.interp],
    needed: [reference.needed ?? [], facts.needed],
    soname: [reference.soname, facts.soname],
    rpath: [folders.flatMap((path) => path.split(":")).filter((path) => path !== ""), facts.rpath],
    glibcMin: [reference.glibcEffective ?? reference.glibc, facts.glibcMin],
    glibcxxMin: [reference.glibcxx, facts.glibcxxMin],
    cxxabiMin: [reference.cxxabi, facts.cxxabiMin],
    ...(arm ? { float: [reference.float, facts.float] } : {}),
    ...(arm && reference.armArch !== undefined
      ? { armVersion: [armVersion(reference.armArch), facts.armVersion] }
      : {}),
    ...(reference.isa === undefined ? {} : { cpuLevel: [cpuLevel(reference.isa), facts.cpuLevel] }),
  };
}

function machoPairs(reference: ReferenceFile, facts: Facts): Pairs {
  const slices = (reference.slices ?? []).map((slice) => ({
    arch: slice.arch,
    minos: slice.minos,
    sdk: slice.sdk,
    platform: slice.platform,
    signed: slice.signed,
    needed: slice.needed ?? [],
  }));
  const [first] = slices;
  const alone = reference.fat === true ? undefined : first;
  return {
    os: [systems[reference.os] ?? reference.os, facts.os],
    slices: [slices, facts.slices],
    arch: [alone?.arch, facts.arch],
    minos: [alone?.minos, facts.minos],
    signed: [slices.every(({ signed }) => signed), facts.signed],
    soname: [reference.slices?.[0]?.id, facts.soname],
    rpath: [
      [...new Set((reference.slices ?? []).flatMap((slice) => slice.rpath ?? []))],
      facts.rpath,
    ],
  };
}

function pePairs(reference: ReferenceFile, facts: Facts): Pairs {
  // The reference calls every PE file Windows'; programs for firmware (subsystems 10 to 13) run on no system.
  const firmware = reference.subsystem !== undefined && reference.subsystem >= 10;
  return {
    os: [firmware ? null : "windows", facts.os],
    arch: [reference.arm64ec === true ? "arm64ec" : reference.arch, facts.arch],
    bits: [reference.bits, facts.bits],
    needed: [(reference.imports ?? []).map((name) => name.toLowerCase()), facts.needed],
    signed: [reference.signed, facts.signed],
  };
}

function armVersion(tag: number): number | null {
  if (tag === 0) return null;
  return tag <= 5 ? 5 : tag <= 9 ? 6 : 7;
}

function cpuLevel(bits: number): string {
  return `x86-64-v${32 - Math.clz32(bits)}`;
}
