import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import { extractArchive, listArchive, type ReadOptions, readArchiveEntries } from "../src/index.ts";
import { temporaryFolders, tree, userErrorOf } from "./helpers.ts";
import { noise } from "./helpers-data.ts";
import { paxBody, type RawTarRecord, rawTarGz, rawTarRecords, tarEndRecords } from "./raw-tar.ts";

const temporaryFolder = temporaryFolders();
const hello = Buffer.from("hello");
const file = (changes: Partial<RawTarRecord> = {}): RawTarRecord => ({
  name: "a",
  data: hello,
  ...changes,
});
const pax = (values: Record<string, string | Buffer>, type = "x"): RawTarRecord => ({
  name: "PaxHeaders/a",
  type,
  data: paxBody(values),
});
const gnuLong = (type: string, name: string): RawTarRecord => ({
  name: "././@LongLink",
  type,
  data: Buffer.from(`${name}\0`),
});

async function list(bytes: Buffer, options?: ReadOptions) {
  const path = join(await temporaryFolder(), "x.tgz");
  await writeFile(path, bytes);
  return listArchive(path, options);
}

describe("accepts", () => {
  const deep = "d/".repeat(30);
  const cases: [string, Buffer, [string, number][]][] = [
    ["nothing", rawTarGz([]), []],
    [
      "files and folders",
      rawTarGz([{ name: "d/", type: "5" }, file({ name: "d/a" })]),
      [["d/a", 5]],
    ],
    [
      "v7 records",
      rawTarGz([{ name: "d/", type: "\0", magic: "" }, file({ type: "\0", magic: "" })]),
      [["a", 5]],
    ],
    ["a prefix", rawTarGz([file({ prefix: "p/q" })]), [["p/q/a", 5]]],
    [
      "no prefix in GNU's form",
      rawTarGz([file({ magic: "ustar  \0", prefix: "12345" })]),
      [["a", 5]],
    ],
    [
      "pax names and sizes",
      rawTarGz([pax({ path: `${deep}é`, size: "5", mtime: "1.5" }), file()]),
      [[`${deep}é`, 5]],
    ],
    ["GNU's long names", rawTarGz([gnuLong("L", `${deep}long`), file()]), [[`${deep}long`, 5]]],
    ["a global comment", rawTarGz([pax({ comment: "0123abc" }, "g"), file()]), [["a", 5]]],
    [
      "GNU's binary sizes",
      rawTarGz([file({ sizeField: Buffer.from("800000000000000000000005", "hex") })]),
      [["a", 5]],
    ],
    ["the rest of a block", rawTarGz([file()], Buffer.alloc(10_240)), [["a", 5]]],
    ["a large file", rawTarGz([file({ data: noise(3_000_000) })]), [["a", 3_000_000]]],
  ];
  test.each(cases)("%s", async (_what, bytes, expected) => {
    const members = await list(bytes);
    expect(members.map(({ name, size }) => [name, size])).toEqual(expected);
  });

  test("a gzip header with every optional field", async () => {
    const plain = gzipSync(Buffer.concat([rawTarRecords([file()]), tarEndRecords]));
    const header = Buffer.from("1f8b081f00000000000300", "hex").subarray(0, 10);
    const fields = Buffer.from("\x03\x00abcname\0comment\0\x12\x34", "latin1");
    expect(await list(Buffer.concat([header, fields, plain.subarray(10)]))).toHaveLength(1);
  });

  test("modes, without what is dangerous in them", async () => {
    const modes = [0o644, 0o755, 0o7777, 0, 0o22];
    const members = await list(
      rawTarGz(modes.map((mode, index) => file({ name: `${index}`, mode }))),
    );
    expect(members.map(({ mode }) => mode)).toEqual([0o644, 0o755, 0o755, 0o600, 0o600]);
  });
});

describe("refuses", () => {
  const whole = rawTarGz([file()]);
  const damagedAt = (position: number) => {
    const bytes = Buffer.from(whole);
    bytes[position] = (bytes[position] ?? 0) ^ 0x41;
    return bytes;
  };
  const zeroes = (length: number) => Buffer.alloc(length);
  const cases: [string, string, Buffer, ReadOptions?][] = [
    ["MA401", "expected: zip", whole, { format: "zip" }],
    ["MA402", "gzip header is damaged", damagedAt(2)],
    ["MA402", "gzip header is damaged", Buffer.from([0x1f, 0x8b, 8, 0xe0, 0, 0, 0, 0, 0, 0])],
    ["MA402", "gzip header is damaged", Buffer.from([0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 0, 0x61])],
    ["MA402", "compressed data is cut short", whole.subarray(0, 40)],
    ["MA402", "gzip data is cut short", whole.subarray(0, -3)],
    ["MA402", "the tar is cut short", rawTarGz([file()], zeroes(0))],
    ["MA402", "the tar is cut short", rawTarGz([file()], zeroes(512))],
    ["MA402", "the tar is cut short", rawTarGz([file({ size: 99_999 })])],
    ["MA402", "the tar is cut short", rawTarGz([{ name: "x", type: "x", size: 99_999 }])],
    ["MA402", "its own checksum", rawTarGz([file({ checksum: 5 })])],
    [
      "MA402",
      "number in a tar header",
      rawTarGz([file({ sizeField: Buffer.from("0000000009a\0") })]),
    ],
    [
      "MA402",
      "number in a tar header",
      rawTarGz([file({ sizeField: Buffer.from("-0000000005\0") })]),
    ],
    [
      "MA402",
      "extended tar header is malformed",
      rawTarGz([{ name: "x", type: "x", data: Buffer.from("99 path=b\n") }, file()]),
    ],
    [
      "MA402",
      "extended tar header is malformed",
      rawTarGz([{ name: "x", type: "x", data: Buffer.from("9 path=b\n\n") }, file()]),
    ],
    [
      "MA402",
      "extended tar header is malformed",
      rawTarGz([{ name: "x", type: "x", data: Buffer.from("8 pathb\n") }, file()]),
    ],
    ["MA402", "size in an extended", rawTarGz([pax({ size: "-5" }), file()])],
    ["MA402", "belongs to no entry", rawTarGz([file(), pax({ path: "b" })])],
    ["MA403", '".."', rawTarGz([file({ name: "d/../../a" })])],
    ["MA403", '".."', rawTarGz([file({ prefix: ".." })])],
    ["MA403", '".."', rawTarGz([pax({ path: "../a" }), file()])],
    ["MA403", '".."', rawTarGz([gnuLong("L", "../a"), file()])],
    ["MA403", "control character", rawTarGz([pax({ path: "a\0b" }), file()])],
    ["MA403", "not valid UTF-8", rawTarGz([file({ name: Buffer.from([0x61, 0xff]) })])],
    ["MA403", "not valid UTF-8", rawTarGz([pax({ path: Buffer.from([0xc3]) }), file()])],
    ["MA403", '"."', rawTarGz([{ name: "./", type: "5" }])],
    ["MA404", "is there twice", rawTarGz([file(), file()])],
    ["MA404", "both a file and a folder", rawTarGz([file(), file({ name: "a/b" })])],
    ["MA405", "symbolic link", rawTarGz([{ name: "l", type: "2", target: "a" }])],
    ["MA405", "hard link", rawTarGz([file(), { name: "l", type: "1", target: "a" }])],
    ["MA405", "a device", rawTarGz([{ name: "d", type: "3" }])],
    ["MA405", "a device", rawTarGz([{ name: "d", type: "4" }])],
    ["MA405", "a pipe", rawTarGz([{ name: "d", type: "6" }])],
    ["MA405", "a sparse file", rawTarGz([{ name: "d", type: "S" }])],
    ["MA405", "a sparse file", rawTarGz([pax({ "GNU.sparse.major": "1" }), file()])],
    ["MA405", 'type "D"', rawTarGz([{ name: "d", type: "D" }])],
    ["MA406", "entries", rawTarGz([file(), file({ name: "b" })]), { limits: { entries: 1 } }],
    ["MA406", "entries", rawTarGz([pax({}), pax({}), file()]), { limits: { entries: 2 } }],
    ["MA406", "bytes in one file", rawTarGz([file()]), { limits: { fileBytes: 4 } }],
    ["MA406", "bytes in one file", rawTarGz([file({ size: 2 ** 31 })])],
    ["MA406", "bytes in one file", rawTarGz([pax({ size: "999999999999999" }), file()])],
    [
      "MA406",
      "bytes in all",
      rawTarGz([file(), file({ name: "b" })]),
      { limits: { totalBytes: 9 } },
    ],
    ["MA406", "beyond reason", rawTarGz([file({ sizeField: Buffer.alloc(12, 0xff) })])],
    ["MA406", "for each packed byte", rawTarGz([file({ data: zeroes(2 ** 22) })])],
    ["MA406", "for each packed byte", rawTarGz([file()], zeroes(2 ** 22))],
    ["MA406", "headers are too long", rawTarGz([{ name: "x", type: "x", size: 2 ** 20 + 1 }])],
    [
      "MA406",
      "headers are too long",
      rawTarGz([gnuLong("L", "a"), { name: "x", type: "x", size: 2 ** 20 - 1 }]),
    ],
    ["MA407", "checksum or size", damagedAt(whole.length - 6)],
    ["MA407", "checksum or size", damagedAt(whole.length - 1)],
    ["MA408", "end of the gzip data", Buffer.concat([whole, Buffer.from("x")])],
    ["MA408", "end of the gzip data", Buffer.concat([whole, whole])],
    [
      "MA408",
      "end of the tar",
      rawTarGz(
        [file()],
        Buffer.concat([zeroes(512), rawTarRecords([file({ name: "b" })]), tarEndRecords]),
      ),
    ],
    [
      "MA408",
      "end of the tar",
      rawTarGz([file()], Buffer.concat([tarEndRecords, Buffer.from("x")])),
    ],
    [
      "MA409",
      "one thing twice",
      rawTarGz([
        {
          name: "x",
          type: "x",
          data: Buffer.concat([paxBody({ path: "b" }), paxBody({ path: "c" })]),
        },
        file(),
      ]),
    ],
    ["MA409", "headers name one thing", rawTarGz([pax({ path: "b" }), gnuLong("L", "c"), file()])],
    ["MA409", "global tar header", rawTarGz([pax({ path: "b" }, "g"), file()])],
    ["MA409", "has content", rawTarGz([{ name: "d", type: "5", data: hello }])],
    ["MA409", "has content", rawTarGz([{ name: "d/", data: hello }])],
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
    await writeFile(join(folder, "x.tgz"), bytes);
    const again = await userErrorOf(
      extractArchive(join(folder, "x.tgz"), join(folder, "out"), options),
    );
    expect(again.id).toBe(id);
    expect(await tree(folder)).toEqual(["x.tgz"]);
  });
});

test("readArchiveEntries reads the named files of a tar", async () => {
  const path = join(await temporaryFolder(), "x.tgz");
  await writeFile(path, rawTarGz([file(), file({ name: "b", data: Buffer.from("other") })]));
  expect(await readArchiveEntries(path, ["b"])).toEqual(new Map([["b", Buffer.from("other")]]));
  expect((await userErrorOf(readArchiveEntries(path, ["c"]))).id).toBe("MA415");
});
