/** Numbers at fixed places of one header or table entry. */
export class Fields {
  readonly #view: DataView;
  readonly #little: boolean;
  readonly #fail: (problem: string) => never;

  constructor(bytes: Uint8Array, little: boolean, fail: (problem: string) => never) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#little = little;
    this.#fail = fail;
  }

  get length(): number {
    return this.#view.byteLength;
  }

  u8(offset: number): number {
    return this.#view.getUint8(offset);
  }

  u16(offset: number): number {
    return this.#view.getUint16(offset, this.#little);
  }

  u32(offset: number): number {
    return this.#view.getUint32(offset, this.#little);
  }

  /** 64 bits as a number. No file is larger than 2^53 bytes, so a larger offset, size or count is a lie. */
  u64(offset: number): number {
    const value = this.#view.getBigUint64(offset, this.#little);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) this.#fail("a number is too large");
    return Number(value);
  }

  /** 64 bits whose size does not matter: addresses, flags. */
  big(offset: number): bigint {
    return this.#view.getBigUint64(offset, this.#little);
  }

  /** The bytes of a text in a fixed place, up to its first zero byte. */
  textBytes(offset: number, length: number): Uint8Array {
    const bytes = new Uint8Array(this.#view.buffer, this.#view.byteOffset + offset, length);
    const zero = bytes.indexOf(0);
    return zero < 0 ? bytes : bytes.subarray(0, zero);
  }
}
