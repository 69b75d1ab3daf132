import type { FullTags } from "./types.ts";

/** WHEEL: every tag that the file name stands for, one a line. What holds native files is never `purelib`. */
export function wheelFile(tags: FullTags): Uint8Array {
  const lines = [
    "Wheel-Version: 1.0",
    "Generator: multiarch",
    "Root-Is-Purelib: false",
    ...expandTags(tags).map((tag) => `Tag: ${tag}`),
  ];
  return new TextEncoder().encode(`${lines.join("\n")}\n`);
}

/** `cp313-cp313-win_amd64`, …: the triples that a compressed set of tags stands for. */
export function expandTags({ interpreters, abis, platforms }: FullTags): string[] {
  return interpreters.flatMap((interpreter) =>
    abis.flatMap((abi) => platforms.map((platform) => `${interpreter}-${abi}-${platform}`)),
  );
}
