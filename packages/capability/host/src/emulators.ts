import { rows } from "@multiarch/targets";
import { namesIn, readStart } from "./files.ts";
import type { Probes } from "./types.ts";

/** QEMU's words for the processors of our targets, `aarch64`. */
const words: readonly string[] = [
  ...new Set(rows.flatMap(({ qemu }) => (qemu === null ? [] : [emulatorWord(qemu)]))),
];

/** `aarch64` of `qemu-aarch64`. */
export function emulatorWord(qemu: string): string {
  return qemu.replace(/^qemu-/, "");
}

/** The user emulators on `PATH`. The name with `-static` is tried first: Debian gives it to the one without libraries. */
export async function findEmulators(
  probes: Probes,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  if (probes.platform !== "linux") return found;
  for (const word of words) {
    const path =
      (await probes.findExecutable(`qemu-${word}-static`, env)) ??
      (await probes.findExecutable(`qemu-${word}`, env));
    if (path !== null) found[word] = path;
  }
  return found;
}

const registry = "proc/sys/fs/binfmt_misc";

/** The processors whose programs the kernel hands to an emulator by itself, whoever registered it. Sorted. */
export async function findRegistered({ platform, root }: Probes): Promise<string[]> {
  if (platform !== "linux") return [];
  const found = new Set<string>();
  for (const name of await namesIn(root, registry)) {
    const word = /^(?:qemu|multiarch)-(.+)$/.exec(name)?.[1];
    if (word === undefined || !words.includes(word) || found.has(word)) continue;
    const entry = await readStart(root, `${registry}/${name}`);
    if (entry !== null && /^enabled$/m.test(entry)) found.add(word);
  }
  if (found.size > 0 && (await readStart(root, `${registry}/status`))?.trim() !== "enabled") {
    return [];
  }
  return [...found].sort();
}
