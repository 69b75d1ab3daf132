import { mkdir, readdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { checksumFile, deflateFile, writeTarGz } from "@multiarch/archive";

// Packs each file of a folder into a tar.gz of its own, and writes SHA256SUMS: `INPUT OUTPUT`. The calls that merge makes.
const [input = "", output = ""] = process.argv.slice(2);

async function pack(name: string): Promise<{ name: string; sha256: string }> {
  const content = await deflateFile(join(input, name), output);
  const entries = [{ name, mode: 0o755, content }] as const;
  const file = join(output, `${name}.tar.gz`);
  const { path, sha256 } = await writeTarGz(file, [...entries], { epoch: 315_532_800 });
  return { name: basename(path), sha256 };
}

await mkdir(output, { recursive: true });
const sums = await Promise.all((await readdir(input)).map(pack));
await writeFile(join(output, "SHA256SUMS"), checksumFile(sums));
