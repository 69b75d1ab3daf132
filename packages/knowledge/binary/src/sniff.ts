export type FileFormat =
  | "elf"
  | "macho"
  | "pe"
  | "wasm"
  | "ar"
  | "deb"
  | "gzip"
  | "zip"
  | "script"
  | "unknown";

/**
 * What a file looks like from its first bytes; 72 are enough for every answer. Says nothing about whether the rest is
 * sound. A Java class shares the magic of a fat Mach-O file and is `unknown`: where the class has its version (45 or
 * more), the fat file has its number of slices.
 */
export function sniff(firstBytes: Uint8Array): FileFormat {
  const starts = (...bytes: number[]): boolean =>
    bytes.every((byte, index) => firstBytes[index] === byte);
  if (starts(0x7f, 0x45, 0x4c, 0x46)) return "elf";
  if (starts(0xce, 0xfa, 0xed, 0xfe) || starts(0xcf, 0xfa, 0xed, 0xfe)) return "macho";
  if (starts(0xfe, 0xed, 0xfa, 0xce) || starts(0xfe, 0xed, 0xfa, 0xcf)) return "macho";
  if (starts(0xca, 0xfe, 0xba, 0xbe) || starts(0xca, 0xfe, 0xba, 0xbf)) {
    return starts(0xca, 0xfe, 0xba, firstBytes[3] ?? 0, 0, 0, 0) && (firstBytes[7] ?? 255) < 45
      ? "macho"
      : "unknown";
  }
  if (starts(0x4d, 0x5a)) return "pe";
  if (starts(0x00, 0x61, 0x73, 0x6d)) return "wasm";
  if (ascii(firstBytes, 0, 8) === "!<arch>\n" || ascii(firstBytes, 0, 8) === "!<thin>\n") {
    // Debian demands that this member comes first, under this name.
    return ascii(firstBytes, 8, 13) === "debian-binary" ? "deb" : "ar";
  }
  if (starts(0x1f, 0x8b)) return "gzip";
  if (starts(0x50, 0x4b, 0x03, 0x04) || starts(0x50, 0x4b, 0x05, 0x06)) return "zip";
  if (starts(0x23, 0x21)) return "script";
  return "unknown";
}

/** A phrase for people about a file that is no program for a machine. */
export function describeForeign(format: FileFormat, firstBytes: Uint8Array): string {
  if (firstBytes.length === 0) return "an empty file";
  const named: Partial<Record<FileFormat, string>> = {
    ar: "an ar archive (a static library)",
    deb: "a Debian package",
    gzip: "a gzip file (perhaps a .tar.gz archive)",
    zip: "a zip archive",
    script: "a script",
  };
  const other = named[format];
  if (other !== undefined) return other;
  for (const [bytes, phrase] of magics) {
    if (bytes.every((byte, index) => firstBytes[index] === byte)) return phrase;
  }
  return looksLikeText(firstBytes) ? "text" : "data of an unknown format";
}

const magics: readonly (readonly [readonly number[], string])[] = [
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], "an xz file"],
  [[0x42, 0x5a, 0x68], "a bzip2 file"],
  [[0x28, 0xb5, 0x2f, 0xfd], "a zstd file"],
  [[0xca, 0xfe, 0xba, 0xbe], "a Java class"],
  [[0x42, 0x43, 0xc0, 0xde], "LLVM bitcode"],
  [[0x01, 0xdf], "an XCOFF program (AIX)"],
  [[0x01, 0xf7], "an XCOFF program (AIX)"],
  [[0xed, 0xab, 0xee, 0xdb], "an RPM package"],
];

function looksLikeText(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
}

function ascii(bytes: Uint8Array, offset: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + length));
}
