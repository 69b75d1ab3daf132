import type { Facts } from "@multiarch/contracts";
import type { Reader } from "../reader.ts";
import type { Section } from "./sections.ts";

type ArmFacts = Pick<Facts, "armVersion" | "float">;

const flagSoft = 0x200;
const flagHard = 0x400;
const largestAttributes = 4096;
const attribute = { architecture: 6, compatibility: 32, floatArguments: 28 } as const;

/**
 * Version and float ABI of a 32-bit ARM file: e_flags, then the build attributes, then the loader's name.
 * "Addenda to, and Errata in, the ABI for the Arm Architecture", build attributes; ELF for the Arm Architecture, e_flags.
 */
export async function readArm(
  file: Reader,
  flags: number,
  attributes: Section | null,
  interpreter: string | null,
): Promise<ArmFacts> {
  const found = attributes === null ? new Map() : await readAttributes(file, attributes);
  const architecture = found.get(attribute.architecture);
  return {
    armVersion: architecture === undefined ? null : versionOf(architecture),
    float: floatOf(flags, found.get(attribute.floatArguments), interpreter),
  };
}

function floatOf(
  flags: number,
  floatArguments: number | undefined,
  interpreter: string | null,
): ArmFacts["float"] {
  if ((flags & flagHard) !== 0) return "hard";
  if ((flags & flagSoft) !== 0) return "soft";
  // 0 is "by the base standard" (soft) and 1 "in VFP registers"; others fit both.
  if (floatArguments === 1) return "hard";
  if (interpreter === null) return null;
  if (/\/ld-(?:linux|musl)-armhf\.so\./.test(interpreter)) return "hard";
  return /\/(?:ld-linux\.so\.3|ld-musl-arm\.so\.1)$/.test(interpreter) ? "soft" : null;
}

/** Tag_CPU_arch: 1 to 5 are v4 to v5TEJ, 6 to 9 v6, 10 v7, 11 and 12 v6-M, from 13 on v7E-M and v8. */
function versionOf(architecture: number): ArmFacts["armVersion"] {
  if (architecture === 0) return null;
  if (architecture <= 5) return 5;
  if (architecture <= 9 || architecture === 11 || architecture === 12) return 6;
  return 7;
}

/** Numbers of the public attributes that hold for the whole file. What cannot be read is left out: no loader reads it. */
async function readAttributes(file: Reader, section: Section): Promise<Map<number, number>> {
  const bytes = await file.bytes(section.offset, Math.min(section.size, largestAttributes));
  const found = new Map<number, number>();
  if (bytes[0] !== 0x41) return found;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let offset = 1;
  while (offset + 4 <= bytes.length) {
    const size = view.getUint32(offset, true);
    if (size < 4) break;
    const end = Math.min(offset + size, bytes.length);
    const vendorEnd = bytes.indexOf(0, offset + 4);
    if (vendorEnd < 0 || vendorEnd >= end) break;
    const vendor = String.fromCharCode(...bytes.subarray(offset + 4, vendorEnd));
    if (vendor === "aeabi") readPublic(bytes, vendorEnd + 1, end, found);
    offset = end;
  }
  return found;
}

function readPublic(bytes: Uint8Array, start: number, end: number, found: Map<number, number>) {
  // A group of the whole file is tag 1 and a length of 4 bytes; the attributes follow.
  if (bytes[start] !== 1) return;
  let offset = start + 5;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; shift < 28 && offset < end; shift += 7) {
      const byte = bytes[offset++] ?? 0;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    return value;
  };
  const skipText = (): void => {
    const zero = bytes.indexOf(0, offset);
    offset = zero < 0 ? end : zero + 1;
  };
  while (offset < end) {
    const tag = number();
    if (tag === attribute.compatibility) {
      number();
      skipText();
    } else if (tag === 4 || tag === 5 || (tag > 32 && tag % 2 === 1)) {
      skipText();
    } else {
      found.set(tag, number());
    }
  }
}
