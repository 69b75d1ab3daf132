const maximumNameBytes = 255;
const maximumDepth = 32;

/** Devices of Windows: no file can have such a name there, whatever its extension. */
const windowsDevice = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])[ ]*(?:\.|$)/i;

/** What is wrong with a name: how bad it is, and why, for people. */
export interface NameFault {
  readonly reason: "name" | "name-portable" | "name-form";
  readonly text: string;
}

/**
 * Says why a relative file name is not safe, or not the same file, on every system; `null` when it is fine.
 *
 * The rules are those of the strictest system, applied on all of them, so that one archive has one meaning: what passes
 * here can be created on Linux, macOS and Windows and stays inside the folder it is joined to.
 */
export function checkEntryName(name: string): string | null {
  return nameFault(name)?.text ?? null;
}

/** As `checkEntryName`, and how bad it is. Of several faults the worst is told. */
export function nameFault(name: string): NameFault | null {
  const parts = name.split("/");
  const unsafe = checkUnsafe(name, parts);
  if (unsafe !== null) return { reason: "name", text: unsafe };
  const foreign = checkPortable(name, parts);
  if (foreign !== null) return { reason: "name-portable", text: foreign };
  if (parts.includes("")) return { reason: "name-form", text: "it has an empty part" };
  if (parts.includes(".")) return { reason: "name-form", text: 'it has the part "."' };
  return null;
}

/** The name without needless parts; empty for a name of the top folder itself. */
export function plainName(name: string): string {
  const parts = name.split("/").filter((part) => part !== "" && part !== ".");
  return name.startsWith("/") ? name : parts.join("/");
}

function checkUnsafe(name: string, parts: readonly string[]): string | null {
  if (name === "") return "it is empty";
  if (/\p{Surrogate}/u.test(name)) return "it is not valid Unicode";
  if (/\p{Cc}/u.test(name)) return "it has a control character";
  if (/^(?:\/\/|\\\\)/.test(name)) return "it is a network path";
  if (name.startsWith("/")) return "it is absolute";
  if (/^[a-z]:/i.test(name)) return "it has a drive letter";
  if (name.includes("\\")) return "it has a backslash";
  return parts.includes("..") ? 'it has the part ".."' : null;
}

function checkPortable(name: string, parts: readonly string[]): string | null {
  if (name.includes(":")) return "it has a colon";
  if (/[<>"|?*]/.test(name)) return 'it has one of < > " | ? *';
  if (Buffer.byteLength(name) > maximumNameBytes)
    return `it is over ${maximumNameBytes} bytes long`;
  if (parts.length > maximumDepth) return `it is more than ${maximumDepth} folders deep`;
  for (const part of parts) {
    if (part !== "." && /[. ]$/.test(part)) return "a part of it ends in a dot or a space";
    if (windowsDevice.test(part)) return "a part of it is a device on Windows";
  }
  return null;
}

/** Orders names by their UTF-8 bytes, which is the order of code points and not that of JavaScript's `<`. */
export function compareNames(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

/**
 * A name from elsewhere in quotes, fit for a message: nothing in it can begin a line, colour a terminal or turn the
 * writing direction.
 */
export function quoteName(name: string): string {
  const shown = name.length > 120 ? `${name.slice(0, 120)}…` : name;
  return JSON.stringify(shown).replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}
