import { crc32 } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { crc32Combine } from "../src/crc32.ts";

describe("crc32Combine", () => {
  test("equals the CRC-32 of the joined bytes", () => {
    const bytes = fc.uint8Array({ maxLength: 3000 });
    fc.assert(
      fc.property(bytes, bytes, (first, second) => {
        const joined = crc32(Buffer.concat([first, second]));
        expect(crc32Combine(crc32(first), crc32(second), second.length)).toBe(joined);
      }),
    );
  });

  test("is associative over lengths beyond 32 bits", () => {
    const checksum = fc.nat(0xffffffff);
    const length = fc.maxSafeNat().map((value) => Math.floor(value / 2));
    fc.assert(
      fc.property(checksum, checksum, checksum, length, length, (a, b, c, lengthB, lengthC) => {
        const left = crc32Combine(crc32Combine(a, b, lengthB), c, lengthC);
        const right = crc32Combine(a, crc32Combine(b, c, lengthC), lengthB + lengthC);
        expect(left).toBe(right);
      }),
    );
  });
});
