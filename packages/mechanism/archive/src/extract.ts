import { createHash } from "node:crypto";
import {
  constants,
  copyFile,
  mkdir,
  open,
  readdir,
  realpath,
  rm,
  rmdir,
  symlink,
} from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { InternalError, UserError } from "@multiarch/diagnostics";
import { errorCode, explainWriteError, refusal } from "./errors.ts";
import { withSource, writeFully } from "./files.ts";
import { isAbsent, stageBeside } from "./folders.ts";
import { describe, hashText } from "./member.ts";
import { readMembers } from "./read.ts";
import { renamePatiently } from "./rename.ts";
import type { ArchiveMember, FileSource, ReadOptions } from "./types.ts";

/** Never through a link, never over a file. Windows has no first flag. */
const createFlags =
  constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | (constants.O_NOFOLLOW ?? 0);

/**
 * Unpacks an archive of any origin into `destination`, which must not exist or be empty. It is filled aside and appears
 * at the end, whole; on any error nothing is left. Folders are made as the umask says, files get
 * `(stored & 0o755) | 0o600`. Returns the files (and accepted links) in the archive's order. Throws `UserError` MA401 to
 * MA412.
 */
export async function extractArchive(
  path: string,
  destination: string,
  options: ReadOptions = {},
): Promise<ArchiveMember[]> {
  const final = resolve(destination);
  await checkFree(final);
  const staged = await stageBeside(final);
  try {
    const members = await withSource(path, (source) => unpack(path, source, staged, options));
    await removeEmpty(final);
    await renamePatiently(staged, final);
    return members;
  } catch (error) {
    await rm(staged, { recursive: true, force: true, maxRetries: 5 });
    throw await explainWriteError(error, dirname(final));
  }
}

async function unpack(
  path: string,
  source: FileSource,
  root: string,
  options: ReadOptions,
): Promise<ArchiveMember[]> {
  const folders = new Set<string>([root]);
  const unpacked = new Map<string, ArchiveMember>();
  await readMembers(path, source, options, async (member, content) => {
    const place = join(root, ...member.name.split("/"));
    await makeFolder(member.kind === "folder" ? place : dirname(place), folders);
    if (member.kind === "folder") return;
    if (member.kind === "hardlink") {
      const original = unpacked.get(member.target ?? "");
      if (original === undefined)
        throw new InternalError(`${member.name}: hard link before its file`);
      await copyFile(join(root, ...original.name.split("/")), place, constants.COPYFILE_EXCL);
      unpacked.set(member.name, { ...original, name: member.name });
      return;
    }
    const sha256 =
      member.kind === "file" ? await writeMember(place, member.mode, content) : hashText(member);
    unpacked.set(member.name, describe(member, sha256));
  });
  const members = [...unpacked.values()];
  await makeLinks(path, root, members);
  return members;
}

/** One level after the other, each new or made by us: a link can never be among them. */
async function makeFolder(folder: string, made: Set<string>): Promise<void> {
  if (made.has(folder)) return;
  await makeFolder(dirname(folder), made);
  await mkdir(folder);
  made.add(folder);
}

async function writeMember(
  place: string,
  mode: number,
  content: AsyncIterable<Uint8Array>,
): Promise<string> {
  const sha256 = createHash("sha256");
  const handle = await open(place, createFlags, 0o600);
  try {
    for await (const chunk of content) {
      sha256.update(chunk);
      await writeFully(handle, chunk);
    }
    await handle.chmod(mode);
  } finally {
    await handle.close();
  }
  return sha256.digest("hex");
}

/** Links are made last, so that nothing is written through one, and each must lead to something inside. */
async function makeLinks(
  path: string,
  root: string,
  members: readonly ArchiveMember[],
): Promise<void> {
  const links = members.filter(({ link }) => link !== undefined);
  for (const { name, link } of links) await symlink(link ?? "", join(root, ...name.split("/")));
  const realRoot = links.length === 0 ? root : await realpath(root);
  for (const { name } of links) {
    const end = await follow(join(root, ...name.split("/")));
    if (end !== null && isInside(realRoot, end)) continue;
    throw refusal(
      "MA405",
      "link",
      { path, member: name },
      "a symbolic link leads to nothing inside",
    );
  }
}

/** Where a link ends; `null` when it ends nowhere. */
async function follow(link: string): Promise<string | null> {
  try {
    return await realpath(link);
  } catch (error) {
    if (["ENOENT", "ELOOP", "ENOTDIR"].includes(errorCode(error) ?? "")) return null;
    throw error;
  }
}

/** By path parts: `/a/bc` is not inside `/a/b`. */
function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

async function checkFree(final: string): Promise<void> {
  const names = await namesAt(final);
  if (names === null || names.length === 0) return;
  throw new UserError("MA412", {
    what: "the folder to unpack into is not empty",
    where: final,
    found: `${names.length} entries`,
  });
}

async function removeEmpty(final: string): Promise<void> {
  if ((await namesAt(final)) !== null) await rmdir(final);
}

async function namesAt(folder: string): Promise<string[] | null> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isAbsent(error)) return null;
    if (errorCode(error) === "ENOTDIR") {
      throw new UserError("MA412", {
        what: "a file is where a folder is to be made",
        where: folder,
      });
    }
    throw error;
  }
}
