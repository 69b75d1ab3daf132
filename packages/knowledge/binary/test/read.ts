import { memorySource, readFacts } from "@multiarch/binary";
import type { Facts } from "@multiarch/contracts";

/** Reads facts of bytes in memory. */
export function factsOf(bytes: Uint8Array): Promise<Facts> {
  return readFacts(memorySource(bytes), "the file under test");
}
