import { chmod, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ArchiveMember, extractArchive, hashFile } from "@multiarch/archive";
import { UserError } from "@multiarch/diagnostics";
import { download } from "@multiarch/download";
import type { ManifestFile } from "../store/manifest.ts";
import type { GoRequest } from "../types.ts";
import { moduleHash } from "./module-hash.ts";
import type { GoPlatform } from "./platform.ts";
import type { GoSource } from "./sources.ts";

/** A release is about 75 MB packed, 250 MB and 17,000 entries unpacked. */
const maximumBytes = 512 * 1024 * 1024;
const limits = { entries: 30_000, totalBytes: 2 * 1024 * 1024 * 1024 };

/** What Go executes besides `bin`: the tools, and the scripts that run WebAssembly. A module's zip has no dependable modes. */
const executable = /^(bin|pkg\/tool\/[^/]+)\/[^/]+$|^(lib|misc)\/wasm\/go_[^/]*_exec$/;

/**
 * Fetches a release into `<staging>/tree`. Nothing of it is used before its hash was compared.
 * @throws UserError of `download`; MA351 when the contents are not the pinned ones; MA354 when the archive has another layout; those of `archive`.
 */
export async function fetchGo(
  source: GoSource,
  platform: GoPlatform,
  staging: string,
  request: Pick<GoRequest, "env" | "log" | "download">,
): Promise<ManifestFile[]> {
  const archive = await bring(source, join(staging, "archive"), request);
  const unpacked = join(staging, "unpacked");
  const members = await extractArchive(archive, unpacked, { limits });
  if (source.sha256 === null) compareContents(source, members);
  const files = members.map((member) => asFile(member, source));
  if (!files.some(({ name }) => name === `bin/${platform.executable}`)) {
    throw anotherLayout(source, `bin/${platform.executable}`, "no such file");
  }
  const tree = join(staging, "tree");
  await rename(join(unpacked, ...source.prefix.split("/")), tree);
  for (const file of files) await chmod(join(tree, file.name), file.executable ? 0o755 : 0o644);
  await rm(join(staging, "archive"), { force: true });
  return files;
}

/** The path of the archive. A `file:` address is read where it is; what it needs to be is checked all the same. */
async function bring(
  source: GoSource,
  destination: string,
  request: Pick<GoRequest, "env" | "log" | "download">,
): Promise<string> {
  const { url, sha256, redirects } = source;
  if (!url.startsWith("file:")) {
    const host = URL.canParse(url) ? new URL(url).hostname : "";
    await download(
      {
        url,
        destination,
        maximumBytes,
        allowedHosts: [host, ...redirects],
        ...(sha256 === null ? {} : { sha256 }),
      },
      { log: request.log, env: request.env, ...request.download },
    );
    return destination;
  }
  const path = fileURLToPath(url);
  if (sha256 !== null) {
    const found = (await hashFile(path)).sha256;
    if (found !== sha256) throw mismatch(source, `sha256 ${sha256}`, `sha256 ${found}`);
  }
  return path;
}

function compareContents(source: GoSource, members: readonly ArchiveMember[]): void {
  const found = moduleHash(members);
  if (found !== source.tool.pinned) throw mismatch(source, source.tool.pinned, found);
}

function mismatch(source: GoSource, expected: string, found: string): UserError {
  return new UserError("MA351", {
    what: `${source.tool.name} is not the toolchain that is known`,
    expected,
    found,
    where: withoutUser(source.url),
  });
}

function asFile(member: ArchiveMember, source: GoSource): ManifestFile {
  if (!member.name.startsWith(source.prefix) || member.link !== undefined) {
    throw anotherLayout(source, `files below ${source.prefix}`, member.name);
  }
  const name = member.name.slice(source.prefix.length);
  return { name, size: member.size, sha256: member.sha256, executable: executable.test(name) };
}

function anotherLayout(source: GoSource, expected: string, found: string): UserError {
  return new UserError("MA354", {
    what: `${source.tool.name} comes in an archive of another layout`,
    expected,
    found,
    where: withoutUser(source.url),
  });
}

/** For messages: an address may carry a password. */
export function withoutUser(url: string): string {
  return url.replace(/\/\/[^/@]*@/, "//").replace(/\?.*$/, "");
}
