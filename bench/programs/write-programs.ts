import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { rows } from "@multiarch/targets";
import { ownProgram, programFor } from "./program-for.ts";

// Writes a program for every target, at `FOLDER/<target>/tool`, each filled up to SIZE bytes: `FOLDER SIZE`. The file
// `FOLDER/own` runs on this machine.
const [folder = "", size = "0"] = process.argv.slice(2);
const wanted = Number(size);

/**
 * Bytes that compress about as machine code does: words of a small stock, and now and then anything. The
 * seed makes one target's bytes differ from another's, so that nothing is recognised as the same file.
 */
function filler(length: number, seed: number): Buffer {
  let state = (seed * 2_654_435_761 + 1) >>> 0;
  const random = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  const words = Array.from({ length: 512 }, () => random());
  const bytes = Buffer.alloc(length);
  for (let at = 0; at + 8 <= length; at += 8) {
    bytes.writeUInt32LE(words[random() % words.length] ?? 0, at);
    bytes.writeUInt32LE(random() % 6 === 0 ? random() : (words[random() % 64] ?? 0), at + 4);
  }
  return bytes;
}

async function write(path: string, program: Uint8Array, seed: number): Promise<void> {
  await mkdir(join(path, ".."), { recursive: true });
  const file = await open(path, "w", 0o755);
  try {
    await file.write(program);
    for (let left = wanted - program.length; left > 0; left -= 1 << 20) {
      await file.write(filler(Math.min(left, 1 << 20), seed + left));
    }
  } finally {
    await file.close();
  }
}

await write(join(folder, "own"), ownProgram(), 0);
const seeds = new Map<string, number>();
for (const { id, os } of rows) {
  const program = programFor(id, wanted);
  // Equal programs stay equal files: they serve both targets.
  const text = Buffer.from(program).toString("latin1");
  const seed = seeds.get(text) ?? seeds.size * 1_000_003 + 1;
  seeds.set(text, seed);
  const ending = os === "windows" ? ".exe" : "";
  await write(join(folder, id, `tool${ending}`), program, seed);
}
