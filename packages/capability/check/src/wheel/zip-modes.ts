import type { ZipEntryAccount } from "@multiarch/contents";

const typeMask = 0o170000;
const regularFile = 0o100000;
const symbolicLink = 0o120000;
const executableBits = 0o111;
const creatorUnix = 3;

/** The upper half of the attributes is a Unix mode only where the archive was made on Unix. */
export function isLink({ creator, externalAttributes }: ZipEntryAccount): boolean {
  return creator === creatorUnix && ((externalAttributes >>> 16) & typeMask) === symbolicLink;
}

/** pip's condition: it looks at these bits whatever system the archive says that it was made on. */
export function installsExecutable({ externalAttributes }: ZipEntryAccount): boolean {
  const mode = externalAttributes >>> 16;
  return (mode & typeMask) === regularFile && (mode & executableBits) !== 0;
}

/** File type and permissions, for people. */
export function modeOf({ externalAttributes }: ZipEntryAccount): string {
  return `mode 0${(externalAttributes >>> 16).toString(8)}`;
}
