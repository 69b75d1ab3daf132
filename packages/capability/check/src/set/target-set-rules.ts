import { fitsTarget } from "@multiarch/binary";
import { parseTarget, type Target, type TargetRow } from "@multiarch/targets";
import { isTakenOn, type SetFile } from "./set-file.ts";
import type { SetRule } from "./set-rule.ts";

/** Whether everything that was promised is there. */
export const targetSetRules: readonly SetRule[] = [
  {
    id: "set/target",
    level: "error",
    source: "a platform that is missing from a release is found by its users",
    find: (files, { targets }) =>
      promisedTargets(targets)
        .filter((target) => !files.some((file) => servesTarget(file, target)))
        .filter((target) => files.length === 0 || files.some((file) => mayHold(file, target)))
        .map(({ id }) => ({ file: null, expected: `a file for ${id}`, found: "none" })),
  },
  {
    id: "set/uneven",
    level: "warning",
    source: "a *-musl target whose wheel lacks a musllinux tag reaches nobody with pip",
    find: (files, { targets }) =>
      promisedTargets(targets).flatMap((target) => {
        const serving = files.filter((file) => servesTarget(file, target));
        return formats
          .filter(({ names }) => target.rows.some(names))
          .filter(({ kind }) => files.some(({ contents }) => contents.kind === kind))
          .filter(({ kind }) => !serving.some(({ contents }) => contents.kind === kind))
          .filter(() => serving.length > 0)
          .map(({ called }) => ({
            file: null,
            expected: `${called} for ${target.id}`,
            found: `only ${serving.map(({ contents }) => contents.name).join(", ")}`,
          }));
      }),
  },
];

/** The formats that can hold a target, with who has a name for it. */
const formats: readonly {
  readonly kind: string;
  readonly called: string;
  names(row: TargetRow): boolean;
}[] = [
  { kind: "npm", called: "an npm package", names: ({ npm }) => npm.os !== null },
  { kind: "wheel", called: "a wheel", names: ({ wheelTags }) => wheelTags.length > 0 },
  { kind: "archive", called: "an archive", names: () => true },
];

/** `any` promises no platform. */
function promisedTargets(targets: readonly string[] | null): Target[] {
  return (targets ?? []).map(parseTarget).filter(({ rows }) => rows.length > 0);
}

/** Wheels alone lack targets that pip has no tag for; that is the format's limit and no slip. */
function mayHold({ contents }: SetFile, { rows }: Target): boolean {
  const format = formats.find(({ kind }) => kind === contents.kind);
  return format === undefined || rows.some(format.names);
}

/** A native file for one of the target's rows, in a package that installers take there. */
function servesTarget(file: SetFile, { rows }: Target): boolean {
  return rows.some(
    (row) =>
      isTakenOn(file, row) && file.natives.some(({ facts }) => fitsTarget(facts, row).length === 0),
  );
}
