import { InternalError } from "@multiarch/diagnostics";
import type { Guest } from "./types.ts";

/** An entry of the kernel's table, as its file shows it. */
export interface Entry {
  readonly enabled: boolean;
  readonly interpreter: string;
  /** In the kernel's order: `POCF`. */
  readonly flags: string;
  /** Hex. */
  readonly magic: string;
  readonly mask: string;
}

/** Reads the file of an entry; null for what is no entry by magic (one by file extension, `status`). */
export function parseEntry(text: string): Entry | null {
  const lines = text.split("\n");
  const value = (key: string): string | undefined =>
    lines.find((line) => line.startsWith(`${key} `))?.slice(key.length + 1);
  const interpreter = value("interpreter");
  const magic = value("magic");
  if (interpreter === undefined || magic === undefined) return null;
  return {
    enabled: lines[0] === "enabled",
    interpreter,
    flags: value("flags:") ?? "",
    magic,
    mask: value("mask") ?? "",
  };
}

/**
 * The flags of an entry. F opens the emulator now, so that it is found in containers and after it was unlinked. C runs programs with
 * their own credentials, without which sudo in an emulated container fails. P keeps the program's own name for itself (argv[0]): the
 * kernel tells the emulator of it since 5.12 (AT_FLAGS), and QEMU listens since 6.0; without either the name would be lost.
 */
export function flagsFor(kernel: string, version: string): string {
  const tells = atLeast(kernel, 5, 12) && atLeast(version, 6, 0);
  return tells ? "FCP" : "FC";
}

/** What the kernel shows for the flags of a registration: its own order, and C implies O. */
export function shownFlags(flags: string): string {
  const all = flags.includes("C") ? `${flags}O` : flags;
  return ["P", "O", "C", "F"].filter((flag) => all.includes(flag)).join("");
}

function atLeast(version: string, major: number, minor: number): boolean {
  const [first = 0, second = 0] = version.split(".").map((part) => Number.parseInt(part, 10));
  return first > major || (first === major && second >= minor);
}

/** The kernel takes no longer line (MAX_REGISTER_LENGTH). */
const longestLine = 1920;

/**
 * The line that registers an emulator (Documentation/admin-guide/binfmt-misc.rst of Linux). The first character separates the
 * fields; the path cannot be escaped, so it is one that the path does not contain.
 */
export function registrationLine(guest: Guest, interpreter: string, flags: string): string {
  const separator = [":", "|", ",", ";", "!"].find((one) => !interpreter.includes(one));
  if (separator === undefined || /[\n\0]/.test(interpreter)) {
    throw new InternalError(`${JSON.stringify(interpreter)} cannot be registered`);
  }
  const fields = [guest.entry, "M", "0", escaped(guest.magic), escaped(guest.mask), interpreter];
  const line = `${separator}${fields.join(separator)}${separator}${flags}`;
  if (Buffer.byteLength(line) > longestLine) {
    throw new InternalError(`${interpreter} is too long to be registered`);
  }
  return line;
}

function escaped(hex: string): string {
  return hex.replaceAll(/../g, "\\x$&");
}

/** Whether an entry is what we registered, enabled or not: nothing else is ever removed. */
export function isOurs(entry: Entry, recorded: Omit<Entry, "enabled">): boolean {
  return (
    entry.interpreter === recorded.interpreter &&
    entry.flags === recorded.flags &&
    entry.magic === recorded.magic &&
    entry.mask === recorded.mask
  );
}
