import { compareDotted } from "@multiarch/binary";
import type { NativeFile } from "../native/native-file.ts";
import type { PackageFinding } from "../package-rule.ts";
import type { WheelRule } from "./levels.ts";
import { cxxCaps } from "./linux-libraries.ts";
import type { PlatformTag } from "./platform-tags.ts";
import { judgeable, tagsOf, type WheelSubject } from "./wheel-subject.ts";

/** Whether Linux files run on the systems that manylinux and musllinux tags promise (PEP 600, PEP 656). */
export const linuxRules: readonly WheelRule[] = [
  {
    id: "wheel/libc",
    level: "error",
    source:
      "a musl program was published under a manylinux name (`not found` for every user): its loader does not exist there; only static files serve both",
    find: (subject) =>
      linuxFiles(subject).flatMap(({ member, tags }) => {
        const made = member.facts.libc;
        if (made === null) return [];
        const failing = tags.find(({ libc }) => libc !== null && libc !== made);
        return failing === undefined
          ? []
          : [
              {
                member: member.path,
                expected: `for ${failing.libc}, as ${failing.tag} says`,
                found: `bound to ${made}`,
              },
            ];
      }),
  },
  {
    id: "wheel/glibc",
    level: "error",
    source:
      "a manylinux1 wheel needed glibc 2.28: pip installs it on older systems, where nothing can load it (PEP 600)",
    find: (subject) => glibcTooNew(subject, (found) => !isTolerated(found)),
  },
  {
    id: "wheel/glibc-tolerated",
    level: "warning",
    source:
      "glibc 2.17 of CentOS 7 has a GLIBC_2.18 node on aarch64, so auditwheel accepts it there; plain glibc 2.17 refuses the file",
    find: (subject) => glibcTooNew(subject, isTolerated),
  },
  {
    id: "wheel/cxx",
    level: "warning",
    source:
      "GLIBCXX and CXXABI of the promised generation of systems are the newest that their libstdc++ has (auditwheel's policies)",
    find: newerCxx,
  },
  {
    id: "wheel/float",
    level: "error",
    source:
      "armv7l and armv6l mean hard float: their loader takes no soft-float file (ARM ELF ABI)",
    find: (subject) => softFloats(subject, false),
  },
  {
    id: "wheel/float-static",
    level: "warning",
    source:
      "a static soft-float program runs, but slowly, and auditwheel finds no armv7l file in the wheel",
    find: (subject) => softFloats(subject, true),
  },
  {
    id: "wheel/arm-version",
    level: "warning",
    source: "instructions of a newer ARM version end the program on older processors (SIGILL)",
    find: (subject) =>
      linuxFiles(subject).flatMap(({ member, tags }) => {
        const lowest = Math.min(...tags.map(({ armVersion }) => armVersion ?? 7));
        const needed = member.facts.armVersion ?? 0;
        return needed <= lowest
          ? []
          : [{ member: member.path, expected: `at most ARM ${lowest}`, found: `ARM ${needed}` }];
      }),
  },
  {
    id: "wheel/cpu-level",
    level: "warning",
    source:
      "x86_64 tags promise the first 64-bit processors; a note asks the loader for a newer level (images of manylinux_2_34 compile so)",
    find: ({ natives }) =>
      natives
        .filter(({ facts }) => facts.cpuLevel !== null && facts.cpuLevel !== "x86-64-v1")
        .map(({ path, facts }) => ({
          member: path,
          expected: "x86-64-v1",
          found: `${facts.cpuLevel}`,
        })),
  },
];

interface LinuxFile {
  readonly member: NativeFile;
  /** Of the Linux tags those for its processor. */
  readonly tags: readonly PlatformTag[];
}

export function linuxFiles(subject: WheelSubject): LinuxFile[] {
  if (!judgeable(subject)) return [];
  return subject.natives
    .filter(({ facts }) => facts.os === "linux" && facts.format === "elf")
    .map((member) => ({ member, tags: tagsOf(subject, member.facts) }))
    .filter(({ tags }) => tags.length > 0);
}

/** The oldest glibc that the tags promise for a file; `null`: they name none. */
export function promisedGlibc(tags: readonly PlatformTag[]): PlatformTag | null {
  let oldest: PlatformTag | null = null;
  for (const tag of tags) {
    if (tag.libc !== "glibc" || tag.since === null) continue;
    if (oldest === null || compareDotted(tag.since, oldest.since ?? "0") < 0) oldest = tag;
  }
  return oldest;
}

interface TooNew {
  readonly needed: string;
  readonly promised: string;
  readonly aarch64: boolean;
}

function isTolerated({ needed, promised, aarch64 }: TooNew): boolean {
  return aarch64 && promised === "2.17" && needed === "2.18";
}

function glibcTooNew(subject: WheelSubject, reported: (found: TooNew) => boolean) {
  return linuxFiles(subject).flatMap(({ member: { path, facts }, tags }): PackageFinding[] => {
    const promised = promisedGlibc(tags);
    const { glibcMin: needed, arch } = facts;
    if (promised === null || promised.since === null || needed === null) return [];
    if (compareDotted(needed, promised.since) <= 0) return [];
    if (!reported({ needed, promised: promised.since, aarch64: arch === "arm64" })) return [];
    return [
      {
        member: path,
        expected: `at most glibc ${promised.since}, as ${promised.tag} says`,
        found: `glibc ${needed} is needed`,
      },
    ];
  });
}

function newerCxx(subject: WheelSubject): PackageFinding[] {
  // What is in the wheel itself is as new as it is.
  if ([...subject.bundled].some((name) => /^libstdc\+\+[-.]/.test(name))) return [];
  return linuxFiles(subject).flatMap(({ member: { path, facts }, tags }) => {
    const promised = promisedGlibc(tags);
    if (promised === null || promised.since === null) return [];
    const caps = cxxCaps(promised.since);
    return [
      { family: "GLIBCXX", needed: facts.glibcxxMin, cap: caps.glibcxx },
      { family: "CXXABI", needed: facts.cxxabiMin, cap: caps.cxxabi },
    ]
      .filter(({ needed, cap }) => needed !== null && compareDotted(needed, cap) > 0)
      .map(({ family, needed, cap }) => ({
        member: path,
        expected: `at most ${family}_${cap}, as ${promised.tag} says`,
        found: `${family}_${needed} is needed`,
      }));
  });
}

function softFloats(subject: WheelSubject, alone: boolean): PackageFinding[] {
  return linuxFiles(subject)
    .filter(({ member: { facts } }) => facts.arch === "arm" && facts.float === "soft")
    .filter(({ member: { facts } }) => (facts.static === true) === alone)
    .map(({ member: { path }, tags }) => ({
      member: path,
      expected: `hard float, as ${tags[0]?.tag} says`,
      found: alone ? "a static program of the soft-float ABI" : "the soft-float ABI",
    }));
}
