import { compareDotted } from "@multiarch/binary";
import type { TargetRow } from "@multiarch/targets";
import type { PackageFinding } from "../package-rule.ts";
import { someOf, type WheelRule, when } from "./levels.ts";
import { promisedGlibc } from "./linux-rules.ts";
import type { PlatformTag } from "./platform-tags.ts";
import type { WheelSubject } from "./wheel-subject.ts";

/** What the user asked for beyond the label. */
export const askedRules: readonly WheelRule[] = [
  {
    id: "wheel/target",
    level: "error",
    source:
      "an installer on the target never finds a wheel whose tags leave it out: a *-musl wheel without a musllinux tag reached nobody",
    find: ({ tags, anywhere, name }, { target }) => {
      if (target === null || target.rows.length === 0 || anywhere || name === null) return [];
      const served = target.rows.some((row) => promises(tags, row));
      return when(!served, {
        expected: `a tag for ${target.id}`,
        found: someOf(name.platforms),
      });
    },
  },
  {
    id: "wheel/glibc-asked",
    level: "error",
    source: "whoever asks for a glibc has systems that are that old",
    find: (subject, { glibc }) => (glibc === null ? [] : newerThanAsked(subject, glibc)),
  },
];

function promises(tags: readonly PlatformTag[], row: TargetRow): boolean {
  const wanted = row.arch === "universal" ? (["x64", "arm64"] as const) : [row.arch];
  return wanted.every((arch) =>
    tags.some(
      (tag) =>
        tag.os === row.os &&
        tag.archs.includes(arch) &&
        (tag.libc === null || row.libc === null || tag.libc === row.libc) &&
        (arch !== "arm" || (tag.armVersion ?? 7) <= (row.armVersion ?? 7)),
    ),
  );
}

function newerThanAsked(subject: WheelSubject, glibc: string): PackageFinding[] {
  const label = promisedGlibc(subject.tags);
  const byLabel = when(label !== null && compareDotted(label.since ?? "0", glibc) > 0, {
    expected: `a tag for glibc ${glibc}`,
    found: label?.tag ?? "none",
  });
  return [
    ...byLabel,
    ...subject.natives
      .filter(({ facts }) => facts.glibcMin !== null && compareDotted(facts.glibcMin, glibc) > 0)
      .map(({ path, facts }) => ({
        member: path,
        expected: `at most glibc ${glibc}`,
        found: `glibc ${facts.glibcMin} is needed`,
      })),
  ];
}
