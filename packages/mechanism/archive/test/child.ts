import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type ArchiveEntry,
  cleanStale,
  deflateFile,
  extractArchive,
  replaceFolder,
  stageBeside,
  withStaged,
  writeFileAtomic,
  writeTarGz,
  writeZip,
} from "../src/index.ts";
import { programLike } from "./helpers-data.ts";

/** Run as a process of its own: what depends on the time zone, the umask, or dying. */
const [verb, folder = ""] = process.argv.slice(2);
const verbs = { pack, replace: replaceForever, stage: stageForever };
await verbs[verb as keyof typeof verbs]();

/** Writes both formats in a random order of entries. */
async function pack(): Promise<void> {
  const program = join(folder, "program");
  await writeFile(program, programLike(1_300_000));
  const temporary = await mkdtemp(join(folder, "temporary-"));
  const content = await deflateFile(program, temporary);
  const entries: ArchiveEntry[] = [
    { name: "top/bin/tool", mode: 0o755, content },
    { name: "top/README.md", mode: 0o644, content: Buffer.from("# tool\n".repeat(40)) },
    { name: "top/LICENSE", mode: 0o644, content: Buffer.from("MIT") },
    { name: "top/é", mode: 0o644, content: Buffer.alloc(0) },
    { name: `top/${"long/".repeat(30)}name`, mode: 0o644, content: Buffer.from("deep") },
  ];
  entries.sort(() => Math.random() - 0.5);
  const options = { epoch: 1_700_000_001 };
  const { sha256: tar } = await writeTarGz(join(folder, "out.tar.gz"), entries, options);
  const { sha256: zip } = await writeZip(join(folder, "out.zip"), entries, options);
  process.stdout.write(JSON.stringify({ tar, zip, zone: new Date(0).getHours() }));
}

/** Replaces a folder and a file and unpacks an archive, over and over, until it is killed. */
async function replaceForever(): Promise<void> {
  const archive = join(folder, "source.zip");
  for (let version = 1; ; version++) {
    await cleanStale(folder);
    const files = Array.from({ length: 8 }, (_, index) => `file-${index}`);
    const staged = await stageBeside(join(folder, "final"));
    await mkdir(join(staged, "sub"));
    for (const name of files) await writeFile(join(staged, "sub", name), `${version}`);
    await replaceFolder(staged, join(folder, "final"));
    await writeFileAtomic(join(folder, "file"), `${version} `.repeat(20_000));
    await writeZip(
      archive,
      files.map((name) => ({
        name: `sub/${name}`,
        mode: 0o644,
        content: Buffer.from(`${version}`),
      })),
      { epoch: 0 },
    );
    await extractArchive(archive, join(folder, `unpacked-${process.pid}${version}`));
    process.stdout.write(`${version}\n`);
  }
}

/** Half-way through the work, until it is told to stop. */
async function stageForever(): Promise<void> {
  await withStaged(join(folder, "release"), async (staged) => {
    await writeFile(join(staged, "file"), "half");
    process.stdout.write("staged\n");
    await new Promise((done) => setTimeout(done, 60_000));
  });
}
