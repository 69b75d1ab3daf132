import { constants, copyFile, mkdir } from "node:fs/promises";
import { join, posix } from "node:path";
import { checkEntryName } from "@multiarch/archive";
import type { Facts } from "@multiarch/contracts";
import { withoutRoot } from "./classify.ts";
import { type ReadContentsOptions, readWith } from "./read-contents.ts";
import type { Contents } from "./types.ts";

/** A native file that was taken out of a package, or stood by itself. */
export interface ExtractedNative {
  /** On disk. */
  readonly path: string;
  /** As `Member.path`; `null`: the file itself. */
  readonly member: string | null;
  readonly facts: Facts;
  /** 64 hex digits. */
  readonly sha256: string;
  readonly size: number;
  /** Octal; `null`: the archive holds none. */
  readonly mode: string | null;
}

/** A file's contents, and the native files of it that were written. */
export interface Extraction {
  readonly contents: Contents;
  readonly natives: readonly ExtractedNative[];
}

/**
 * Writes the native members of a package or archive into `folder`, which is made where it is missing and where the caller
 * owns all; a native file by itself is copied. Their names there are numbered, with the last part of their own (never a
 * path from the archive). Members that could not be read are told in `contents`. Throws what the file system says.
 */
export async function extractWithContents(
  path: string,
  folder: string,
  options: ReadContentsOptions = { temporaryFolder: folder },
): Promise<Extraction> {
  await mkdir(folder, { recursive: true });
  const places: string[] = [];
  const natives: ExtractedNative[] = [];
  const contents = await readWith(path, options, {
    placeFor: ({ name }) => {
      const place = join(folder, `${places.length}-${safeName(name)}`);
      places.push(place);
      return place;
    },
    onNative: ({ path: member, facts, sha256, size, mode }) => {
      const place = places.at(-1);
      if (facts === null || place === undefined) return;
      natives.push({ path: place, member, facts, sha256, size, mode });
    },
  });
  if (contents.kind === "npm") {
    const inside = natives.map((one) => ({ ...one, member: withoutRoot(one.member ?? "") }));
    return { contents, natives: inside };
  }
  if (!("facts" in contents)) return { contents, natives };
  const { facts, sha256, size, mode, name } = contents;
  const place = join(folder, `0-${safeName(name)}`);
  await copyFile(path, place, constants.COPYFILE_FICLONE);
  return { contents, natives: [{ path: place, member: null, facts, sha256, size, mode }] };
}

/** As `extractWithContents`; only the files. */
export async function extractNative(
  path: string,
  folder: string,
  options?: ReadContentsOptions,
): Promise<readonly ExtractedNative[]> {
  return (await extractWithContents(path, folder, options)).natives;
}

function safeName(name: string): string {
  const last = posix.basename(name);
  return checkEntryName(`0-${last}`) === null ? last : "native";
}
