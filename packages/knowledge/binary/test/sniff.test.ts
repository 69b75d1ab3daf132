import { expect, test } from "@jest/globals";
import { sniff } from "@multiarch/binary";
import { factsOf } from "./read.ts";

const bytes = (text: string): Uint8Array => Buffer.from(text, "latin1");

test.each([
  [
    "deb",
    "!<arch>\ndebian-binary   1700000000  0     0     100644  4         `\n",
    "a Debian package",
  ],
  ["ar", "!<arch>\nhello.o/        0           0     0     644     8         `\n", "an ar archive"],
  ["ar", "!<thin>\n", "an ar archive"],
  ["gzip", "\x1f\x8b\x08\x00", "a gzip file"],
  ["zip", "PK\x03\x04", "a zip archive"],
  ["script", "#!/bin/sh\n", "a script"],
  ["unknown", "version https://git-lfs", "text"],
  ["unknown", "\xca\xfe\xba\xbe\x00\x00\x00\x37", "a Java class"],
  ["unknown", "\x01\xf7\x00\x04", "an XCOFF program"],
  ["unknown", "", "an empty file"],
  ["unknown", "\x00\x01\x02", "data of an unknown format"],
])("%s is refused by its name: %j", async (format, content, phrase) => {
  expect(sniff(bytes(content))).toBe(format);
  await expect(factsOf(bytes(content))).rejects.toMatchObject({
    id: "MA601",
    details: { found: expect.stringContaining(phrase) },
  });
});
