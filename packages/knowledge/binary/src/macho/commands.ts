import type { Fields } from "../fields.ts";
import type { Reader } from "../reader.ts";

/** What the load commands of one slice say. */
export interface LoadCommands {
  minos: string | null;
  sdk: string | null;
  platform: string | null;
  signed: boolean;
  readonly needed: string[];
  readonly rpath: string[];
  soname: string | null;
  interpreter: string | null;
}

export interface CommandTable {
  readonly little: boolean;
  readonly start: number;
  readonly count: number;
  readonly size: number;
}

/** The system reads paths of up to 1024 bytes. */
const largestCommand = 8192;
const segmentLength = 72;
/** A program links a few dozen libraries; names of more are a lie. */
const mostNames = 4096;

const command = {
  segment: 0x1,
  loadLibrary: 0xc,
  ownName: 0xd,
  loader: 0xe,
  segment64: 0x19,
  signature: 0x1d,
  lazyLibrary: 0x20,
  minimumMacos: 0x24,
  minimumIos: 0x25,
  minimumTvos: 0x2f,
  minimumWatchos: 0x30,
  buildVersion: 0x32,
  weakLibrary: 0x80000018,
  rpath: 0x8000001c,
  reexportedLibrary: 0x8000001f,
  upwardLibrary: 0x80000023,
} as const;

const libraryCommands = new Set<number>([
  command.loadLibrary,
  command.lazyLibrary,
  command.weakLibrary,
  command.reexportedLibrary,
  command.upwardLibrary,
]);

const minimumCommands: Readonly<Record<number, string>> = {
  [command.minimumMacos]: "macos",
  [command.minimumIos]: "ios",
  [command.minimumTvos]: "tvos",
  [command.minimumWatchos]: "watchos",
};

/** PLATFORM_* of mach-o/loader.h. */
const platforms: Readonly<Record<number, string>> = {
  1: "macos",
  2: "ios",
  3: "tvos",
  4: "watchos",
  5: "bridgeos",
  6: "maccatalyst",
  7: "iossimulator",
  8: "tvossimulator",
  9: "watchossimulator",
  10: "driverkit",
  11: "visionos",
  12: "visionossimulator",
};

/** @throws UserError MA602 when a command does not fit the table, or a segment does not fit the file */
export async function readLoadCommands(file: Reader, table: CommandTable): Promise<LoadCommands> {
  const found: LoadCommands = {
    minos: null,
    sdk: null,
    platform: null,
    signed: false,
    needed: [],
    rpath: [],
    soname: null,
    interpreter: null,
  };
  file.expectRange(table.start, table.size, "the table of load commands");
  const end = table.start + table.size;
  let offset = table.start;
  for (let index = 0; index < table.count; index++) {
    if (offset + 8 > end) file.fail("the table of load commands ends too early");
    const head = await file.fields(offset, 8, "a load command", table.little);
    const size = head.u32(4);
    if (size < 8 || offset + size > end) file.fail("a load command does not fit its table");
    if (interesting(head.u32(0))) {
      // A segment's sections, which follow its fixed part, tell nothing.
      const segment = head.u32(0) === command.segment || head.u32(0) === command.segment64;
      const length = segment ? Math.min(size, segmentLength) : size;
      if (length > largestCommand) file.fail("a load command is larger than any real one");
      const fields = await file.fields(offset, length, "a load command", table.little);
      take(file, head.u32(0), fields, found);
    }
    offset += size;
  }
  return found;
}

function interesting(kind: number): boolean {
  return (
    libraryCommands.has(kind) ||
    kind in minimumCommands ||
    Object.values<number>(command).includes(kind)
  );
}

function take(file: Reader, kind: number, fields: Fields, found: LoadCommands): void {
  const expectLength = (least: number): void => {
    if (fields.length < least) file.fail("a load command is too short");
  };
  /** The text whose place in the command is given at byte 8. */
  const text = (): string => {
    expectLength(12);
    const start = fields.u32(8);
    if (start < 12 || start > fields.length) file.fail("a name is outside its load command");
    return file.decode(fields.textBytes(start, fields.length - start));
  };
  if (libraryCommands.has(kind)) {
    if (found.needed.length === mostNames) file.fail("the load commands name too many libraries");
    found.needed.push(text());
    return;
  }
  const minimum = minimumCommands[kind];
  if (minimum !== undefined) {
    expectLength(16);
    setVersion(found, minimum, fields.u32(8), fields.u32(12));
    return;
  }
  switch (kind) {
    case command.ownName:
      found.soname = text();
      break;
    case command.loader:
      found.interpreter = text();
      break;
    case command.rpath:
      if (found.rpath.length === mostNames) file.fail("the load commands name too many folders");
      found.rpath.push(text());
      break;
    case command.buildVersion:
      expectLength(24);
      setVersion(found, platforms[fields.u32(8)] ?? "other", fields.u32(12), fields.u32(16));
      break;
    case command.signature:
      expectLength(16);
      file.expectRange(fields.u32(8), fields.u32(12), "the code signature");
      found.signed = fields.u32(12) > 0;
      break;
    case command.segment:
      expectLength(56);
      file.expectRange(fields.u32(32), fields.u32(36), "a segment");
      break;
    case command.segment64:
      expectLength(72);
      file.expectRange(fields.u64(40), fields.u64(48), "a segment");
      break;
    default:
  }
}

/** A file may serve macOS and Mac Catalyst at once and says so twice: what it says of macOS counts. */
function setVersion(found: LoadCommands, platform: string, minos: number, sdk: number): void {
  if (found.platform === "macos") return;
  found.platform = platform;
  found.minos = version(minos);
  found.sdk = sdk === 0 ? null : version(sdk);
}

/** Nibbles X.Y.Z as 16, 8 and 8 bits; the last part is left out when it is zero. */
function version(packed: number): string {
  const patch = packed & 0xff;
  const main = `${packed >>> 16}.${(packed >>> 8) & 0xff}`;
  return patch === 0 ? main : `${main}.${patch}`;
}
