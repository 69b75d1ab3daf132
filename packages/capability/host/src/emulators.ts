import { delimiter, isAbsolute } from "node:path";
import { findExecutable } from "@multiarch/process";
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

/**
 * The user emulators on `PATH`. The name with `-static` comes first: Debian gives it to the one without libraries. The
 * folders are listed once, because asking each for two dozen names that are not there takes milliseconds.
 */
export async function findEmulators(
  { platform }: Probes,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  if (platform !== "linux") return found;
  const present = new Set<string>();
  for (const folder of (env.PATH ?? "").split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    for (const name of namesIn("", folder)) if (name.startsWith("qemu-")) present.add(name);
  }
  for (const word of words) {
    for (const name of [`qemu-${word}-static`, `qemu-${word}`]) {
      if (found[word] !== undefined || !present.has(name)) continue;
      const path = await findExecutable(name, env);
      if (path !== null) found[word] = path;
    }
  }
  return found;
}

const registry = "proc/sys/fs/binfmt_misc";

/** The processors whose programs the kernel hands to an emulator by itself, whoever registered it. Sorted. */
export function findRegistered({ platform, root }: Probes): string[] {
  if (platform !== "linux") return [];
  const found = new Set<string>();
  for (const name of namesIn(root, registry)) {
    const word = /^(?:qemu|multiarch)-(.+)$/.exec(name)?.[1];
    if (word === undefined || !words.includes(word) || found.has(word)) continue;
    const entry = readStart(root, `${registry}/${name}`);
    if (entry !== null && /^enabled$/m.test(entry)) found.add(word);
  }
  if (found.size > 0 && readStart(root, `${registry}/status`)?.trim() !== "enabled") {
    return [];
  }
  return [...found].sort();
}
