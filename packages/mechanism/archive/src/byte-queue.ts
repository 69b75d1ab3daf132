const empty = Buffer.alloc(0);

/** Takes exact lengths from a stream of chunks of any length. */
export class ByteQueue {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #current: Uint8Array = empty;

  constructor(chunks: AsyncIterator<Uint8Array>) {
    this.#chunks = chunks;
  }

  /** The next `length` bytes; fewer where the stream ends. */
  async exactly(length: number): Promise<Buffer> {
    const parts: Uint8Array[] = [];
    let missing = length;
    while (missing > 0) {
      const part = await this.#some(missing);
      if (part === null) break;
      parts.push(part);
      missing -= part.length;
    }
    return Buffer.concat(parts);
  }

  /** The next `length` bytes in chunks; fewer where the stream ends. */
  async *stream(length: number): AsyncGenerator<Uint8Array> {
    let missing = length;
    while (missing > 0) {
      const part = await this.#some(missing);
      if (part === null) return;
      missing -= part.length;
      yield part;
    }
  }

  /** Between one and `maximum` bytes; `null` at the end. */
  async #some(maximum: number): Promise<Uint8Array | null> {
    while (this.#current.length === 0) {
      const next = await this.#chunks.next();
      if (next.done === true) return null;
      this.#current = next.value;
    }
    const part = this.#current.subarray(0, maximum);
    this.#current = this.#current.subarray(part.length);
    return part;
  }
}
