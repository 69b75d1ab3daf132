import type { Facts } from "@multiarch/contracts";
import { formatBytes, type Table } from "./table.ts";

export interface DescribedFile {
  readonly target: string;
  readonly name: string;
  /** Where it was found. */
  readonly file: string;
  readonly facts: Facts;
  readonly size: number;
}

/** One line a file that others built: what it was taken for, and what it needs. */
export function fileTable(files: readonly DescribedFile[]): Table {
  return {
    headers: ["target", "command", "needs", "size", "from"],
    rows: files.map(({ target, name, file, facts, size }) => [
      target,
      name,
      needs(facts),
      formatBytes(size),
      file,
    ]),
  };
}

/** The system that a file asks for, in the words of that system. */
function needs({ os, libc, glibcMin, static: isStatic, slices }: Facts): string {
  if (os === "linux") {
    if (isStatic === true) return "nothing (static)";
    return glibcMin === null ? (libc ?? "an unknown libc") : `glibc ${glibcMin}`;
  }
  const oldest = [...new Set(slices.flatMap(({ minos }) => minos ?? []))];
  return os === "darwin" && oldest.length > 0 ? `macOS ${oldest.join(", ")}` : "";
}
