import { expect, test } from "@jest/globals";
import { licenseExpression } from "../src/index.ts";

test.each([
  ["MIT", "MIT"],
  ["mit or apache-2.0", "MIT OR Apache-2.0"],
  ["MIT/Apache-2.0", "MIT OR Apache-2.0"],
  ["(MIT AND ISC) OR BSD-3-Clause", "(MIT AND ISC) OR BSD-3-Clause"],
  ["Apache-2.0 WITH LLVM-exception OR MIT", "Apache-2.0 WITH LLVM-exception OR MIT"],
  ["LicenseRef-Mine", "LicenseRef-Mine"],
])("%s", (license, expected) => {
  expect(licenseExpression(license)).toBe(expected);
});

test.each([
  "",
  "Proprietary",
  "MIT OR",
  "MIT ISC",
  "(MIT",
  "MIT)",
  "WITH MIT",
  "MIT WITH ISC",
  "SEE LICENSE IN x",
])("%j is not surely an expression", (license) => {
  expect(licenseExpression(license)).toBeNull();
});
