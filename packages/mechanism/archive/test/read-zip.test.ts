import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import { listArchive, type ReadOptions, readArchiveEntries } from "../src/index.ts";
import { temporaryFolders, userErrorOf } from "./helpers.ts";
import { noise } from "./helpers-data.ts";
import {
  descriptor,
  extraField,
  type RawZipEntry,
  type RawZipOptions,
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

describe("accepts", () => {
  const streamed = { flags: 8, local: { crc32: 0, size: 0, packedSize: 0 } };
  const big = noise(700_000);
  const bigPacked = deflateRawSync(big);
  const cases: [string, RawZipEntry[], RawZipOptions?][] = [
    ["nothing", []],
    ["stored and deflated files", [file(), file({ name: "b", method: 0 })]],
    ["folders", [{ name: "d/", method: 0, attributes: 0o040755 }, file({ name: "d/a" })]],
    ["folders without a Unix mode", [{ name: "d/", method: 0, attributes: 0 }]],
    ["a comment", [file()], { comment: Buffer.from("made by hand") }],
    [
      "data descriptors",
      [file({ ...streamed, after: descriptor(hello, packed.length) }), file({ name: "b" })],
    ],
    [
      "descriptors without signature",
      [file({ ...streamed, after: descriptor(hello, packed.length, { signature: false }) })],
    ],
    [
      "64-bit descriptors",
      [file({ ...streamed, after: descriptor(hello, packed.length, { wide: true }) })],
    ],
    [
      "descriptors after large entries",
      [
        {
          name: "big",
          data: big,
          packed: bigPacked,
          ...streamed,
          after: descriptor(big, bigPacked.length),
        },
      ],
    ],
    ["a needless 64-bit end", [file()], { beforeEnd: (place) => wideEnd(place) }],
    [
      "64-bit sizes",
      [
        file({
          size: 0xffffffff,
          packedSize: 0xffffffff,
          extra: extraField(1, wideNumbers(hello.length, packed.length)),
        }),
      ],
      {
        beforeEnd: (place) => wideEnd(place),
        end: { entries: 0xffff, size: 0xffffffff, offset: 0xffffffff },
      },
    ],
    [
      "64-bit sizes beside the same in 32 bits",
      [file({ local: { extra: extraField(1, wideNumbers(hello.length, packed.length)) } })],
    ],
    ["unknown extra fields", [file({ extra: extraField(0x5455, Buffer.from("\x01time")) })]],
    [
      "a Unicode name that agrees",
      [file({ extra: extraField(0x7075, Buffer.concat([zeros(5), Buffer.from("a")])) })],
    ],
  ];
  const rows = cases.map(([what, entries, options = {}]) => [what, entries, options] as const);
  test.each(rows)("%s", async (_what, entries, options) => {
    const members = await list(rawZip(entries, options));
    const files = entries.filter(({ name }) => !String(name).endsWith("/"));
    expect(members.map(({ name, size }) => ({ name, size }))).toEqual(
      files.map(({ name, data }) => ({ name, size: data?.length })),
    );
  });

  test("modes, without what is dangerous in them", async () => {
    const modes = [0, 0o100644, 0o100755, 0o104777, 0o100000, 0o100022];
    const entries = modes.map((attributes, index) => file({ name: `${index}`, attributes }));
    const members = await list(rawZip(entries));
    expect(members.map(({ mode }) => mode)).toEqual([0o644, 0o644, 0o755, 0o755, 0o644, 0o600]);
  });
});

describe("readArchiveEntries", () => {
  test("reads the named files of a zip without unpacking others", async () => {
    const path = join(await temporaryFolder(), "x.zip");
    await writeFile(path, rawZip([file(), file({ name: "broken", crc32: 1 })]));
    expect(await readArchiveEntries(path, ["a"])).toEqual(new Map([["a", hello]]));
    expect((await userErrorOf(readArchiveEntries(path, ["a", "b"]))).id).toBe("MA415");
    const small = readArchiveEntries(path, ["a"], { maximumBytes: 59 });
    expect((await userErrorOf(small)).id).toBe("MA406");
    expect((await userErrorOf(readArchiveEntries(path, ["broken"]))).id).toBe("MA407");
  });
});
