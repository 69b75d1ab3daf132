import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "@multiarch/diagnostics";
import { checksumFiles, checksumOf } from "./checksums.ts";
import { releases } from "./data/releases.ts";
import { assetName, type Source } from "./sources.ts";
import type { Surroundings } from "./types.ts";

const mebi = 1024 * 1024;

/** The file is made of Go code and grows with it; today it has 65 MB. */
const maximumProgram = 512 * mebi;

/** The hash that a file must have, and who says so. */
export interface Expected {
  readonly sha256: string;
  readonly from: "our table" | "the input checksum" | "the release's checksum file";
}

export function inTable(version: string, platform: string): string | null {
  return releases.find((one) => one.version === version)?.files[platform] ?? null;
}

/**
 * What buildx must hash to: by our table, by the user, by the release's own list, in this order. Only the last asks anybody.
 * @throws UserError MA484 when the user's and ours differ, MA483 when nobody knows a hash
 */
export async function expectedHash(
  version: string,
  platform: string,
  checksum: string | null,
  { source, ...surroundings }: Surroundings & { readonly source: Source },
): Promise<Expected> {
  const known = inTable(version, platform);
  if (known !== null && checksum !== null && known !== checksum) {
    throw new UserError("MA484", {
      what: "the checksum is not that of this release",
      expected: known,
      found: checksum,
      where: `checksum, of ${assetName(version, platform)}`,
    });
  }
  if (known !== null) return { sha256: known, from: "our table" };
  if (checksum !== null) return { sha256: checksum, from: "the input checksum" };
  const name = assetName(version, platform);
  for (const file of checksumFiles) {
    const text = await fetchText(source.file(version, file), mebi, source, surroundings, true);
    const found = text === null ? null : checksumOf(text, name);
    if (found !== null) return { sha256: found, from: "the release's checksum file" };
  }
  throw new UserError("MA483", {
    what: "nothing says which bytes this buildx must have",
    expected: `a line for ${name} in ${checksumFiles.join(" or ")}`,
    where: source.file(version, checksumFiles[0]),
    fix: "give its sha256 as checksum, or choose another version",
  });
}

/** Versions of the releases that are no previews, without `v`. @throws UserError MA498 when the list cannot be read */
export async function listReleases(
  source: Source,
  surroundings: Surroundings,
): Promise<readonly string[]> {
  const text = await fetchText(source.list, 16 * mebi, source, surroundings, false);
  let value: unknown;
  try {
    value = JSON.parse(text ?? "");
  } catch (cause) {
    throw unreadable(source, "no JSON", cause);
  }
  if (!Array.isArray(value)) throw unreadable(source, "no list");
  return value.flatMap((release: unknown) => {
    if (typeof release !== "object" || release === null) return [];
    const { tag_name: tag, draft, prerelease } = release as Readonly<Record<string, unknown>>;
    const version = typeof tag === "string" ? /^v(\d+\.\d+\.\d+)$/.exec(tag)?.[1] : undefined;
    return version === undefined || draft === true || prerelease === true ? [] : [version];
  });
}

function unreadable(source: Source, found: string, cause?: unknown): UserError {
  return new UserError("MA498", {
    what: "the list of buildx releases cannot be read",
    found,
    where: source.list,
    ...(cause === undefined ? {} : { cause }),
  });
}

/** Fetches the program into a folder. The file has its name only when it has the hash. */
export async function fetchProgram(
  request: { readonly url: string; readonly sha256: string; readonly destination: string },
  source: Source,
  { env, log, download: options = {} }: Surroundings,
): Promise<void> {
  const { download } = await import("@multiarch/download");
  await download(
    { ...request, maximumBytes: maximumProgram, allowedHosts: source.hosts },
    { ...options, env, log },
  );
}

async function fetchText(
  url: string,
  maximumBytes: number,
  source: Source,
  { env, log, temporaryFolder, download: options = {} }: Surroundings,
  mayBeMissing: boolean,
): Promise<string | null> {
  const { download } = await import("@multiarch/download");
  await mkdir(temporaryFolder, { recursive: true });
  const folder = await mkdtemp(join(temporaryFolder, "multiarch-buildx-"));
  try {
    const destination = join(folder, "text");
    await download(
      { url, maximumBytes, destination, allowedHosts: source.hosts, content: "any" },
      { ...options, env, log },
    );
    return await readFile(destination, "utf8");
  } catch (error) {
    // A release need not have every such file.
    const absent = error instanceof UserError && error.message.includes("status 404");
    if (mayBeMissing && absent) return null;
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** sha256 of a file in hex; null when it is not there. */
export async function hashOf(path: string): Promise<string | null> {
  try {
    return createHash("sha256")
      .update(await readFile(path))
      .digest("hex");
  } catch (error) {
    if (Reflect.get(Object(error), "code") === "ENOENT") return null;
    throw error;
  }
}
