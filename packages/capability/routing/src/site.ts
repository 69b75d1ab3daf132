import type { Place } from "@multiarch/contracts";
import { findRunnerLabel } from "@multiarch/targets";
import { foldLabel, groupOf, labelsOf, type RunsOn } from "./runs-on.ts";

/** A place to run and what is known of it. */
export interface Site {
  readonly runsOn: RunsOn;
  readonly place: Place;
}

/** Labels that every self-hosted runner registers with, unless its owner forbids it. */
const systems: Readonly<Record<string, string>> = {
  linux: "linux",
  macos: "darwin",
  windows: "windows",
};
const processors: Readonly<Record<string, string>> = {
  x64: "x64",
  arm64: "arm64",
  arm: "arm",
  x86: "ia32",
};

/** Only a single label of GitHub's own table is known to be a hosted machine; every other may be anybody's. */
export function isHosted(runsOn: RunsOn): boolean {
  const labels = labelsOf(runsOn);
  return groupOf(runsOn) === null && labels.length === 1 && knownLabel(labels) !== undefined;
}

export function siteOf(runsOn: RunsOn): Site {
  const labels = labelsOf(runsOn);
  const known = isHosted(runsOn) ? knownLabel(labels) : undefined;
  if (known !== undefined) {
    return { runsOn, place: { os: known.os, arch: known.arch, kind: "hosted" } };
  }
  const folded = labels.map(foldLabel);
  const word = (table: Readonly<Record<string, string>>): string | null =>
    folded.map((label) => table[label]).find((value) => value !== undefined) ?? null;
  return { runsOn, place: { os: word(systems), arch: word(processors), kind: "self-hosted" } };
}

function knownLabel(labels: readonly string[]) {
  return findRunnerLabel(labels[0] ?? "");
}
