import type { Facts } from "@multiarch/contracts";

const kinds = { executable: "a program", library: "a library", object: "an object" } as const;

/** What a file is for, with its article. */
export function kindName(type: NonNullable<Facts["type"]>): string {
  return kinds[type];
}
