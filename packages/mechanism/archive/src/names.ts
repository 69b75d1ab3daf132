const maximumNameBytes = 255;
const maximumDepth = 32;

/** Devices of Windows: no file can have such a name there, whatever its extension. */
const windowsDevice = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])[ ]*(?:\.|$)/i;

/**
 * Says why a relative file name is not safe, or not the same file, on every system; `null` when it is fine.
 *
 * The rules are those of the strictest system, applied on all of them, so that one archive has one meaning: what passes
 * here can be created on Linux, macOS and Windows and stays inside the folder it is joined to.
 */
export function checkEntryName(name: string): string | null {
  return checkWhole(name) ?? checkParts(name.split("/"));
}

function checkWhole(name: string): string | null {
  if (name === "") return "it is empty";
  if (/\p{Surrogate}/u.test(name)) return "it is not valid Unicode";
  if (/\p{Cc}/u.test(name)) return "it has a control character";
  if (/^(?:\/\/|\\\\)/.test(name)) return "it is a network path";
  if (name.startsWith("/")) return "it is absolute";
  if (/^[a-z]:/i.test(name)) return "it has a drive letter";
  if (name.includes("\\")) return "it has a backslash";
  if (name.includes(":")) return "it has a colon";
  if (/[<>"|?*]/.test(name)) return 'it has one of < > " | ? *';
  if (Buffer.byteLength(name) > maximumNameBytes)
    return `it is over ${maximumNameBytes} bytes long`;
  return null;
}

function checkParts(parts: readonly string[]): string | null {
  if (parts.length > maximumDepth) return `it is more than ${maximumDepth} folders deep`;
  for (const part of parts) {
    if (part === "") return "it has an empty part";
    if (part === ".") return 'it has the part "."';
    if (part === "..") return 'it has the part ".."';
    if (/[. ]$/.test(part)) return "a part of it ends in a dot or a space";
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
