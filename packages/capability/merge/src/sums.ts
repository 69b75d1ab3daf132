import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { checksumFile } from "@multiarch/archive";
import { digest, type ReleasePackage } from "@multiarch/contracts";
import { common } from "./package-context.ts";

/** `SHA256SUMS` over the archives, the form that `sha256sum -c` and download tools read. */
export async function writeSums(
  version: string,
  made: readonly ReleasePackage[],
  folder: string,
): Promise<ReleasePackage[]> {
  const archives = made.filter(({ kind }) => kind === "archive");
  if (archives.length === 0) return [];
  const text = checksumFile(archives.map(({ name, sha256 }) => ({ name, sha256 })));
  await mkdir(join(folder, "archives"), { recursive: true });
  const path = join(folder, "archives", "SHA256SUMS");
  await writeFile(path, text, { mode: 0o644 });
  return [
    {
      ...common(archives[0]?.package ?? "", "sums", "SHA256SUMS"),
      name: "SHA256SUMS",
      version,
      target: null,
      file: "archives/SHA256SUMS",
      size: Buffer.byteLength(text),
      sha256: digest(text),
      from: [],
    },
  ];
}
