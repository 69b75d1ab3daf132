import type { Member, Reading } from "./member.ts";

/** Lets the visitor have the content, and reads on to its end where the visitor did not: only then it was verified. */
export async function visitFully(
  reading: Reading,
  member: Member,
  content: AsyncGenerator<Uint8Array>,
): Promise<void> {
  const keepOpen: AsyncIterable<Uint8Array> = {
    [Symbol.asyncIterator]: () => ({ next: () => content.next() }),
  };
  try {
    await reading.visit(member, keepOpen);
    for (let rest = await content.next(); rest.done !== true; ) rest = await content.next();
  } finally {
    await content.return(undefined);
  }
}

/** The content of members that have none. */
export async function* none(): AsyncGenerator<Uint8Array> {}
