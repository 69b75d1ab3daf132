import type { Facts } from "@multiarch/contracts";
import type { Reader } from "../reader.ts";
import { type ElfHeader, segmentType } from "./header.ts";

/** What the notes of a file say about the system and the processor it was made for. */
export interface Notes {
  os: Facts["os"];
  cpuLevel: Facts["cpuLevel"];
}

const propertySegment = 0x6474e553;
const propertyNote = 5;
const isaNeeded = 0xc0008002;
const largestProperty = 4096;
const mostNotes = 1024;

/** Names that systems put into a note of every program of theirs. */
const systems: Readonly<Record<string, Facts["os"]>> = {
  Android: "android",
  FreeBSD: "freebsd",
  NetBSD: "netbsd",
  OpenBSD: "openbsd",
  OHOS: "openharmony",
};

/**
 * All notes, through the program headers. A note that does not fit its segment ends the walk without an error, as it does
 * in the kernels that read notes: nothing that runs depends on the rest.
 */
export async function readNotes(file: Reader, header: ElfHeader): Promise<Notes> {
  const found: Notes = { os: null, cpuLevel: null };
  let seen = 0;
  for (const segment of header.segments) {
    if (segment.type !== segmentType.note && segment.type !== propertySegment) continue;
    const align = segment.align === 8 ? 8 : 4;
    const end = Math.min(segment.offset + segment.fileSize, file.size);
    let offset = segment.offset;
    while (offset + 12 <= end && seen++ < mostNotes) {
      const fields = await file.fields(offset, 12, "a note", header.little);
      const nameSize = fields.u32(0);
      const content = offset + roundUp(12 + nameSize, align);
      const contentSize = fields.u32(4);
      const name = nameSize <= 16 ? await noteName(file, offset + 12, nameSize) : "";
      // Before the size is judged: OpenHarmony's own note is written without padding and ends too early.
      found.os ??= systems[name] ?? null;
      if (content + contentSize > end) break;
      if (name === "GNU" && fields.u32(8) === propertyNote) {
        found.cpuLevel ??= await cpuLevelIn(file, header, content, contentSize);
      }
      offset = content + roundUp(contentSize, align);
    }
  }
  return found;
}

async function noteName(file: Reader, offset: number, size: number): Promise<string> {
  const bytes = await file.bytes(offset, size);
  return String.fromCharCode(...bytes).replace(/\0+$/, "");
}

/** GNU_PROPERTY_X86_ISA_1_NEEDED: bit 0 is the baseline, bits 1 to 3 are v2 to v4 (x86-64 psABI, "Program property"). */
async function cpuLevelIn(
  file: Reader,
  header: ElfHeader,
  start: number,
  size: number,
): Promise<Facts["cpuLevel"]> {
  if (header.arch !== "x64" || size > largestProperty) return null;
  const fields = await file.fields(start, size, "a program property", header.little);
  let offset = 0;
  while (offset + 8 <= size) {
    const length = fields.u32(offset + 4);
    if (fields.u32(offset) === isaNeeded && length >= 4 && offset + 12 <= size) {
      const level = 32 - Math.clz32(fields.u32(offset + 8) & 0b1111);
      return (["x86-64-v1", "x86-64-v2", "x86-64-v3", "x86-64-v4"] as const)[level - 1] ?? null;
    }
    offset += 8 + roundUp(length, 8);
  }
  return null;
}

function roundUp(value: number, align: number): number {
  return Math.ceil(value / align) * align;
}
