import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InternalError } from "@multiarch/diagnostics";
import { readFolderFile } from "../inventory.ts";
import type { ObservedClient } from "./client.ts";
import { CallFailure } from "./failure.ts";

export interface ZipRequest {
  readonly id: number;
  /** 64 hex digits. */
  readonly digest: string;
  /** For messages. */
  readonly label: string;
  /** Folder for temporary folders; the system's when undefined. */
  readonly temporary: string | undefined;
}

/**
 * Downloads an artifact's zip, compares its bytes on disk with the digest, and lends it to `use`. The zip is gone when this
 * returns or throws.
 * @throws CallFailure, with a fault of the kind `wrong` when the bytes differ also the second time
 */
export async function withZip<T>(
  client: ObservedClient,
  request: ZipRequest,
  use: (zip: string) => Promise<T>,
): Promise<T> {
  const { id, digest, label, temporary = tmpdir() } = request;
  const folder = await mkdtemp(join(temporary, "multiarch-download-"));
  try {
    let attempt = 0;
    const zip = await client.repeat(`artifact ${label}`, async () => {
      const place = join(folder, String(++attempt));
      await mkdir(place);
      const { mismatch } = await client.download(id, digest, place);
      // Whatever name the answer gave it: the client saves exactly one file.
      const [name, ...others] = await readdir(place);
      if (name === undefined || others.length > 0) {
        throw new InternalError(
          `the artifact client saved ${name === undefined ? 0 : others.length + 1} files`,
        );
      }
      const path = join(place, name);
      const { sha256, size } = await readFolderFile({ name, path });
      if (!mismatch && sha256 === digest) return path;
      await rm(place, { recursive: true, force: true });
      const found = `${size} bytes with the sha256 ${sha256}`;
      throw new CallFailure("GetBlob", { kind: "wrong", found, attempts: 2 }, false);
    });
    return await use(zip);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
