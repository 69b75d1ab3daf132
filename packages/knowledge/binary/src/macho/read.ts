import type { Architecture, Facts, MachoSlice } from "@multiarch/contracts";
import { emptyFacts } from "../empty-facts.ts";
import type { Reader } from "../reader.ts";
import { type LoadCommands, readLoadCommands } from "./commands.ts";

const fatMagic = 0xcafebabe;
const fatMagicWide = 0xcafebabf;
const cpuArm64 = 0x0100000c;
/** The most that `sniff` takes for a fat file; real ones have up to five. */
const mostSlices = 44;

/** The magic as little-endian bytes give it: swapped, it belongs to a big-endian file. */
const thinMagics: ReadonlyMap<number, readonly [bits: 32 | 64, little: boolean]> = new Map([
  [0xfeedface, [32, true]],
  [0xfeedfacf, [64, true]],
  [0xcefaedfe, [32, false]],
  [0xcffaedfe, [64, false]],
]);

const cpuTypes: ReadonlyMap<number, Architecture> = new Map([
  [7, "ia32"],
  [0x01000007, "x64"],
  [12, "arm"],
  [cpuArm64, "arm64"],
  [0x01000012, "ppc64"],
]);

/** filetype of the Mach-O header; 10 is a `.dSYM` companion, which is no program though it carries a program's header. */
const fileTypes: Readonly<Record<number, Facts["type"]>> = {
  1: "object",
  2: "executable",
  5: "executable",
  6: "library",
  8: "library",
  9: "library",
  10: "object",
  11: "library",
};

interface ReadSlice {
  readonly facts: MachoSlice;
  readonly type: Facts["type"];
  readonly bits: 32 | 64;
  readonly little: boolean;
  readonly commands: LoadCommands;
}

/**
 * Thin and fat Mach-O (layouts: Apple's mach-o/loader.h and mach-o/fat.h). Slices of processors outside our vocabulary
 * (32-bit PowerPC, arm64_32) are left out of a fat file's facts.
 */
export async function readMacho(file: Reader): Promise<Facts> {
  const magic = (await file.fields(0, 4, "the Mach-O header", false)).u32(0);
  const fat = magic === fatMagic || magic === fatMagicWide;
  const slices = fat ? await readFat(file, magic === fatMagicWide) : await readThin(file);
  const [first] = slices;
  if (first === undefined) file.refuse("a Mach-O file for processors that are none of our targets");
  const alone = slices.length === 1 && !fat;
  return {
    ...emptyFacts("macho"),
    os: osOf(first.facts.platform),
    arch: alone ? first.facts.arch : null,
    armVersion: alone && first.facts.arch === "arm" ? 7 : null,
    bits: alone ? first.bits : null,
    endian: alone ? (first.little ? "little" : "big") : null,
    type: first.type,
    interp: first.commands.interpreter,
    needed: unique(slices.flatMap(({ facts }) => facts.needed)),
    rpath: unique(slices.flatMap(({ commands }) => commands.rpath)),
    soname: first.commands.soname,
    slices: slices.map(({ facts }) => facts),
    minos: alone ? first.facts.minos : null,
    signed: slices.every(({ facts }) => facts.signed),
  };
}

async function readFat(file: Reader, wide: boolean): Promise<ReadSlice[]> {
  // The table is big-endian on every processor.
  const count = (await file.fields(0, 8, "the fat header", false)).u32(4);
  if (count === 0 || count > mostSlices) file.fail(`the fat header counts ${count} slices`);
  const length = wide ? 32 : 20;
  const slices: ReadSlice[] = [];
  for (let index = 0; index < count; index++) {
    const entry = await file.fields(8 + index * length, length, "the fat header", false);
    const part = file.part(
      wide ? entry.u64(8) : entry.u32(8),
      wide ? entry.u64(16) : entry.u32(12),
      `slice ${index + 1} of the fat file`,
    );
    slices.push(...(await readThin(part, entry.u32(0))));
  }
  return slices;
}

/**
 * One slice, or none when its processor is outside our vocabulary.
 * @param listed its processor in the table of a fat file, by which systems choose
 */
async function readThin(file: Reader, listed?: number): Promise<ReadSlice[]> {
  const start = await file.fields(0, 8, "the Mach-O header", true);
  const [bits, little] = thinMagics.get(start.u32(0)) ?? [];
  if (bits === undefined || little === undefined) {
    const archive = file.decode(start.textBytes(0, 7)) === "!<arch>";
    if (archive) file.refuse("a fat archive of static libraries");
    file.fail("a slice of the fat file is no Mach-O file");
  }
  const header = await file.fields(0, 28, "the Mach-O header", little);
  if (listed !== undefined && header.u32(4) !== listed) {
    file.fail("the fat header and its slice name different processors");
  }
  const arch = cpuTypes.get(header.u32(4));
  if (arch === undefined) return [];
  const commands = await readLoadCommands(file, {
    little,
    start: bits === 64 ? 32 : 28,
    count: header.u32(16),
    size: header.u32(20),
  });
  const { minos, sdk, platform, signed, needed } = commands;
  const type = fileTypes[header.u32(12)] ?? null;
  return [{ facts: { arch, minos, sdk, platform, signed, needed }, type, bits, little, commands }];
}

function osOf(platform: string | null): Facts["os"] {
  if (platform === null || platform === "macos" || platform === "maccatalyst") return "darwin";
  return platform === "ios" || platform === "iossimulator" ? "ios" : null;
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
