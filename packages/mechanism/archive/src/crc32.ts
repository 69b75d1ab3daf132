/** The polynomial of CRC-32 (IEEE 802.3), lowest degree in the highest bit, as gzip and zip use it. */
const polynomial = 0xedb88320;
/** The polynomials 1 and x^8 in the same reversed notation. */
const one = 0x80000000;
const oneByte = 0x00800000;

/**
 * The CRC-32 of two byte strings joined, from their CRC-32s and the length of the second: splicing compressed
 * segments then needs no second pass over the plain bytes.
 *
 * Appending n bytes multiplies the first CRC by x^(8n) modulo the polynomial.
 */
export function crc32Combine(first: number, second: number, secondLength: number): number {
  return (multiply(first, power(oneByte, secondLength)) ^ second) >>> 0;
}

/** `base` to the `exponent` by repeated squaring. Lengths exceed 32 bits, so no bit operators on the exponent. */
function power(base: number, exponent: number): number {
  let result = one;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = multiply(result, square);
    square = multiply(square, square);
  }
  return result;
}

/** The product of two polynomials over GF(2), modulo the CRC's. */
function multiply(left: number, right: number): number {
  let product = 0;
  let shifted = right;
  for (let bit = one; bit !== 0; bit >>>= 1) {
    if ((left & bit) !== 0) product ^= shifted;
    shifted = (shifted & 1) === 0 ? shifted >>> 1 : (shifted >>> 1) ^ polynomial;
  }
  return product >>> 0;
}
