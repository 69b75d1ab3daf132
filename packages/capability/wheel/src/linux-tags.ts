import type { Facts } from "@multiarch/contracts";
import type { WheelTags } from "./types.ts";

/** How tags spell a processor, the oldest glibc that installers look for there, and what the package index accepts. */
interface LinuxProcessor {
  readonly tag: string;
  readonly glibcFloor: string;
  /** The tags of an executable that needs no libc at all. */
  readonly anyLibc: readonly string[];
  /** Does the index accept musllinux tags for it? */
  readonly musl: boolean;
}

/**
 * Names of tags from before PEP 600, for installers older than pip 20.3. The floors are those down to which installers
 * look: glibc 2.5 on x86, 2.17 elsewhere, later for processors that came later.
 */
const legacyNames: Readonly<Record<string, { name: string; processors: readonly string[] }>> = {
  "2.5": { name: "manylinux1", processors: ["x86_64", "i686"] },
  "2.12": { name: "manylinux2010", processors: ["x86_64", "i686"] },
  "2.17": {
    name: "manylinux2014",
    processors: ["x86_64", "i686", "aarch64", "armv7l", "ppc64", "ppc64le", "s390x"],
  },
};

/**
 * What runs with every musl is found under both versions that are in use: an installer that is asked for exactly
 * `musllinux_1_2`, as for a download for another machine, looks for that word and does not think of 1.1.
 */
const everyMusl = (tag: string) => [`musllinux_1_1_${tag}`, `musllinux_1_2_${tag}`];

const usual = (tag: string, glibcFloor: string): LinuxProcessor => ({
  tag,
  glibcFloor,
  anyLibc: [`manylinux2014_${tag}`, `manylinux_2_17_${tag}`, ...everyMusl(tag)],
  musl: true,
});

const processors: Readonly<Record<string, LinuxProcessor>> = {
  x64: usual("x86_64", "2.5"),
  ia32: usual("i686", "2.5"),
  arm64: usual("aarch64", "2.17"),
  armv7: usual("armv7l", "2.17"),
  ppc64le: usual("ppc64le", "2.17"),
  s390x: usual("s390x", "2.17"),
  ppc64: {
    tag: "ppc64",
    glibcFloor: "2.17",
    anyLibc: ["manylinux2014_ppc64", "manylinux_2_17_ppc64"],
    musl: false,
  },
  riscv64: {
    tag: "riscv64",
    glibcFloor: "2.27",
    anyLibc: ["manylinux_2_31_riscv64", ...everyMusl("riscv64")],
    musl: true,
  },
  // The index accepts no tag with a libc for it, but this one, which is right for what needs none.
  armv6: { tag: "armv6l", glibcFloor: "2.17", anyLibc: ["linux_armv6l"], musl: false },
};

/** The newest versions of libstdc++'s symbols that each glibc's generation of systems promises (PEP 600 policies). */
const cxxPromises: readonly (readonly [glibc: string, glibcxx: string, cxxabi: string])[] = [
  ["2.5", "3.4.8", "1.3.1"],
  ["2.12", "3.4.13", "1.3.3"],
  ["2.17", "3.4.19", "1.3.7"],
  ["2.24", "3.4.22", "1.3.10"],
  ["2.26", "3.4.22", "1.3.11"],
  ["2.27", "3.4.24", "1.3.11"],
  ["2.31", "3.4.28", "1.3.12"],
  ["2.34", "3.4.29", "1.3.13"],
  ["2.35", "3.4.30", "1.3.13"],
  ["2.39", "3.4.33", "1.3.15"],
];

/** Libraries that only some generations promise. */
const libraryFloors: Readonly<Record<string, string>> = {
  "libexpat.so.1": "2.12",
  "libmvec.so.1": "2.24",
};

/**
 * Tags of Linux executables and libraries. Executables without a libc earn both families; musl has no symbol versions, so
 * what is bound to it claims 1.2, the oldest that is still maintained; what is bound to glibc claims what its symbols need.
 * A library that names no libc uses that of the program that loads it: the others decide, or else what was asked for.
 */
export function linuxTags(all: readonly Facts[], target: string): WheelTags {
  const names = new Set(all.map((facts) => processorName(facts, target)));
  const name = oneProcessor(names);
  if (name === undefined) {
    return { none: `its files are for different processors: ${[...names].join(", ")}` };
  }
  const processor = processors[name];
  if (processor === undefined)
    return { none: `the package index accepts no tag for Linux on ${name}` };
  const bound = all.filter((facts) => facts.static !== true && !namesNoLibc(facts));
  const libcs = new Set(bound.map(({ libc }) => libc));
  if (libcs.size > 1) {
    return { none: `its files need different libcs: ${[...libcs].join(", ")}` };
  }
  const { tag } = processor;
  if (bound.length === 0) {
    if (!all.some(namesNoLibc)) return { tags: [...processor.anyLibc].sort() };
    const asked = /-(gnu|musl)$/.exec(target)?.[1];
    if (asked === undefined) return { none: "no library in it says which libc it is for" };
    libcs.add(asked === "gnu" ? "glibc" : "musl");
  }
  if (name === "armv6")
    return { none: "the package index accepts no tag that names a libc for armv6" };
  if (libcs.has("musl")) {
    return processor.musl
      ? { tags: [`musllinux_1_2_${tag}`] }
      : { none: `the package index accepts no musllinux tag for ${tag}` };
  }
  if (!libcs.has("glibc")) return { none: "it is linked dynamically, with a libc that is unknown" };
  if (bound.some(({ arch, float }) => arch === "arm" && float === "soft")) {
    return { none: "manylinux tags promise hard floats on arm" };
  }
  return glibcTags(bound, processor);
}

/** A shared library without needed libraries is not static: what it calls is found when it is loaded. */
function namesNoLibc({ type, libc, needed }: Facts): boolean {
  return type === "library" && libc === null && needed.length === 0;
}

function glibcTags(bound: readonly Facts[], { tag, glibcFloor }: LinuxProcessor): WheelTags {
  let needed = glibcFloor;
  for (const facts of bound) {
    const cxx = cxxFloor(facts);
    if (cxx === undefined) {
      const found = [facts.glibcxxMin, facts.cxxabiMin].filter((version) => version !== null);
      return {
        none: `no manylinux tag promises a C++ library as new as it needs (${found.join(", ")})`,
      };
    }
    const others = facts.needed.map((library) => libraryFloors[library] ?? null);
    for (const floor of [facts.glibcMin, cxx, ...others]) {
      if (floor !== null && compareVersions(floor, needed) > 0) needed = floor;
    }
  }
  const tags = new Set([`manylinux_${needed.replace(".", "_")}_${tag}`]);
  const alias = Object.keys(legacyNames).find(
    (version) =>
      compareVersions(version, needed) >= 0 && legacyNames[version]?.processors.includes(tag),
  );
  // A download for another machine asks for one of these words alone, so the next one that is true is said as well.
  if (alias !== undefined) {
    tags.add(`manylinux_${alias.replace(".", "_")}_${tag}`);
    tags.add(`${legacyNames[alias]?.name}_${tag}`);
  }
  return { tags: [...tags].sort() };
}

/** The first generation that promises the C++ symbols; null without any, undefined when none does. */
function cxxFloor({ arch, glibcxxMin, cxxabiMin }: Facts): string | null | undefined {
  if (glibcxxMin === null && cxxabiMin === null) return null;
  return cxxPromises.find(
    ([glibc, glibcxx, cxxabi]) =>
      // On x86-64 the systems with glibc 2.26 had an older compiler.
      !(glibc === "2.26" && arch === "x64") &&
      compareVersions(glibcxxMin ?? "0", glibcxx) <= 0 &&
      compareVersions(cxxabiMin ?? "0", cxxabi) <= 0,
  )?.[0];
}

/** `arm` is not one processor: the bytes tell the version where they carry attributes, else what was asked for decides. */
function processorName({ arch, armVersion }: Facts, target: string): string {
  if (arch !== "arm") return arch ?? "an unknown processor";
  const asked = /-armv([567])/.exec(target)?.[1];
  const version = Math.max(armVersion ?? 0, Number(asked ?? 0));
  return version === 0 ? "arm of an unknown version" : `armv${version}`;
}

/** Files for several versions of arm run where the newest does. */
function oneProcessor(names: ReadonlySet<string>): string | undefined {
  const all = [...names].sort();
  return names.size === 1 || all.every((name) => /^armv\d$/.test(name)) ? all.at(-1) : undefined;
}

/** Dotted numbers, compared number by number. */
export function compareVersions(left: string, right: string): number {
  const [one, other] = [left, right].map((version) => version.split(".").map(Number));
  for (let index = 0; index < Math.max(one?.length ?? 0, other?.length ?? 0); index++) {
    const difference = (one?.[index] ?? 0) - (other?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
