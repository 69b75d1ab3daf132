import { compareDotted } from "@multiarch/binary";
import type { Architecture, MachoSlice } from "@multiarch/contracts";
import type { PackageFinding } from "../package-rule.ts";
import type { WheelRule } from "./levels.ts";
import type { PlatformTag } from "./platform-tags.ts";
import { judgeable, systemOf, type WheelSubject } from "./wheel-subject.ts";

/** Whether files for macOS and iOS start on the versions that the tags promise. */
export const macosRules: readonly WheelRule[] = [
  {
    id: "wheel/minos",
    level: "error",
    source:
      "dyld refuses a file that names a newer macOS than the one it is loaded on; published tags of 10.12 held programs for 12.0",
    find: (subject) => tooNew(subject, (needed, promised) => !sameMajor(needed, promised)),
  },
  {
    id: "wheel/minos-minor",
    level: "warning",
    source:
      "from 11 on a tag cannot carry a minor version (the index knows only _0): what needs 13.5 is tagged 13_0, or honestly 14_0",
    find: (subject) => tooNew(subject, sameMajor),
  },
  {
    id: "wheel/signature",
    level: "warning",
    source: "the macOS kernel kills arm64 code without a signature; an ad-hoc one is enough",
    find: ({ natives }) =>
      natives
        .filter(({ facts }) => systemOf(facts) === "darwin")
        .filter(({ facts }) => facts.slices.some(({ arch, signed }) => arch === "arm64" && !signed))
        .map(({ path }) => ({
          member: path,
          expected: "a signed arm64 part",
          found: "no signature",
        })),
  },
];

function sameMajor(needed: string, promised: string): boolean {
  const [major = "0"] = needed.split(".");
  return Number(major) >= 11 && major === promised.split(".")[0];
}

function tooNew(
  subject: WheelSubject,
  reported: (needed: string, promised: string) => boolean,
): PackageFinding[] {
  if (!judgeable(subject)) return [];
  return subject.natives.flatMap(({ path, facts }) =>
    facts.slices.flatMap(({ arch, platform, minos }) => {
      const os = systemOf(facts);
      if (minos === null || os === null) return [];
      const promise = oldest(subject.tags, os, arch);
      if (promise === null) return [];
      const promised = raised(newName(promise.since ?? "0"), { arch, platform });
      // The third number of a version is no part of a tag.
      const needed = newName(minos.split(".").slice(0, 2).join("."));
      if (compareDotted(needed, promised) <= 0 || !reported(needed, promised)) return [];
      return [
        {
          member: path,
          expected: `starts on ${nameOf(os)} ${promised} (${arch}), as ${promise.tag} says`,
          found: `needs ${nameOf(os)} ${minos}`,
        },
      ];
    }),
  );
}

function oldest(
  tags: readonly PlatformTag[],
  os: PlatformTag["os"],
  arch: Architecture,
): PlatformTag | null {
  let found: PlatformTag | null = null;
  for (const tag of tags) {
    if (tag.os !== os || !tag.archs.includes(arch) || tag.since === null) continue;
    if (found === null || compareDotted(tag.since, found.since ?? "0") < 0) found = tag;
  }
  return found;
}

/** No arm64 Mac has anything older than 11.0, and no simulator on one shows an iOS older than 14.0. */
function raised(version: string, slice: Pick<MachoSlice, "arch" | "platform">): string {
  if (slice.arch !== "arm64") return version;
  const first =
    slice.platform === "iossimulator" ? "14.0" : slice.platform === "ios" ? "0" : "11.0";
  return compareDotted(version, first) < 0 ? first : version;
}

/** macOS 11 is 10.16 to programs and installers that were made before it. */
function newName(version: string): string {
  return version === "10.16" ? "11.0" : version;
}

function nameOf(os: PlatformTag["os"]): string {
  return os === "ios" ? "iOS" : "macOS";
}
