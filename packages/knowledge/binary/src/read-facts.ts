import type { Facts } from "@multiarch/contracts";
import { readElf } from "./elf/read.ts";
import { readMacho } from "./macho/read.ts";
import { readPe } from "./pe/read.ts";
import { Reader } from "./reader.ts";
import { describeForeign, sniff } from "./sniff.ts";
import type { ByteSource } from "./source.ts";
import { readWasm } from "./wasm.ts";

const headLength = 512;

/**
 * What a native file is, read from its headers and tables: never more than 64 KiB of it is held, whatever its size.
 * @param where how the user knows the file; part of every message
 * @throws UserError MA601 for what is no native file, MA602 for one that is cut off or contradicts itself
 */
export async function readFacts(source: ByteSource, where: string): Promise<Facts> {
  const file = Reader.over(source, where);
  const head = await file.bytes(0, headLength);
  const format = sniff(head);
  switch (format) {
    case "elf":
      return readElf(file);
    case "macho":
      return readMacho(file);
    case "pe":
      return readPe(file);
    case "wasm":
      return readWasm(file);
    default:
      return file.refuse(describeForeign(format, head));
  }
}
