import type { Member, NpmContents } from "@multiarch/contents";
import { type NamedPlatform, platformInName } from "../name-words.ts";
import { compiledFiles, loadedFiles, type NativeFile } from "../native/native-file.ts";
import type { Manifest } from "./manifest.ts";

/** An npm package whose manifest can be read, as its rules see it. */
export interface NpmPackage {
  readonly contents: NpmContents;
  readonly manifest: Manifest;
  /** What a system starts or loads. */
  readonly loaded: readonly NativeFile[];
  /** These, and what a program loads by itself. */
  readonly compiled: readonly NativeFile[];
  readonly members: ReadonlyMap<string, Member>;
}

export function npmPackage(contents: NpmContents, manifest: Manifest): NpmPackage {
  const { members } = contents;
  return {
    contents,
    manifest,
    loaded: loadedFiles(members),
    compiled: compiledFiles(members),
    members: new Map(members.map((member) => [member.path, member])),
  };
}

/** Whether a package says that it is for some machines only. */
export function isForPlatform({ os, cpu }: Manifest): boolean {
  return os !== null || cpu !== null;
}

/** The platform in a package's name; its scope is somebody's name, not a label. */
export function platformOfPackage(name: string | null): NamedPlatform | null {
  return platformInName((name ?? "").replace(/^@[^/]*\//, ""));
}

/** What npm runs while it installs. A `binding.gyp` without a script of its own is built with node-gyp. */
export function installScripts({ manifest: { scripts }, members }: NpmPackage): string[] {
  const named = ["preinstall", "install", "postinstall"].filter((name) => scripts.has(name));
  const builds =
    members.has("binding.gyp") && !scripts.has("install") && !scripts.has("preinstall");
  return builds ? [...named, "node-gyp rebuild (a binding.gyp is there)"] : named;
}
