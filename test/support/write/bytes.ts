/** Grows by numbers and texts in one byte order. */
export class ByteWriter {
  readonly #bytes: number[] = [];
  readonly #little: boolean;

  constructor(little = true) {
    this.#little = little;
  }

  get length(): number {
    return this.#bytes.length;
  }

  u8(...values: number[]): this {
    this.#bytes.push(...values);
    return this;
  }

  u16(value: number): this {
    return this.#number(BigInt(value), 2);
  }

  u32(value: number): this {
    return this.#number(BigInt(value), 4);
  }

  u64(value: number | bigint): this {
    return this.#number(BigInt(value), 8);
  }

  /** As wide as the class of the file says. */
  word(bits: 32 | 64, value: number): this {
    return bits === 64 ? this.u64(value) : this.u32(value);
  }

  bytes(values: Iterable<number>): this {
    for (const value of values) this.#bytes.push(value);
    return this;
  }

  text(value: string): this {
    return this.bytes(Buffer.from(value, "latin1"));
  }

  align(to: number): this {
    while (this.length % to !== 0) this.u8(0);
    return this;
  }

  padTo(length: number): this {
    if (this.length > length) throw new Error(`already ${this.length} of ${length} bytes`);
    while (this.length < length) this.u8(0);
    return this;
  }

  done(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }

  #number(value: bigint, size: number): this {
    const bytes: number[] = [];
    for (let index = 0; index < size; index++) {
      bytes.push(Number((value >> BigInt(8 * index)) & 0xffn));
    }
    return this.bytes(this.#little ? bytes : bytes.reverse());
  }
}
