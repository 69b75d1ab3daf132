import type { Member } from "@multiarch/contents";
import type { Facts } from "@multiarch/contracts";
import { platformWords } from "../name-words.ts";

/** A native file, bare or of a package. */
export interface NativeFile {
  readonly path: string;
  /** Octal; `null`: unknown. */
  readonly mode: string | null;
  readonly facts: Facts;
}

/**
 * The native files of a package that a system starts or loads. Left out: WebAssembly, which runs on every system; objects,
 * debug information and other code that is data here (firmware, test cases of a compiler).
 */
export function loadedFiles(members: readonly Member[]): NativeFile[] {
  return nativeMembers(members).filter(({ path }) => !isSnapshot(path));
}

/**
 * As `loadedFiles`, with Dart's snapshots: an ELF file on every system, which dart itself loads and the system never
 * sees. Only the processor of one means something.
 */
export function compiledFiles(members: readonly Member[]): NativeFile[] {
  return nativeMembers(members);
}

/** Whether the system itself has to make sense of the file's format. */
function isSnapshot(path: string): boolean {
  return /\.(?:snapshot|aot)$/.test(path);
}

function nativeMembers(members: readonly Member[]): NativeFile[] {
  return members.flatMap(({ path, mode, facts }) =>
    facts !== null && isLoaded({ path, mode, facts }) ? [{ path, mode, facts }] : [],
  );
}

function isLoaded({ path, mode, facts }: NativeFile): boolean {
  if (facts.format === "wasm" || facts.type === "object" || isData.test(path)) return false;
  if (isManaged(facts)) return false;
  if (facts.arch !== null || facts.slices.length > 0) return true;
  // Of an unknown processor: firmware, unless its name or its mode say that this very machine is to run it.
  return isNamedAsCode(path) || isExecutable(mode);
}

/**
 * Code for .NET: its header says 32-bit x86 where any processor will do, and .NET loads it on Linux and macOS as well. It
 * imports nothing but the library that Windows starts .NET with.
 */
function isManaged({ format, needed }: Facts): boolean {
  return format === "pe" && needed.length === 1 && needed[0] === "mscoree.dll";
}

const isData = /\.dSYM\/|\.(?:o|obj|a|lib|ko|efi|bpf|sys|elf|axf|rom|img|debug|dwo|dwp|pdb)$/i;

/** Whether the name of a file says that a system loads it. */
export function isNamedAsCode(path: string): boolean {
  return /\.(?:node|exe|dll|dylib)$|\.so(?:\.[\d.]+)?$/i.test(path);
}

/** Whether anybody may start the file. `mode`: octal, `null`: unknown. */
export function isExecutable(mode: string | null): boolean {
  return mode !== null && (Number.parseInt(mode, 8) & 0o111) !== 0;
}

/** Whether a file is a case of somebody's tests, which nobody starts. */
export function isTestCase(path: string): boolean {
  return /(?:^|\/)(?:test|tests|testdata|test-data|__tests__|fixture|fixtures)\//i.test(path);
}

/** The processors that a file has code for, in the vocabulary of facts. */
export function archsOf({ arch, slices }: Facts): string[] {
  if (slices.length > 0) return slices.map((slice) => slice.arch);
  return arch === null ? [] : [arch];
}

const ownExtensions: ReadonlyMap<string, RegExp> = new Map([
  ["windows", /\.(?:exe|dll)$/i],
  ["darwin", /\.dylib$/],
]);

/** Whether the path of a file tells the system that it is for, so that a program can choose among several. */
export function tellsSystem({ path, facts }: NativeFile): boolean {
  const os = facts.os ?? "";
  return platformWords(path).systems.has(os) || ownExtensions.get(os)?.test(path) === true;
}

export function tellsArch({ path, facts }: NativeFile): boolean {
  const { archs } = platformWords(path);
  return archsOf(facts).some((arch) => archs.has(arch));
}

export function tellsLibc({ path, facts }: NativeFile): boolean {
  const { libcs } = platformWords(path);
  return (facts.libc === "glibc" || facts.libc === "musl") && libcs.has(facts.libc);
}
