import type { Member, WheelContents } from "@multiarch/contents";
import type { Architecture, Facts, OperatingSystem } from "@multiarch/contracts";
import { baseName } from "../grouping.ts";
import { compiledFiles, loadedFiles, type NativeFile } from "../native/native-file.ts";
import { type BadName, parseWheelName, type WheelName } from "./file-name.ts";
import { type HeaderFields, readHeaderFields } from "./header-fields.ts";
import { type PlatformTag, readPlatformTag } from "./platform-tags.ts";
import { type RecordLine, readRecord } from "./record-file.ts";

/** A wheel as the rules look at it: label, description and native files, each read once. */
export interface WheelSubject {
  readonly contents: WheelContents;
  /** `null`: the file name is none of a wheel's. */
  readonly name: WheelName | null;
  readonly badName: BadName | null;
  /** The platforms of the name that can be judged. */
  readonly tags: readonly PlatformTag[];
  /** One of the tags is `any`. */
  readonly anywhere: boolean;
  /** `foo-1.0.dist-info`, all there are on the top level, sorted. */
  readonly infoFolders: readonly string[];
  /** Of the one folder; `null` where the file is absent. */
  readonly wheel: HeaderFields | null;
  readonly metadata: HeaderFields | null;
  readonly record: readonly RecordLine[] | { readonly wrong: string } | null;
  readonly entryPoints: Uint8Array | null;
  /** What a system would load: neither objects for a linker, nor data in the form of a library, nor WebAssembly. */
  readonly natives: readonly NativeFile[];
  /** Those, and Dart's snapshots: the system never sees them, yet they are for one processor. */
  readonly compiled: readonly NativeFile[];
  /** What a library is found by: last parts of paths and sonames, in lower case for Windows' sake. */
  readonly bundled: ReadonlySet<string>;
}

export function wheelSubject(contents: WheelContents): WheelSubject {
  const parsed = parseWheelName(contents.name);
  const name = "project" in parsed ? parsed : null;
  const paths = new Set([
    ...contents.members.map(({ path }) => path),
    ...contents.zip.entries.map((entry) => entry.name),
  ]);
  const infoFolders = topFolders(paths, ".dist-info");
  const [folder = ""] = infoFolders;
  const text = (file: string): Uint8Array | null => contents.texts.get(`${folder}/${file}`) ?? null;
  const wheel = text("WHEEL");
  const metadata = text("METADATA");
  const record = text("RECORD");
  return {
    contents,
    name,
    badName: "project" in parsed ? null : parsed,
    tags: (name?.platforms ?? []).map(readPlatformTag).filter((tag) => tag !== null),
    anywhere: name?.platforms.includes("any") ?? false,
    infoFolders,
    wheel: wheel === null ? null : readHeaderFields(wheel),
    metadata: metadata === null ? null : readHeaderFields(metadata),
    record: record === null ? null : readRecord(record),
    entryPoints: text("entry_points.txt"),
    natives: loadedFiles(contents.members),
    compiled: compiledFiles(contents.members),
    bundled: bundledNames(contents.members),
  };
}

function topFolders(paths: Iterable<string>, ending: string): string[] {
  const folders = new Set<string>();
  for (const path of paths) {
    const slash = path.indexOf("/");
    const first = slash < 0 ? "" : path.slice(0, slash);
    if (first.endsWith(ending)) folders.add(first);
  }
  return [...folders].sort();
}

function bundledNames(members: readonly Member[]): Set<string> {
  const names = new Set<string>();
  for (const { path, facts } of members) {
    if (facts === null) continue;
    names.add(baseName(path).toLowerCase());
    if (facts.soname !== null) names.add(baseName(facts.soname).toLowerCase());
  }
  return names;
}

/** The processors that a file runs on: one, or those of a Mach-O file's slices. Empty: one that we do not know. */
export function archsOf({ arch, slices }: Facts): readonly Architecture[] {
  if (slices.length > 0) return [...new Set(slices.map((slice) => slice.arch))];
  return arch === null ? [] : [arch];
}

/** The system that a file is for; of formats that only one system has, that one when the file does not say more. */
export function systemOf({ os, format }: Facts): OperatingSystem | null {
  return os ?? (format === "macho" ? "darwin" : null);
}

/** Whether a file of that processor runs where a tag asks for another: ARM64EC is made for Windows on ARM64. */
export function servesArch(os: OperatingSystem, made: Architecture, asked: Architecture): boolean {
  return made === asked || (os === "windows" && made === "arm64ec" && asked === "arm64");
}

/** The tags for which a member would be loaded: those of its system and one of its processors. */
export function tagsOf(subject: WheelSubject, facts: Facts): readonly PlatformTag[] {
  const made = archsOf(facts);
  return subject.tags.filter(
    ({ os, archs }) =>
      os === systemOf(facts) &&
      archs.some((asked) => made.some((arch) => servesArch(os, arch, asked))),
  );
}

/** Under `any`, and under tags that we do not know, nothing can be foreign. */
export function judgeable({ name, tags, anywhere }: WheelSubject): boolean {
  return !anywhere && tags.length > 0 && tags.length === name?.platforms.length;
}

/** The processors that the tags promise on a system. */
export function promisedArchs(
  { tags }: WheelSubject,
  system: OperatingSystem | null,
): Architecture[] {
  return [...new Set(tags.filter(({ os }) => os === system).flatMap(({ archs }) => archs))];
}
