import type { Facts } from "@multiarch/contracts";
import type { Reader } from "../reader.ts";
import type { Section } from "./sections.ts";

type GoFacts = Pick<Facts, "armVersion" | "float" | "cpuLevel">;

const magic = "\xff Go buildinf:";
const inlineStrings = 2;
const headerLength = 32;
/** Build settings come last, after the list of modules. */
const settingsLength = 8192;

/**
 * What a Go program says of the processor it was compiled for: GOARM and GOAMD64 among its build settings. Go writes no
 * ARM attributes and no program property, so nothing else in the file tells. Layout: Go's package debug/buildinfo,
 * since 1.18 (two texts, each after its length as a varint, behind a header of 32 bytes).
 */
export async function readGoSettings(file: Reader, section: Section): Promise<GoFacts> {
  const nothing: GoFacts = { armVersion: null, float: null, cpuLevel: null };
  const head = await file.bytes(section.offset, Math.min(section.size, headerLength));
  const known = head.length === headerLength && String.fromCharCode(...head).startsWith(magic);
  if (!known || ((head[15] ?? 0) & inlineStrings) === 0) return nothing;
  const version = await textAt(file, section.offset + headerLength);
  const modules = version === null ? null : await textAt(file, version.end);
  if (modules === null || modules.end > section.offset + section.size) return nothing;
  const length = Math.min(settingsLength, modules.end - modules.start);
  const settings = String.fromCharCode(...(await file.bytes(modules.end - length, length)));

  const arm = /^build\tGOARM=([567])(?:,(hardfloat|softfloat))?$/m.exec(settings);
  const level = /^build\tGOAMD64=v([1-4])$/m.exec(settings)?.[1];
  return {
    armVersion: arm === null ? null : (Number(arm[1]) as 5 | 6 | 7),
    // Go's own calls are the same in both; only the instructions differ, so this is no ABI and stays unknown.
    float: null,
    cpuLevel: level === undefined ? null : (`x86-64-v${level}` as Facts["cpuLevel"]),
  };
}

async function textAt(
  file: Reader,
  offset: number,
): Promise<{ start: number; end: number } | null> {
  const bytes = await file.bytes(offset, 5);
  let length = 0;
  for (const [index, byte] of bytes.entries()) {
    length += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) {
      const start = offset + index + 1;
      return start + length <= file.size ? { start, end: start + length } : null;
    }
  }
  return null;
}
