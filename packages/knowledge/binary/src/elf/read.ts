import type { Facts } from "@multiarch/contracts";
import { compareDotted } from "../dotted.ts";
import { emptyFacts } from "../empty-facts.ts";
import type { Reader } from "../reader.ts";
import { readArm } from "./arm.ts";
import { type DynamicTable, readDynamic } from "./dynamic.ts";
import { readGoSettings } from "./go.ts";
import { type ElfHeader, elfType, readElfHeader, segmentType } from "./header.ts";
import { readNotes } from "./notes.ts";
import { readSections } from "./sections.ts";
import { systemOf } from "./system.ts";
import { readVersionNeeds } from "./versions.ts";

/** glibc reads DT_RELR from this version on, and refuses to load the file before. */
const relrVersion = "2.36";

/** @throws UserError MA601 for a core dump, MA602 for a file that ends too early or contradicts itself */
export async function readElf(file: Reader): Promise<Facts> {
  const header = await readElfHeader(file);
  if (header.type === elfType.core) file.refuse("a core dump");
  expectSegments(file, header);
  const interpreter = await readInterpreter(file, header);
  const dynamic = await readDynamic(file, header);
  const versions = dynamic === null ? null : await readVersionNeeds(file, header.little, dynamic);
  const notes = await readNotes(file, header);
  const sections = await readSections(file, header);
  const needed = dynamic?.needed ?? [];
  const system = systemOf({
    osabi: header.osabi,
    noteOs: notes.os,
    interpreter,
    needed,
    glibc: versions?.glibc != null,
    bionic: versions?.bionic ?? false,
  });
  const type = typeOf(header, interpreter, dynamic);
  const go =
    sections.goBuildInfo === null ? null : await readGoSettings(file, sections.goBuildInfo);
  const arm =
    header.arch === "arm"
      ? await readArm(file, header.flags, sections.armAttributes, interpreter)
      : null;

  return {
    ...emptyFacts("elf"),
    os: system.os,
    arch: header.arch,
    armVersion: arm === null ? null : (arm.armVersion ?? go?.armVersion ?? null),
    float: arm?.float ?? null,
    bits: header.bits,
    endian: header.little ? "little" : "big",
    type,
    libc: system.libc,
    static: type === "object" || type === null ? null : isStatic(type, header, needed),
    glibcMin: glibcMinimum(system.libc, versions?.glibc ?? null, dynamic?.relr ?? false),
    glibcxxMin: versions?.glibcxx ?? null,
    cxxabiMin: versions?.cxxabi ?? null,
    interp: interpreter,
    needed,
    rpath: dynamic?.rpath ?? [],
    soname: dynamic?.soname ?? null,
    stripped: sections.stripped,
    cpuLevel: header.arch === "x64" ? (notes.cpuLevel ?? go?.cpuLevel ?? null) : null,
  };
}

/** A segment that is not all there is the usual sign of an upload or download that was cut off. */
function expectSegments(file: Reader, header: ElfHeader): void {
  for (const { type, offset, fileSize } of header.segments) {
    if (type === segmentType.load && fileSize > 0) {
      file.expectRange(offset, fileSize, "a part that is loaded into memory");
    }
  }
}

/** PT_INTERP. In files of debug information only it points at garbage: a path starts with `/`. */
async function readInterpreter(file: Reader, header: ElfHeader): Promise<string | null> {
  const segment = header.segments.find(({ type }) => type === segmentType.interpreter);
  if (segment === undefined || segment.fileSize === 0) return null;
  const first = await file.bytes(segment.offset, 1);
  if (first[0] !== 0x2f) return null;
  return file.text(segment.offset, segment.offset + segment.fileSize, "the interpreter's path");
}

/**
 * ET_DYN is both a library and a position-independent program. An interpreter alone does not make a program (some
 * libraries can be started to print their version), nor does an entry point (older linkers give libraries one).
 */
function typeOf(
  header: ElfHeader,
  interpreter: string | null,
  dynamic: DynamicTable | null,
): Facts["type"] {
  if (header.type === elfType.relocatable) return "object";
  if (header.type === elfType.executable) return "executable";
  if (header.type !== elfType.shared) return null;
  if (dynamic?.program === true) return "executable";
  const named = dynamic?.soname != null;
  if (interpreter !== null) return named ? "library" : "executable";
  const alone = !named && (dynamic?.needed.length ?? 0) === 0;
  return alone && header.hasEntry ? "executable" : "library";
}

/** What has a place for an interpreter asks for one, even where (in debug information) its path was not kept. */
function isStatic(type: Facts["type"], header: ElfHeader, needed: string[]): boolean {
  const asks = header.segments.some((segment) => segment.type === segmentType.interpreter);
  return type === "executable" && !asks && needed.length === 0;
}

function glibcMinimum(libc: Facts["libc"], asked: string | null, relr: boolean): string | null {
  if (!relr || libc !== "glibc") return asked;
  return asked === null || compareDotted(asked, relrVersion) < 0 ? relrVersion : asked;
}
