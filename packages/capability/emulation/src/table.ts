import { closeSync, constants, openSync, readdirSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "@multiarch/diagnostics";
import { type Entry, parseEntry, registrationLine } from "./entry-text.ts";
import { errorCode, readText } from "./files.ts";
import { asRoot, lastWords, type Privilege } from "./privilege.ts";
import type { Guest, Surroundings } from "./types.ts";

/** The kernel's table of interpreters, binfmt_misc. */
export interface Table {
  readonly folder: string;
  /** Null when it is not mounted. */
  identity(): string | null;
  /** Switched on as a whole. */
  enabled(): boolean;
  /** Names of all entries, whoever made them. Sorted. */
  names(): string[];
  entry(name: string): Entry | null;
  /** @throws UserError MA453 */
  mount(): Promise<void>;
  /** Does nothing where somebody uses it. */
  unmount(): Promise<void>;
  /** @throws UserError MA454 with the kernel's reason; MA455 when the name is taken */
  register(guest: Guest, interpreter: string, flags: string): Promise<void>;
  /** Removes one entry. @throws UserError MA454 */
  remove(name: string): Promise<void>;
}

/** What the kernel means by these, at registration. */
const meanings: Readonly<Record<string, string>> = {
  ENOENT: "the emulator is not there",
  EACCES: "the emulator may not be executed, or the registry may not be written",
  EPERM: "the registry may not be written",
  EINVAL: "the kernel does not take such an entry",
  ENOEXEC: "the emulator is no program for this machine",
  ETXTBSY: "the emulator is being written",
};

export function kernelTable(surroundings: Surroundings, privilege: Privilege | null): Table {
  const folder = join(surroundings.proc, "sys/fs/binfmt_misc");
  const command = async (words: readonly [string, ...string[]]): Promise<string | null> => {
    if (privilege === null) return "no privilege";
    const result = await asRoot(privilege, surroundings, words);
    return result.code === 0 ? null : lastWords(result);
  };
  /** One call of write(2) with all of the text: the kernel takes each as a whole. Returns the reason for a refusal. */
  const write = async (name: string, text: string): Promise<string | null> => {
    const path = join(folder, name);
    if (privilege !== "sudo") return writeOnce(path, text);
    const result = await asRoot("sudo", surroundings, ["tee", path], text);
    return result.code === 0 ? null : lastWords(result);
  };
  return {
    folder,
    identity() {
      if (readText(join(folder, "status")) === null) return null;
      return String(statSync(folder).dev);
    },
    enabled: () => readText(join(folder, "status"))?.trim() === "enabled",
    names: () =>
      readdirSync(folder)
        .filter((name) => name !== "register" && name !== "status")
        .sort(),
    entry(name) {
      const text = readText(join(folder, name));
      return text === null ? null : parseEntry(text);
    },
    async mount() {
      const words = ["mount", "-t", "binfmt_misc", "binfmt_misc", folder] as const;
      const first = await command(words);
      if (first === null) return;
      // A module that was not asked for yet; where there are no modules this says so once more.
      await command(["modprobe", "binfmt_misc"]).catch(onlyMissing);
      const second = await command(words);
      if (second === null) return;
      throw new UserError("MA453", {
        what: "binfmt_misc cannot be mounted",
        found: second,
        where: folder,
      });
    },
    async unmount() {
      const why = await command(["umount", folder]);
      if (why !== null) surroundings.log.debug(`${folder} stays mounted: ${why}`);
    },
    async register(guest, interpreter, flags) {
      const why = await write("register", registrationLine(guest, interpreter, flags));
      if (why === null) return;
      throw new UserError(/EEXIST|File exists/.test(why) ? "MA455" : "MA454", {
        what: `the kernel does not register ${guest.entry}`,
        found: why,
        where: `${interpreter} in ${folder}`,
      });
    },
    async remove(name) {
      const why = await write(name, "-1");
      // Somebody was faster; it is gone, which was the aim.
      if (why === null || /ENOENT|No such file/.test(why)) return;
      throw new UserError("MA454", {
        what: `the kernel does not remove ${name}`,
        found: why,
        where: folder,
      });
    },
  };
}

function writeOnce(path: string, text: string): string | null {
  try {
    const handle = openSync(path, constants.O_WRONLY);
    try {
      writeSync(handle, text);
      return null;
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    const code = errorCode(error);
    if (code === null) throw error;
    return meanings[code] === undefined ? code : `${code}: ${meanings[code]}`;
  }
}

function onlyMissing(error: unknown): null {
  if (error instanceof UserError && error.id === "MA380") return null;
  throw error;
}
