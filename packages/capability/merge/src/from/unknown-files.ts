/** First bytes of what this version does not unpack, though a program may well be inside. */
const unread: readonly (readonly [string, string])[] = [
  ["\xfd7zXZ\0", "an xz archive; unpack it first"],
  ["\x28\xb5\x2f\xfd", "a zstd archive; unpack it first"],
  ["BZh", "a bzip2 archive; unpack it first"],
  ["7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it first"],
  ["!<arch>\ndebian-binary", "a Debian package"],
  ["!<arch>\n", "a static library"],
  ["\xed\xab\xee\xdb", "an RPM package"],
  ["xar!", "a macOS installer"],
  ["\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a Windows installer"],
  ["#!", "a script"],
];

/** What a file is that is neither native nor an archive that can be read. */
export function describeUnknown(head: Uint8Array): string {
  if (head.length === 0) return "an empty file";
  const start = Buffer.from(head).toString("latin1");
  const known = unread.find(([magic]) => start.startsWith(magic));
  if (known !== undefined) return known[1];
  if (start.slice(257, 262) === "ustar")
    return "a tar archive without compression; unpack it first";
  return head.includes(0) ? "data" : "text";
}

/** Whether a file that is passed over may hold a program that somebody misses. */
export function mayHoldProgram(why: string): boolean {
  return why.endsWith("unpack it first");
}
