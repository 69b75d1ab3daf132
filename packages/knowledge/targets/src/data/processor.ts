import type { Architecture } from "@multiarch/contracts";

/** What the naming systems call one processor. `null`: the system does not know it. */
export interface Processor {
  /** The word in our ids. */
  readonly word: string;
  readonly arch: Architecture;
  readonly armVersion: 5 | 6 | 7 | null;
  readonly bits: 32 | 64;
  readonly endian: "little" | "big";
  /** What `uname -m` prints on Linux, most usual first. A 32-bit process on an arm64 kernel sees `armv8l`. */
  readonly uname: readonly [string, ...string[]];
  /** The word of uname style ids. */
  readonly unameWord: string;
  readonly rust: string;
  readonly go: Readonly<Record<string, string>> & { readonly GOARCH: string };
  readonly docker: string;
  readonly node: string;
  /** In the tags of Linux wheels, as far as PyPI or cibuildwheel knows it. */
  readonly wheel: string | null;
  readonly zig: string;
  readonly debian: string | null;
  readonly alpine: string | null;
  readonly rpm: string | null;
  readonly qemu: string;
  /** Spellings that mean this processor and no other, whoever writes them; `word` and `unameWord` go without saying. */
  readonly aliases: readonly string[];
}
