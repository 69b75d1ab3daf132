import { UserError } from "@multiarch/diagnostics";
import { Fields } from "./fields.ts";
import type { ByteSource } from "./source.ts";

const pageSize = 4096;
/** With `pageSize` 64 KiB: all that is ever held of a file. */
const pagesHeld = 16;
/**
 * No real file comes near these; a file built to keep a reader busy does. Among 2 900 published programs and libraries,
 * up to 334 MB large, none needs more than 90 kB of reading.
 */
const stepsAllowed = 300_000;
const pagesAllowed = 4096;
const textAllowed = 1_048_576;
/** Loaders know no limit, and some installations put hundreds of folders into one search path. */
const longestText = 65_536;

interface Shared {
  readonly source: ByteSource;
  readonly pages: Map<number, Uint8Array>;
  steps: number;
  pagesRead: number;
  textLength: number;
}

/**
 * Reads parts of one file, or of one part of it, without trust in what the file says of itself: every range is compared
 * with the size first, few pages are held at a time, and the number of reads is limited.
 */
export class Reader {
  readonly size: number;
  /** The file as the user knows it. */
  readonly where: string;
  readonly #base: number;
  readonly #shared: Shared;

  private constructor(shared: Shared, where: string, base: number, size: number) {
    this.#shared = shared;
    this.where = where;
    this.#base = base;
    this.size = size;
  }

  static over(source: ByteSource, where: string): Reader {
    return new Reader(
      { source, pages: new Map(), steps: 0, pagesRead: 0, textLength: 0 },
      where,
      0,
      source.size,
    );
  }

  /** A part of the file as if it were a file of its own, with the same limits on the whole. */
  part(offset: number, size: number, what: string): Reader {
    this.expectRange(offset, size, what);
    return new Reader(this.#shared, this.where, this.#base + offset, size);
  }

  /** @throws UserError MA602 when the range is not inside the file. */
  expectRange(offset: number, length: number, what: string): void {
    const end = offset + length;
    if (!Number.isSafeInteger(end) || offset < 0 || length < 0 || end > this.size) {
      this.fail(`${what} is not inside the file`, {
        expected: `at most ${this.size} bytes`,
        found: `${length} bytes from ${offset} on`,
      });
    }
  }

  /** Numbers at `offset`. @throws UserError MA602 when they are not inside the file. */
  async fields(offset: number, length: number, what: string, little: boolean): Promise<Fields> {
    this.expectRange(offset, length, what);
    return new Fields(await this.#bytes(offset, length), little, (problem) =>
      this.fail(`${what}: ${problem}`),
    );
  }

  /** Up to `length` bytes from `offset` on, fewer at the end of the file. */
  async bytes(offset: number, length: number): Promise<Uint8Array> {
    if (offset < 0 || offset >= this.size) return new Uint8Array(0);
    return this.#bytes(offset, Math.min(length, this.size - offset));
  }

  /** The text at `offset` up to its zero byte, which must come before `end`. */
  async text(offset: number, end: number, what: string): Promise<string> {
    const last = Math.min(end, this.size);
    if (offset < 0 || offset >= last) this.fail(`${what} is not inside its table`);
    let length = 64;
    for (;;) {
      const bytes = await this.bytes(offset, Math.min(length, last - offset));
      const zero = bytes.indexOf(0);
      if (zero >= 0) return this.decode(bytes.subarray(0, zero));
      if (bytes.length < length || length >= longestText) {
        this.fail(`${what} has no end`);
      }
      length *= 4;
    }
  }

  /**
   * Names in files are bytes of no declared encoding; what is not UTF-8 shows as a replacement character. All that one
   * file says is limited: a short file may name one long text any number of times.
   */
  decode(bytes: Uint8Array): string {
    this.#shared.textLength += bytes.length;
    if (this.#shared.textLength > textAllowed) this.#tooMuch();
    return new TextDecoder("utf-8").decode(bytes);
  }

  /** The one error for a file that contradicts itself or ends too early. */
  fail(what: string, details: { expected?: string; found?: string } = {}): never {
    throw new UserError("MA602", { what, ...details, where: this.where });
  }

  /** The one error for a file that is no program, library or object for a machine. */
  refuse(found: string): never {
    throw new UserError("MA601", {
      what: `${this.where} is not a native file`,
      expected: "an ELF, Mach-O, PE or wasm file",
      found,
    });
  }

  async #bytes(offset: number, length: number): Promise<Uint8Array> {
    const result = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      const position = this.#base + offset + filled;
      const page = await this.#page(Math.floor(position / pageSize));
      const chunk = page.subarray(position % pageSize, (position % pageSize) + length - filled);
      if (chunk.length === 0) this.fail("the file became shorter while it was read");
      result.set(chunk, filled);
      filled += chunk.length;
    }
    return result;
  }

  async #page(number: number): Promise<Uint8Array> {
    const { pages, source } = this.#shared;
    if (++this.#shared.steps > stepsAllowed) this.#tooMuch();
    const known = pages.get(number);
    if (known !== undefined) {
      // Moved to the end: the map's order says which page was not used for longest.
      pages.delete(number);
      pages.set(number, known);
      return known;
    }
    if (++this.#shared.pagesRead > pagesAllowed) this.#tooMuch();
    const page = await source.read(number * pageSize, pageSize);
    pages.set(number, page);
    if (pages.size > pagesHeld) {
      for (const oldest of pages.keys()) {
        pages.delete(oldest);
        break;
      }
    }
    return page;
  }

  #tooMuch(): never {
    this.fail("the file's tables are larger than those of any real program");
  }
}
