import { readFileSync } from "node:fs";
import { join } from "node:path";

/** One architecture's part of a Mach-O file, as other tools read it. */
export interface ReferenceSlice {
  readonly arch: string;
  readonly platform: string | null;
  readonly minos: string | null;
  readonly sdk: string | null;
  readonly signed: boolean;
  readonly needed?: readonly string[];
  readonly rpath?: readonly string[];
  /** The library's own name. */
  readonly id?: string;
}

/** A native file inside a package, as other tools read it. Field names and values are theirs. */
export interface ReferenceFile {
  /** Inside the package; of npm packages without their first folder. */
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  /** Octal; `null` in a zip that was made on DOS. */
  readonly mode: string | null;
  readonly format: "elf" | "macho" | "pe" | "wasm" | "xcoff";
  readonly os: string;
  readonly arch?: string;
  readonly bits?: number;
  readonly endian?: string;
  readonly kind: "exe" | "lib" | "object" | "dsym";
  readonly type?: "exec" | "dyn" | "rel";
  readonly libc?: string;
  readonly static?: boolean;
  readonly interp?: string;
  readonly needed?: readonly string[];
  readonly soname?: string;
  readonly rpath?: readonly string[];
  readonly runpath?: readonly string[];
  readonly glibc?: string;
  readonly glibcEffective?: string;
  readonly glibcxx?: string;
  readonly cxxabi?: string;
  readonly float?: string;
  /** Tag_CPU_arch of the ARM build attributes. */
  readonly armArch?: number;
  /** Bits of GNU_PROPERTY_X86_ISA_1_NEEDED. */
  readonly isa?: number;
  readonly fat?: boolean;
  readonly slices?: readonly ReferenceSlice[];
  readonly imports?: readonly string[];
  readonly signed?: boolean;
  readonly subsystem?: number;
  readonly arm64ec?: boolean;
}

export interface Finding {
  readonly sev: "error" | "warn" | "note";
  readonly code: string;
  readonly text: string;
  readonly path?: string | readonly string[];
  /** Where a person looked at it. */
  readonly cls?: "real" | "deliberate" | "disputed" | "spec" | "oracle";
  readonly why?: string;
}

/** A published package and what independent tools read in it; README.md says more. */
export interface Artifact {
  readonly registry: "pypi" | "npm";
  readonly project: string;
  readonly version: string;
  readonly file: string;
  readonly sha256: string;
  readonly size: number;
  /** Of wheels: the parts of the file's name, expanded. */
  readonly platforms?: readonly string[];
  readonly interpreters?: readonly string[];
  readonly abis?: readonly string[];
  readonly files: readonly ReferenceFile[];
  readonly findings: readonly Finding[];
}

/** All artifacts, in the order of the file. */
export function loadCorpus(): Artifact[] {
  const text = readFileSync(join(import.meta.dirname, "corpus.jsonl"), "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Artifact);
}

/**
 * A fixed part of the corpus that is quickly fetched: small packages for every platform and kind of file, and of every
 * kind of finding the smallest. `core` is at most 40 MB, the whole at most 300 MB.
 */
export function loadSample(whole: boolean): Artifact[] {
  const text = readFileSync(join(import.meta.dirname, "sample.json"), "utf8");
  const { core, full } = JSON.parse(text) as { core: string[]; full: string[] };
  const names = new Set(whole ? [...core, ...full] : core);
  const sample = loadCorpus().filter(({ file }) => names.has(file));
  if (sample.length !== names.size)
    throw new Error("sample.json names artifacts that are not there");
  return sample;
}
