import { highestDotted } from "../dotted.ts";
import type { Reader } from "../reader.ts";
import type { DynamicTable } from "./dynamic.ts";

export interface VersionNeeds {
  readonly glibc: string | null;
  readonly glibcxx: string | null;
  readonly cxxabi: string | null;
  /** bionic calls its only version node so. */
  readonly bionic: boolean;
}

const mostNodes = 16_384;

/**
 * The highest version nodes that the file asks of other libraries (DT_VERNEED; LSB Core, "Symbol Versioning").
 * What it asks of the loader and of libgcc_s is left out: those carry the names of old GLIBC nodes on some
 * architectures and say nothing about the libc. GLIBC_PRIVATE and other names without a number do not count.
 */
export async function readVersionNeeds(
  file: Reader,
  little: boolean,
  dynamic: DynamicTable,
): Promise<VersionNeeds> {
  const glibc = new Set<string>();
  const glibcxx = new Set<string>();
  const cxxabi = new Set<string>();
  let bionic = false;
  for await (const { library, node } of nodes(file, little, dynamic)) {
    if (library === "libc.so" && node === "LIBC") bionic = true;
    if (leftOut.test(library)) continue;
    // The mark that glibc 2.36 and later carries for DT_RELR.
    if (node === "GLIBC_ABI_DT_RELR") glibc.add("2.36");
    const [, family, version] = numbered.exec(node) ?? [];
    if (version === undefined) continue;
    if (family === "GLIBC") glibc.add(version);
    else if (family === "GLIBCXX") glibcxx.add(version);
    else cxxabi.add(version);
  }
  return {
    glibc: highestDotted(glibc),
    glibcxx: highestDotted(glibcxx),
    cxxabi: highestDotted(cxxabi),
    bionic,
  };
}

const leftOut = /^(?:ld-linux.*|ld64\.so\..*|ld\.so\..*|libgcc_s.*)$/;
const numbered = /^(GLIBC|GLIBCXX|CXXABI)_(\d{1,6}(?:\.\d{1,6}){1,3})$/;

async function* nodes(
  file: Reader,
  little: boolean,
  dynamic: DynamicTable,
): AsyncGenerator<{ library: string; node: string }> {
  if (dynamic.versionNeeds === null) return;
  let seen = 0;
  let offset = dynamic.versionNeeds;
  // Both lists are chained by unsigned distances, so a chain can only run forward, and `seen` ends a lying one.
  for (let library = 0; library < dynamic.versionNeedCount; library++) {
    const need = await file.fields(offset, 16, "a version need", little);
    const name = await dynamic.text(need.u32(4), "the library of a version need");
    let nodeOffset = offset + need.u32(8);
    for (let index = 0; index < need.u16(2); index++) {
      if (++seen > mostNodes) file.fail("the version needs are more than any real file's");
      const node = await file.fields(nodeOffset, 16, "a version node", little);
      yield {
        library: name,
        node: await dynamic.text(node.u32(8), "the name of a version node"),
      };
      if (node.u32(12) === 0) break;
      nodeOffset += node.u32(12);
    }
    if (need.u32(12) === 0) return;
    offset += need.u32(12);
  }
}
