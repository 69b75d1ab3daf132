/** Where the bytes of a file come from. Reading is random access: a reader takes only the parts that it needs. */
export interface ByteSource {
  /** Length of the whole file in bytes. */
  readonly size: number;
  /** The bytes from `offset` on; shorter than `length` only at the end of the file. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** A source over bytes that are already in memory. */
export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: async (offset, length) => bytes.subarray(offset, offset + length),
  };
}
