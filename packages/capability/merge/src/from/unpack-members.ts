import { createHash } from "node:crypto";
import { mkdir, open } from "node:fs/promises";
import { basename, join } from "node:path";
import {
  checkEntryName,
  fileSource,
  type InspectedMember,
  inspectArchive,
} from "@multiarch/archive";
import { sniff } from "@multiarch/binary";
import { isLicense, mainReadme } from "@multiarch/project";

/** More than any README or licence that somebody wrote. */
const longestDocument = 2 ** 20;

export interface UnpackedMembers {
  readonly documents: readonly { name: string; path: string; sha256: string }[];
  readonly archives: readonly { member: string; path: string }[];
}

/** Writes the documents at the top of an archive, and the archives in it, into `folder`; each in a folder of its own, under the last part of its name. */
export async function unpackMembers(
  path: string,
  folder: string,
  withArchives: boolean,
): Promise<UnpackedMembers> {
  const documents: UnpackedMembers["documents"][number][] = [];
  const archives: UnpackedMembers["archives"][number][] = [];
  let count = 0;
  const visit = async (
    member: InspectedMember,
    content: AsyncIterable<Uint8Array>,
  ): Promise<void> => {
    const name = basename(member.name);
    const isDocument = member.kind === "file" && mayBeDocument(member);
    let wanted = isDocument;
    let head = Buffer.alloc(0);
    let decided = false;
    const hash = createHash("sha256");
    const place = join(folder, String(count++), checkEntryName(name) === null ? name : "file");
    const out = new LazyFile(place);
    try {
      for await (const chunk of content) {
        if (!decided) {
          head = Buffer.concat([head, chunk]);
          if (head.length < 4) continue;
          decided = true;
          wanted ||= withArchives && ["zip", "gzip"].includes(sniff(head));
        }
        if (!wanted) continue;
        const part = head.length > 0 ? head : chunk;
        head = Buffer.alloc(0);
        hash.update(part);
        await out.add(part);
      }
      // Shorter than any archive.
      if (!decided && wanted) {
        hash.update(head);
        await out.add(head);
      }
    } finally {
      await out.close();
    }
    if (!wanted) return;
    if (isDocument) documents.push({ name, path: place, sha256: hash.digest("hex") });
    else archives.push({ member: member.name, path: place });
  };
  const source = await fileSource(path);
  try {
    await inspectArchive(path, source, visit);
  } finally {
    await source.close();
  }
  return { documents, archives };
}

/** At the top, or in the one folder that archives usually have. Deeper ones belong to parts of the program. */
function mayBeDocument({ name, size }: InspectedMember): boolean {
  const last = basename(name);
  if (name.split("/").length > 2 || size > longestDocument || size === 0) return false;
  return checkEntryName(last) === null && (isLicense(last) || mainReadme([last]) !== null);
}

/** A file that is made when there is something to write. */
class LazyFile {
  readonly #path: string;
  #handle: Awaited<ReturnType<typeof open>> | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  async add(chunk: Uint8Array): Promise<void> {
    if (this.#handle === null) {
      await mkdir(join(this.#path, ".."), { recursive: true });
      this.#handle = await open(this.#path, "wx", 0o600);
    }
    for (let written = 0; written < chunk.length; ) {
      written += (await this.#handle.write(chunk, written)).bytesWritten;
    }
  }

  async close(): Promise<void> {
    await this.#handle?.close();
  }
}
