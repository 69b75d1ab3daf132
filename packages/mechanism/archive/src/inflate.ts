import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createInflateRaw, inflateRawSync } from "node:zlib";
import { errorCode, type Place, refusal } from "./errors.ts";
import { readRange } from "./files.ts";
import type { FileSource } from "./types.ts";

const chunkBytes = 256 * 1024;
/** What zlib demands of its output. */
const minimumChunkBytes = 64;

/**
 * Inflates the raw deflate stream that begins at `start`, reading at most `length` packed bytes, in chunks. Returns how
 * many packed bytes the stream took: fewer than `length` when other data follows. Throws `UserError` MA402.
 */
export async function* inflateRange(
  source: FileSource,
  start: number,
  length: number,
  place: Place,
): AsyncGenerator<Uint8Array, number> {
  const inflater = createInflateRaw({ chunkSize: chunkBytes });
  const input = Readable.from(readRange(source, start, length), { objectMode: false });
  // Its failure is the inflater's, which the loop below meets; and stopping early, as on data behind the stream's end,
  // is a failure only to the pipeline.
  const fed = Promise.allSettled([pipeline(input, inflater)]);
  try {
    for await (const chunk of inflater) yield chunk;
    return inflater.bytesWritten;
  } catch (error) {
    throw explainInflateError(error, place);
  } finally {
    inflater.destroy();
    await fed;
  }
}

/**
 * Inflates a small raw deflate stream at once, which for thousands of small files is many times faster. Returns the
 * unpacked bytes and how many packed bytes they took. Throws `UserError` MA402, MA407 when it is over `size` bytes.
 */
export function inflateSmall(
  packed: Uint8Array,
  size: number,
  place: Place,
): { bytes: Uint8Array; consumed: number } {
  try {
    // One byte of room is needed even for an empty result; the caller compares the size. With `info` the result also has
    // the engine, which the type declarations leave out.
    const room = Math.max(size + 1, minimumChunkBytes);
    const options = { info: true, maxOutputLength: size + 1, chunkSize: room };
    const result: unknown = inflateRawSync(packed, options);
    const { buffer, engine } = result as { buffer: Buffer; engine: { bytesWritten: number } };
    return { bytes: buffer, consumed: engine.bytesWritten };
  } catch (error) {
    if (errorCode(error) === "ERR_BUFFER_TOO_LARGE") throw longer(place, size);
    throw explainInflateError(error, place);
  }
}

/** A file that unpacks to more than its header says. */
export function longer(place: Place, size: number): Error {
  return refusal("MA407", "size", place, "a file is longer than declared", {
    expected: `${size} bytes`,
    found: "more",
  });
}

/** zlib's errors have codes that begin with Z_; all others (a failing disk) are not the archive's fault. */
function explainInflateError(error: unknown, place: Place): unknown {
  const code = errorCode(error);
  if (code === null || !code.startsWith("Z_")) return error;
  const short = code === "Z_BUF_ERROR";
  const what = short ? "compressed data is cut short" : "compressed data is damaged";
  return refusal("MA402", short ? "truncated" : "inflate", place, what, {
    found: code,
    cause: error,
  });
}
