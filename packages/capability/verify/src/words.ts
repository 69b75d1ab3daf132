import type { Facts } from "@multiarch/contracts";
import type { Report, ReportCheck, ReportFile } from "./types.ts";

const systems: Readonly<Record<string, string>> = {
  linux: "Linux",
  darwin: "macOS",
  windows: "Windows",
  android: "Android",
  freebsd: "FreeBSD",
  netbsd: "NetBSD",
  openbsd: "OpenBSD",
  sunos: "Solaris",
  ios: "iOS",
  openharmony: "OpenHarmony",
  wasi: "WASI",
  emscripten: "Emscripten",
};
/** More platforms in one package are counted only. */
const namedPlatforms = 3;

/** A native file in one phrase: `Linux arm64, needs glibc 2.28`. */
export function factsInWords(facts: Facts): string {
  const { os, arch, slices, libc, glibcMin, minos } = facts;
  const processors = arch ?? slices.map((slice) => slice.arch).join("+");
  const unsigned =
    slices.length === 0 ? facts.signed === false : slices.every(({ signed }) => !signed);
  const system = os === null ? "unknown system" : (systems[os] ?? os);
  if (facts.format === "wasm") return os === null ? "WebAssembly" : `WebAssembly for ${system}`;
  const needs = [
    ...(facts.static === true ? ["static"] : []),
    ...(glibcMin === null ? [] : [`needs glibc ${glibcMin}`]),
    ...(os === "linux" && glibcMin === null && libc !== null && !facts.static ? [libc] : []),
    ...(os === "darwin" && minos !== null ? [`from ${minos}`] : []),
    ...(os === "darwin" && unsigned ? ["unsigned"] : []),
  ];
  return [`${system} ${processors}`.trim(), ...needs].join(", ");
}

/** What was looked at, in one line without its path. */
export function fileInWords({ kind, facts, members, declared }: ReportFile): string {
  if (kind === "folder") return "release folder";
  if (facts !== null) return `${kind}: ${factsInWords(facts)}`;
  const called = [declared?.name, declared?.version].filter((part) => part != null).join(" ");
  const title = called === "" ? kind : `${kind} ${called}`;
  if (members === undefined) return title;
  const native = members.flatMap((member) => (member.facts === null ? [] : [member.facts]));
  if (native.length === 0) return `${title}: no native files`;
  const phrases = [...new Set(native.map(factsInWords))];
  const count = native.length === 1 ? "" : `${native.length} native files, `;
  const shown = phrases.slice(0, namedPlatforms).join("; ");
  const more =
    phrases.length > namedPlatforms ? `; and ${phrases.length - namedPlatforms} more` : "";
  return `${title}: ${count}${shown}${more}`;
}

/** A finding in one line, without its level. */
export function checkInWords({ rule, member, expected, found }: ReportCheck): string {
  const place = member === undefined ? "" : ` ${member}:`;
  return `${rule}:${place} expected ${expected}, found ${found}`;
}

/** How many findings of each level there are. */
export interface Tally {
  readonly files: number;
  readonly error: number;
  readonly warning: number;
  readonly note: number;
  readonly excluded: number;
}

export function tally({ files }: Pick<Report, "files">): Tally {
  const checks = files.flatMap((file) => file.checks);
  const count = (level: ReportCheck["level"]) => checks.filter((one) => one.level === level).length;
  return {
    files: files.length,
    error: count("error"),
    warning: count("warning"),
    note: count("note"),
    excluded: files.reduce((sum, { excluded }) => sum + (excluded?.length ?? 0), 0),
  };
}

/** `3 files: 1 error, 2 warnings, 1 excluded`. */
export function tallyInWords(count: Tally): string {
  const plural = (number: number, word: string) => `${number} ${word}${number === 1 ? "" : "s"}`;
  const parts = [
    plural(count.error, "error"),
    plural(count.warning, "warning"),
    ...(count.note === 0 ? [] : [plural(count.note, "note")]),
    ...(count.excluded === 0 ? [] : [`${count.excluded} excluded`]),
  ];
  return `${plural(count.files, "file")}: ${parts.join(", ")}`;
}
