import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import { extractArchive, listArchive, type ReadOptions } from "../src/index.ts";
import { temporaryFolders, tree, userErrorOf } from "./helpers.ts";
import { noise } from "./helpers-data.ts";
import {
  descriptor,
  extraField,
  type RawZipEntry,
  rawZip,
  wideEnd,
  wideNumbers,
} from "./raw-zip.ts";

const temporaryFolder = temporaryFolders();
const hello = Buffer.from("hello ".repeat(10));
const packed = deflateRawSync(hello);
const zeros = (length: number) => Buffer.alloc(length);
const file = (changes: Partial<RawZipEntry> = {}): RawZipEntry => ({
  name: "a",
  data: hello,
  ...changes,
});

async function list(bytes: Buffer, options?: ReadOptions) {
  const path = join(await temporaryFolder(), "x.zip");
  await writeFile(path, bytes);
  return listArchive(path, options);
}

describe("refuses", () => {
  const wide = extraField(1, wideNumbers(1));
  const cases: [string, string, Buffer, ReadOptions?][] = [
    ["MA401", "not the expected kind", Buffer.from("#!/bin/sh\n")],
    ["MA401", "not the expected kind", Buffer.alloc(0)],
    ["MA401", "expected: tar.gz", rawZip([file()]), { format: "tar.gz" }],
    ["MA402", "has no end record", Buffer.from("PK\x03\x04 and then nothing of the kind")],
    ["MA402", "has no end record", rawZip([file()]).subarray(0, -5)],
    ["MA402", "comment is cut short", rawZip([file()], { end: { commentLength: 9 } })],
    [
      "MA402",
      "does not begin where",
      rawZip([file(), file({ name: "b", local: { signature: 0x12345678 } })]),
    ],
    ["MA402", "does not begin where", rawZip([file(), file({ name: "b", offset: 0 })])],
    ["MA402", "directory of the zip is damaged", rawZip([file()], { end: { entries: 2 } })],
    [
      "MA402",
      "compressed data is damaged",
      rawZip([file({ packed: Buffer.from([0xff, 0xff, 0xff]) })]),
    ],
    ["MA402", "compressed data is cut short", rawZip([file({ packed: packed.subarray(0, -3) })])],
    ["MA403", "not valid UTF-8", rawZip([file({ name: Buffer.from([0x61, 0xff]) })])],
    ["MA403", "not marked as UTF-8", rawZip([file({ name: "café" })])],
    ["MA403", '".."', rawZip([file({ name: "../a" })])],
    ["MA403", "absolute", rawZip([file({ name: "/a" })])],
    ["MA403", "backslash", rawZip([file({ name: "a\\b" })])],
    ["MA403", "empty part", rawZip([file({ name: "a//", data: zeros(0), attributes: 0 })])],
    ["MA404", "is there twice", rawZip([file(), file()])],
    ["MA404", "one file on some systems", rawZip([file(), file({ name: "A" })])],
    ["MA404", "both a file and a folder", rawZip([file(), file({ name: "a/b" })])],
    ["MA405", "symbolic link", rawZip([file({ attributes: 0o120777 })])],
    ["MA405", "neither file, folder nor link", rawZip([file({ attributes: 0o020644 })])],
    ["MA405", "neither file, folder nor link", rawZip([file({ attributes: 0o010644 })])],
    [
      "MA406",
      "directory of the zip is too large",
      rawZip([file(), file({ name: "b" })]),
      { limits: { entries: 1 } },
    ],
    [
      "MA406",
      "directory of the zip is too large",
      rawZip([file({ extra: extraField(9, zeros(60_000)) })]),
    ],
    ["MA406", "bytes in one file", rawZip([file()]), { limits: { fileBytes: 59 } }],
    [
      "MA406",
      "bytes in all",
      rawZip([file(), file({ name: "b" })]),
      { limits: { totalBytes: 119 } },
    ],
    ["MA406", "for each packed byte", rawZip([{ name: "bomb", data: zeros(2 ** 21) }])],
    [
      "MA406",
      "for each packed byte",
      rawZip([
        { name: "bomb", data: zeros(2 ** 21) },
        { name: "ballast", data: noise(100_000) },
      ]),
    ],
    [
      "MA406",
      "beyond reason",
      rawZip([file({ size: 0xffffffff, extra: extraField(1, Buffer.alloc(8, 0xff)) })]),
    ],
    ["MA407", "longer than declared", rawZip([file({ size: 59 })])],
    ["MA407", "longer than declared", rawZip([file({ method: 0, size: 59 })])],
    [
      "MA407",
      "longer than declared",
      rawZip([{ name: "big", data: noise(700_000), size: 699_999 }]),
    ],
    ["MA407", "shorter than declared", rawZip([file({ size: 61 })])],
    ["MA407", "CRC-32", rawZip([file({ crc32: 1 })])],
    ["MA407", "CRC-32", rawZip([{ name: "big", data: noise(700_000), method: 0, crc32: 1 }])],
    ["MA408", "follows the end of the zip", rawZip([file()], { after: Buffer.from("x") })],
    ["MA408", "does not end where", rawZip([file()], { before: Buffer.from("PK\x03\x04") })],
    [
      "MA408",
      "before the first entry",
      rawZip([file({ offset: 4 })], {
        before: Buffer.from("PK\x03\x04"),
        end: { offset: 4 + 31 + packed.length },
      }),
    ],
    ["MA408", "does not end where", rawZip([file()], { beforeEnd: () => Buffer.from("hidden") })],
    ["MA408", "between two entries", rawZip([file({ after: Buffer.from("hidden") })])],
    [
      "MA408",
      "end of the compressed data",
      rawZip([file({ packed: Buffer.concat([packed, Buffer.from("hidden")]) })]),
    ],
    [
      "MA408",
      "end of the compressed data",
      rawZip([
        {
          name: "big",
          data: noise(700_000),
          packed: Buffer.concat([deflateRawSync(noise(700_000)), zeros(300_000)]),
        },
      ]),
    ],
    ["MA409", "more than its entries", rawZip([file()], { directoryTail: Buffer.from("hidden") })],
    ["MA409", "does not end where", rawZip([file()], { end: { offset: 2 ** 20 } })],
    ["MA409", "several parts", rawZip([file()], { end: { disk: 1 } })],
    ["MA409", "in another part", rawZip([file({ disk: 1 })])],
    ["MA409", "the name differs", rawZip([file({ local: { name: "b" } })])],
    ["MA409", "the method differs", rawZip([file({ local: { method: 0 } })])],
    ["MA409", "the set of flags differs", rawZip([file({ local: { flags: 8 } })])],
    ["MA409", "the checksum differs", rawZip([file({ local: { crc32: 5 } })])],
    ["MA409", "the size differs", rawZip([file({ local: { size: 0 } })])],
    ["MA409", "the packed size differs", rawZip([file({ local: { packedSize: 1 } })])],
    ["MA409", "reaches into", rawZip([file({ packedSize: packed.length + 1 })])],
    ["MA409", "data descriptor", rawZip([file({ flags: 8 })])],
    [
      "MA409",
      "data descriptor",
      rawZip([file({ flags: 8, after: descriptor(hello, packed.length, { crc32: 1 }) })]),
    ],
    [
      "MA409",
      "data descriptor",
      rawZip([
        file({ flags: 8, after: Buffer.concat([descriptor(hello, packed.length), zeros(1)]) }),
      ]),
    ],
    ["MA409", "64-bit values do not fit", rawZip([file({ extra: wide })])],
    ["MA409", "64-bit values do not fit", rawZip([file({ size: 0xffffffff })])],
    [
      "MA409",
      "64-bit values do not fit",
      rawZip([file({ size: 0xffffffff, extra: extraField(1, wideNumbers(60, 60)) })]),
    ],
    ["MA409", "there twice", rawZip([file({ extra: Buffer.concat([wide, wide]) })])],
    ["MA409", "is malformed", rawZip([file({ extra: Buffer.from([1, 0, 9]) })])],
    ["MA409", "is malformed", rawZip([file({ extra: Buffer.from([1, 0, 9, 0]) })])],
    [
      "MA409",
      "names the entry differently",
      rawZip([file({ extra: extraField(0x7075, Buffer.concat([zeros(5), Buffer.from("b")])) })]),
    ],
    [
      "MA409",
      "names the entry differently",
      rawZip([
        file({ local: { extra: extraField(0x7075, Buffer.concat([zeros(5), Buffer.from("b")])) } }),
      ]),
    ],
    [
      "MA409",
      "disagree",
      rawZip([file()], { beforeEnd: (place) => wideEnd({ ...place, entries: 2 }) }),
    ],
    [
      "MA409",
      "not where its locator",
      rawZip([file()], { beforeEnd: (place) => wideEnd(place, { locatorOffset: 3 }) }),
    ],
    [
      "MA409",
      "unknown size",
      rawZip([file()], { beforeEnd: (place) => wideEnd(place, { recordSize: 45 }) }),
    ],
    [
      "MA409",
      "is missing",
      rawZip([file()], { beforeEnd: (place) => wideEnd(place, { signature: 0 }) }),
    ],
    [
      "MA409",
      "has several parts",
      rawZip([file()], { beforeEnd: (place) => wideEnd(place, { parts: 2 }) }),
    ],
    ["MA409", "a folder has content", rawZip([{ name: "d/", data: hello, attributes: 0o040755 }])],
    ["MA409", "or the reverse", rawZip([{ name: "d/", attributes: 0o100644 }])],
    ["MA409", "or the reverse", rawZip([{ name: "d", attributes: 0o040755 }])],
    ["MA410", "encrypted", rawZip([file({ flags: 1 })])],
    ["MA410", "encrypted", rawZip([file({ flags: 1 << 13 })])],
    ["MA410", "encrypted", rawZip([file({ flags: 0x41 })])],
    ["MA410", "method 99", rawZip([file({ method: 99 })])],
  ];
  // Every row needs all four: jest takes a missing last one for a callback.
  const rows = cases.map(
    ([id, message, bytes, options = {}]) => [id, message, bytes, options] as const,
  );
  test.each(rows)("%s: %s", async (id, message, bytes, options) => {
    const error = await userErrorOf(list(bytes, options));
    expect(error.message).toContain(message);
    expect(error.id).toBe(id);
    const folder = await temporaryFolder();
    await writeFile(join(folder, "x.zip"), bytes);
    const again = await userErrorOf(
      extractArchive(join(folder, "x.zip"), join(folder, "out"), options),
    );
    expect(again.id).toBe(id);
    expect(await tree(folder)).toEqual(["x.zip"]);
  });

  test("small zeros are no bomb", async () => {
    expect(await list(rawZip([{ name: "zeros", data: zeros(500_000) }]))).toHaveLength(1);
  });

  test("two end records: every reader takes the last, and it must hold", async () => {
    const inner = rawZip([file({ name: "inner" })]);
    const outer = rawZip([file({ name: "outer" })], { comment: inner });
    expect((await userErrorOf(list(outer))).id).toBe("MA408");
  });
});
