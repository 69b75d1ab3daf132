/** Bytes that do not compress and are the same everywhere (xorshift32). */
export function noise(length: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed;
  for (let index = 0; index < length; index++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[index] = state & 0xff;
  }
  return bytes;
}

/** Bytes that compress about as a native program does: noise among repeated passages. */
export function programLike(length: number): Buffer {
  const passage = noise(4096, 7);
  const bytes = noise(length, 3);
  for (let at = 0; at + 4096 < length; at += 6144) passage.copy(bytes, at);
  return bytes;
}
