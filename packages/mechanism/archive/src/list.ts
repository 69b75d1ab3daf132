import { createHash } from "node:crypto";
import { refusal } from "./errors.ts";
import { withSource } from "./files.ts";
import { describe, hashText } from "./member.ts";
import { readMembers } from "./read.ts";
import type { ArchiveMember, ReadOptions } from "./types.ts";

const defaultMaximumBytes = 16 * 2 ** 20;

/**
 * The files (and accepted links) of an archive, in its order. Everything is unpacked and checked as `extractArchive`
 * does, but nothing is written. A hard link shows as a second copy of its file. Throws `UserError` MA401 to MA410.
 */
export async function listArchive(
  path: string,
  options: ReadOptions = {},
): Promise<ArchiveMember[]> {
  const found = new Map<string, ArchiveMember>();
  await withSource(path, (source) =>
    readMembers(path, source, options, async (member, content) => {
      if (member.kind === "folder") return;
      if (member.kind === "symlink") found.set(member.name, describe(member, hashText(member)));
      const original = member.kind === "hardlink" ? found.get(member.target ?? "") : undefined;
      if (original !== undefined) found.set(member.name, { ...original, name: member.name });
      if (member.kind !== "file") return;
      const sha256 = createHash("sha256");
      for await (const chunk of content) sha256.update(chunk);
      found.set(member.name, describe(member, sha256.digest("hex")));
    }),
  );
  return [...found.values()];
}

/**
 * The contents of the named files, which must all be there and at most `maximumBytes` long (16 MiB when not said). For
 * small files such as a manifest: they are held in memory. Throws `UserError` MA415 for a name that is not there, and as
 * `listArchive` does; of a zip only the named entries are unpacked.
 */
export async function readArchiveEntries(
  path: string,
  names: readonly string[],
  options: ReadOptions & { readonly maximumBytes?: number } = {},
): Promise<Map<string, Uint8Array>> {
  const maximum = options.maximumBytes ?? defaultMaximumBytes;
  const contents = new Map<string, Uint8Array>();
  await withSource(path, (source) =>
    readMembers(
      path,
      source,
      options,
      async (member, content) => {
        if (member.kind !== "file") return;
        if (member.size > maximum) {
          throw refusal(
            "MA406",
            "size",
            { path, member: member.name },
            "a file is too large to be read",
            {
              expected: `at most ${maximum} bytes`,
              found: `${member.size}`,
            },
          );
        }
        const chunks: Uint8Array[] = [];
        for await (const chunk of content) chunks.push(chunk);
        contents.set(member.name, Buffer.concat(chunks));
      },
      new Set(names),
    ),
  );
  const missing = names.find((name) => !contents.has(name));
  if (missing === undefined) return contents;
  throw refusal("MA415", "absent", { path, member: missing }, "the archive lacks a file");
}
