import type { Contents } from "@multiarch/contents";
import type { TargetRow } from "@multiarch/targets";
import { declaredBy } from "../declared.ts";
import type { Declared } from "../declared-type.ts";
import { platformInName } from "../name-words.ts";
import { serves } from "../native/named.ts";
import { loadedFiles, type NativeFile } from "../native/native-file.ts";
import { misfit } from "../npm/fit.ts";
import { accepts } from "../npm/label.ts";
import { type Manifest, readManifest } from "../npm/manifest.ts";
import { type PlatformTag, readPlatformTag } from "../wheel/platform-tags.ts";
import { archsOf, servesArch } from "../wheel/wheel-subject.ts";

/** A native file of the set, with its bytes' name. */
export interface SetNative extends NativeFile {
  readonly sha256: string;
}

/** One file of a set, read once for all rules. */
export interface SetFile {
  readonly contents: Contents;
  readonly declared: Declared | undefined;
  /** Of an npm package. */
  readonly manifest: Manifest | null;
  /** Of a wheel; those that can be judged. */
  readonly tags: readonly PlatformTag[];
  readonly natives: readonly SetNative[];
}

export function setFile(contents: Contents): SetFile {
  const declared = declaredBy(contents);
  const manifest = contents.kind === "npm" ? readManifest(contents) : null;
  const platforms = new Set((declared?.tags ?? []).map((tag) => tag.split("-").at(-1) ?? ""));
  return {
    contents,
    declared,
    manifest: manifest === null || "problem" in manifest ? null : manifest,
    tags: [...platforms].map(readPlatformTag).filter((tag) => tag !== null),
    natives: nativesOf(contents),
  };
}

function nativesOf(contents: Contents): SetNative[] {
  if ("facts" in contents) return [contents];
  if (!("members" in contents)) return [];
  const hashes = new Map(contents.members.map(({ path, sha256 }) => [path, sha256]));
  return loadedFiles(contents.members).map((file) => ({
    ...file,
    sha256: hashes.get(file.path) ?? "",
  }));
}

/** For which platform a file says that it is; `null`: it says nothing, and nothing contradicts it. */
export function labelOf({ contents, manifest, tags }: SetFile): string | null {
  if (manifest !== null) {
    const { os, cpu, libc } = manifest;
    const words = [os, cpu, libc].flatMap((list) => (list === null ? [] : [list.join("/")]));
    return words.length === 0 ? null : words.join(" ");
  }
  if (tags.length > 0) return tags.map(({ tag }) => tag).join(".");
  return platformInName(contents.name) === null ? null : contents.name;
}

/** Whether a native file is what the package around it is labelled as. */
export function fitsLabel(file: NativeFile, { contents, manifest, tags }: SetFile): boolean {
  if (manifest !== null) return misfit(file, manifest) === null;
  if (tags.length > 0) return tags.some((tag) => fitsTag(file, tag));
  const named = platformInName(contents.name);
  return named === null || serves(file, named);
}

function fitsTag({ facts }: NativeFile, { os, archs, libc }: PlatformTag): boolean {
  if (facts.os !== os) return false;
  if (!archs.some((asked) => archsOf(facts).some((made) => servesArch(os, made, asked))))
    return false;
  return os !== "linux" || facts.libc === null || libc === null || facts.libc === libc;
}

/** Whether installers on a target take a package; true for what has no label that they read. */
export function isTakenOn({ manifest, tags }: SetFile, row: TargetRow): boolean {
  if (manifest !== null) {
    return (["os", "cpu", "libc"] as const).every((field) => {
      const words = row.npm[field];
      return words === null || words.some((word) => accepts(manifest[field], word));
    });
  }
  if (tags.length === 0) return true;
  const wanted = row.arch === "universal" ? (["x64", "arm64"] as const) : [row.arch];
  return wanted.every((arch) =>
    tags.some(
      (tag) =>
        tag.os === row.os &&
        tag.archs.includes(arch) &&
        (tag.libc === null || row.libc === null || tag.libc === row.libc),
    ),
  );
}
