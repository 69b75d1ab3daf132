import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import { fileSource } from "../src/files.ts";
import { type InspectionOptions, inspectArchive, listArchive } from "../src/index.ts";
import { temporaryFolders, userErrorOf } from "./helpers.ts";
import { paxBody, type RawTarRecord, rawTarGz, rawTarRecords, tarEndRecords } from "./raw-tar.ts";
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
const zip = (...entries: Partial<RawZipEntry>[]) =>
  rawZip(entries.map((entry) => ({ name: "a", data: hello, ...entry })));
const tar = (...records: RawTarRecord[]) => rawTarGz(records);
const good: RawZipEntry = { name: "good", data: hello };

async function inspect(bytes: Buffer, options: InspectionOptions = {}) {
  const path = join(await temporaryFolder(), "x");
  await writeFile(path, bytes);
  const source = await fileSource(path);
  const read: string[] = [];
  try {
    const inspection = await inspectArchive(
      "shown",
      source,
      async (member, content) => {
        let size = 0;
        for await (const chunk of content) size += chunk.length;
        const mode = member.storedMode === null ? "none" : member.storedMode.toString(8);
        const link = member.target === null ? "" : ` -> ${member.target}`;
        read.push(`${member.kind} ${member.name} ${mode} ${size}${link}`);
      },
      options,
    );
    const reasons = inspection.refusals.map(({ reason, member }) => `${reason} ${member ?? "-"}`);
    return { path, reasons, read, inspection };
  } finally {
    await source.close();
  }
}

const goodLine = "file good 644 60";

describe("reads on after what refuses a zip", () => {
  const stored = { method: 0, data: hello } as const;
  const cases: [string, Buffer, string[], string[]][] = [
    ["a needless part", zip({ name: "./a" }, good), ["name-form ./a"], ["file a 644 60", goodLine]],
    ["a way out", zip({ name: "../a" }, good), ["name ../a"], ["file ../a 644 60", goodLine]],
    ["an absolute name", zip({ name: "/a" }), ["name /a"], ["file /a 644 60"]],
    ["a device of Windows", zip({ name: "aux.c" }), ["name-portable aux.c"], ["file aux.c 644 60"]],
    ["an unmarked name", zip({ name: "é" }), ["name é"], ["file é 644 60"]],
    ["no UTF-8", zip({ name: Buffer.from([0xff]) }), ["name ÿ"], ["file ÿ 644 60"]],
    ["a name twice", zip({}, {}), ["duplicate a"], ["file a 644 60", "file a 644 60"]],
    [
      "a name in two cases",
      zip({}, { name: "A" }),
      ["name-case A"],
      ["file a 644 60", "file A 644 60"],
    ],
    ["no mode", zip({ attributes: 0 }), [], ["file a none 60"]],
    ["a mode made up on DOS", zip({ creator: 0 }), [], ["file a none 60"]],
    ["encryption", zip({ flags: 1 }, good), ["encrypted a"], [goodLine]],
    ["a strange method", zip({ method: 12 }, good), ["method a"], [goodLine]],
    ["damage", zip({ packed: Buffer.from([0xff, 0xff]) }, good), ["inflate a"], [goodLine]],
    ["a wrong checksum", zip({ crc32: 1 }, good), ["crc a"], [goodLine]],
    ["a wrong size", zip({ size: 61 }, good), ["size a"], [goodLine]],
    ["another name inside", zip({ local: { name: "b" } }, good), ["local-header a"], [goodLine]],
    ["no local header", zip({ local: { signature: 1 } }, good), ["local-header a"], [goodLine]],
    ["a gap", zip({ after: Buffer.alloc(3) }, good), ["gap a"], ["file a 644 60", goodLine]],
    ["data before the zip", rawZip([good], { before: hello }), ["prefix-data -"], [goodLine]],
    ["data behind the zip", rawZip([good], { after: hello }), ["trailing-data -"], [goodLine]],
    ["a short comment", rawZip([good], { end: { commentLength: 9 } }), ["truncated -"], [goodLine]],
    [
      "a link to the inside",
      zip({ ...stored, attributes: 0o120777, data: Buffer.from("good") }, good),
      [],
      ["symlink a 777 0 -> good", goodLine],
    ],
    [
      "a link to the outside",
      zip({ ...stored, attributes: 0o120777, data: Buffer.from("../b") }),
      ["link a"],
      ["symlink a 777 0 -> ../b"],
    ],
    ["a device", zip({ attributes: 0o020644 }, good), ["type a"], [goodLine]],
    [
      "extra fields twice",
      zip({ extra: Buffer.concat([extraField(0x7075, hello), extraField(0x7075, hello)]) }, good),
      ["extra a"],
      [goodLine],
    ],
    ["no zip", Buffer.from("hello"), ["not-a-zip -"], []],
    ["a beginning only", rawZip([good]).subarray(0, 40), ["not-a-zip -"], []],
    ["too few entries", rawZip([good], { end: { entries: 2 } }), ["directory -"], [goodLine]],
    [
      "one place for two",
      zip(good, { name: "b", offset: 0 }),
      ["local-header good", "local-header b"],
      [],
    ],
  ];

  test.each(cases)("%s", async (_what, bytes, reasons, read) => {
    const found = await inspect(bytes, { format: "zip" });
    expect(found.reasons).toEqual(reasons);
    expect(found.read).toEqual(read);
    if (reasons.length === 0) return;
    // What is tolerated here still refuses the archive where it is unpacked.
    expect((await userErrorOf(listArchive(found.path, { allowLinks: true }))).id).toMatch(/^MA4/);
  });
});

describe("reads on after what refuses a tar", () => {
  const file: RawTarRecord = { name: "p/a", data: hello };
  const line = "file p/a 644 60";
  const noMode = rawTarRecords([{ ...file, mode: 0 }]);
  noMode.fill(0, 100, 108);
  const sum = noMode
    .subarray(0, 512)
    .fill(0x20, 148, 156)
    .reduce((all, byte) => all + byte, 0);
  noMode.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  const cases: [string, Buffer, string[], string[]][] = [
    [
      "needless parts",
      tar({ name: "./", type: "5" }, { ...file, name: "./p/./a" }, { ...file, name: "./p/b" }),
      ["name-form ."],
      ["folder  644 0", line, "file p/b 644 60"],
    ],
    [
      "a way out",
      tar({ ...file, name: "p/../../a" }, file),
      ["name p/../../a"],
      ["file p/../../a 644 60", line],
    ],
    ["a pipe", tar({ name: "p/f", type: "6" }, file), ["type p/f"], [line]],
    [
      "a link to the inside",
      tar(file, { name: "p/l", type: "2", target: "a" }),
      [],
      [line, "symlink p/l 644 0 -> a"],
    ],
    [
      "a link to the outside",
      tar({ name: "p/l", type: "2", target: "/a" }, file),
      ["link p/l"],
      ["symlink p/l 644 0 -> /a", line],
    ],
    [
      "a hard link",
      tar(file, { name: "p/h", type: "1", target: "p/a" }),
      [],
      [line, "hardlink p/h 644 0 -> p/a"],
    ],
    [
      "a hard link with needless parts",
      tar({ ...file, name: "./p/a" }, { name: "p/h", type: "1", target: "./p/a" }),
      ["name-form ./p/a"],
      [line, "hardlink p/h 644 0 -> p/a"],
    ],
    [
      "a hard link to nothing",
      tar({ name: "p/h", type: "1", target: "p/a" }, file),
      ["link p/h"],
      ["hardlink p/h 644 0 -> p/a", line],
    ],
    ["a name twice", tar(file, file), ["duplicate p/a"], [line, line]],
    ["no mode", gzipSync(Buffer.concat([noMode, tarEndRecords])), [], ["file p/a none 60"]],
    ["no end", rawTarGz([file], Buffer.alloc(512)), ["truncated -"], [line]],
    [
      "the end within a file",
      gzipSync(rawTarRecords([file, { ...file, name: "p/b" }]).subarray(0, 1560)),
      ["truncated p/b"],
      [line],
    ],
    [
      "data behind the tar",
      rawTarGz([file], Buffer.concat([tarEndRecords, hello])),
      ["trailing-data -"],
      [line],
    ],
    ["data behind the gzip data", Buffer.concat([tar(file), hello]), ["trailing-data -"], [line]],
    ["a wrong checksum", tar(file, { ...file, name: "p/b", checksum: 5 }), ["header -"], [line]],
    ["damaged gzip data", Buffer.from(tar(file)).fill(0xff, 10, 30), ["inflate -"], []],
    [
      "a header for all",
      tar({ name: "g", type: "g", data: paxBody({ path: "x" }) }, file),
      ["header -"],
      [],
    ],
  ];

  test.each(cases)("%s", async (_what, bytes, reasons, read) => {
    const found = await inspect(bytes);
    expect(found.reasons).toEqual(reasons);
    expect(found.read).toEqual(read);
    if (reasons.length === 0) return;
    expect((await userErrorOf(listArchive(found.path, { allowLinks: true }))).id).toMatch(/^MA4/);
  });

  test("an archive of zeros that grows without end is left", async () => {
    const limits = { ratioFrom: 2 ** 20 };
    const bytes = tar({ name: "zeros", data: Buffer.alloc(4 * 2 ** 20) });
    const found = await inspect(bytes, { limits });
    expect(found.reasons).toEqual(["ratio -"]);
    expect(found.read).toEqual([]);
  });
});

describe("the account of a zip", () => {
  test("has every field that registries look at", async () => {
    const extra = extraField(0x5455, Buffer.alloc(5));
    const flagged = {
      flags: 8,
      after: descriptor(hello, 0),
      packed: hello,
      method: 0,
      packedSize: 60,
    };
    const bytes = rawZip(
      [
        { ...good, flags: 0x800, extra },
        { ...flagged, name: "b", data: hello, after: descriptor(hello, 60) },
      ],
      {
        comment: Buffer.from("what for"),
        beforeEnd: wideEnd,
      },
    );
    const { inspection } = await inspect(bytes);
    expect(inspection.refusals).toEqual([]);
    expect(inspection.zip).toEqual({
      commentSize: 8,
      zip64RecordSize: 44,
      entries: [
        {
          name: "good",
          method: 8,
          flags: 0x800,
          creator: 3,
          externalAttributes: 0o100644 * 65536,
          extraIds: [0x5455],
          size: 60,
          packedSize: 11,
          commentSize: 0,
        },
        {
          name: "b",
          method: 0,
          flags: 8,
          creator: 3,
          externalAttributes: 0o100644 * 65536,
          extraIds: [],
          size: 60,
          packedSize: 60,
          commentSize: 0,
        },
      ],
    });
  });

  test("tells entries that cannot be read, and 64-bit sizes", async () => {
    const extra = extraField(1, wideNumbers(60, 13));
    const bytes = zip({
      method: 99,
      size: 0xffffffff,
      packedSize: 0xffffffff,
      extra,
      packed: Buffer.alloc(13),
    });
    const { inspection, reasons } = await inspect(bytes);
    expect(reasons).toEqual(["method a"]);
    expect(inspection.zip.entries).toMatchObject([
      { name: "a", method: 99, size: 60, packedSize: 13, extraIds: [1] },
    ]);
  });
});
