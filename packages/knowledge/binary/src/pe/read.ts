import type { Architecture, Facts } from "@multiarch/contracts";
import { emptyFacts } from "../empty-facts.ts";
import type { Fields } from "../fields.ts";
import type { Reader } from "../reader.ts";
import { type Image, readImage } from "./image.ts";
import { readImports } from "./imports.ts";

/** Machine numbers of Microsoft's "PE Format" page, and the only kind of optional header that Windows loads with each. */
const machines: ReadonlyMap<number, readonly [Architecture, 32 | 64]> = new Map([
  [0x014c, ["ia32", 32]],
  [0x8664, ["x64", 64]],
  [0xaa64, ["arm64", 64]],
  [0xa641, ["arm64ec", 64]],
  [0x01c4, ["arm", 32]],
  [0x5064, ["riscv64", 64]],
  [0x6264, ["loong64", 64]],
]);

const characteristic = { executableImage: 0x0002, library: 0x2000 } as const;
const directory = { imports: 1, certificates: 4, loadConfiguration: 10 } as const;
/** CHPEMetadataPointer in IMAGE_LOAD_CONFIG_DIRECTORY64. */
const hybridMetadata = { offset: 200, size: 8 } as const;

/** PE images (Windows, and UEFI programs, which have no operating system). */
export async function readPe(file: Reader): Promise<Facts> {
  const image = await readImage(file);
  const library = (image.characteristics & characteristic.library) !== 0;
  const program = (image.characteristics & characteristic.executableImage) !== 0;
  return {
    ...emptyFacts("pe"),
    os: image.subsystem >= 10 && image.subsystem <= 13 ? null : "windows",
    arch: await architectureOf(file, image),
    armVersion: image.machine === 0x01c4 ? 7 : null,
    bits: image.bits,
    endian: "little",
    type: library ? "library" : program ? "executable" : "object",
    needed: await readImports(file, image, image.directories[directory.imports]),
    signed: isSigned(file, image),
  };
}

/** An ARM64EC image calls itself x64; its load configuration points at hybrid metadata, which x64 files lack. */
async function architectureOf(file: Reader, image: Image): Promise<Facts["arch"]> {
  const [arch, bits] = machines.get(image.machine) ?? [null, image.bits];
  if (bits !== image.bits) {
    file.fail(`an image of ${image.bits} bits names a processor of ${bits}`);
  }
  const entry = image.directories[directory.loadConfiguration];
  if (arch !== "x64" || entry === undefined || entry.address === 0) return arch;
  const offset = image.fileOffset(entry.address);
  if (typeof offset !== "number") return arch;
  const end = hybridMetadata.offset + hybridMetadata.size;
  const size: Fields = await file.fields(offset, 4, "the load configuration", true);
  if (size.u32(0) < end) return arch;
  const fields = await file.fields(offset, end, "the load configuration", true);
  return fields.big(hybridMetadata.offset) === 0n ? arch : "arm64ec";
}

/** The only directory that is given as a place in the file: what it names is not loaded into memory. */
function isSigned(file: Reader, image: Image): boolean {
  const entry = image.directories[directory.certificates];
  if (entry === undefined || entry.address === 0 || entry.size === 0) return false;
  file.expectRange(entry.address, entry.size, "the signature");
  return true;
}
