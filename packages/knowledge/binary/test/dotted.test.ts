import { expect, test } from "@jest/globals";
import { compareDotted } from "@multiarch/binary";

test.each([
  ["2.9", "2.17", -1],
  ["2.17", "2.9", 1],
  ["2.17", "2.17.0", 0],
  ["2.2.5", "2.3", -1],
  ["11", "10.15.7", 1],
])("%s against %s", (left, right, sign) => {
  expect(Math.sign(compareDotted(left, right))).toBe(sign);
});
