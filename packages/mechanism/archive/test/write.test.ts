import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import {
  type ArchiveEntry,
  deflateFile,
  hashFile,
  listArchive,
  type WriteOptions,
  writeTarGz,
  writeZip,
} from "../src/index.ts";
import { tarHeader } from "../src/tar-header.ts";
import { temporaryFolders, tree, userErrorOf } from "./helpers.ts";
import { noise, programLike } from "./helpers-data.ts";

const temporaryFolder = temporaryFolders();
const epoch = 1_700_000_001;
const text = (content: string) => Buffer.from(content);
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

async function deflated(folder: string, name: string, content: Uint8Array) {
  await writeFile(join(folder, name), content);
  return deflateFile(join(folder, name), folder);
}

/** Small files, a program of several blocks, one that does not compress, and an empty one. */
async function sampleEntries(folder: string): Promise<ArchiveEntry[]> {
  return [
    {
      name: "top/bin/tool",
      mode: 0o755,
      content: await deflated(folder, "a", programLike(1_300_000)),
    },
    { name: "top/noise", mode: 0o644, content: await deflated(folder, "b", noise(600_000)) },
    { name: "top/empty", mode: 0o644, content: await deflated(folder, "c", Buffer.alloc(0)) },
    { name: "top/README.md", mode: 0o644, content: text("# tool\n".repeat(40)) },
    { name: "top/é", mode: 0o644, content: text("short") },
    { name: `top/${"long/".repeat(30)}name`, mode: 0o755, content: text("split") },
    { name: `top/${"x".repeat(120)}`, mode: 0o644, content: text("pax") },
  ];
}

const writers = [
  { format: "tar.gz", write: writeTarGz },
  { format: "zip", write: writeZip },
] as const;

describe.each(writers)("$format", ({ format, write }) => {
  const pack = async (entries: readonly ArchiveEntry[], options: WriteOptions = { epoch }) => {
    const out = join(await temporaryFolder(), "out");
    return write(out, entries, options);
  };

  test("has the same bytes everywhere and for ever", async () => {
    const written = await pack(await sampleEntries(await temporaryFolder()));
    const golden = {
      "tar.gz": "741e396766e83dd2d0d865ed7341a50dde92b58dfc63b09becc35358c66760e5",
      zip: "5ebc1693e0249860290c3722f5183533e6cef41d302703b8dcac9a401324128b",
    };
    expect(written.sha256).toBe(golden[format]);
  });

  test("is read back with every name, mode, size and hash", async () => {
    const folder = await temporaryFolder();
    const written = await pack(await sampleEntries(folder));
    const expected = [
      ["top/README.md", text("# tool\n".repeat(40)), 0o644],
      ["top/bin/tool", programLike(1_300_000), 0o755],
      ["top/empty", Buffer.alloc(0), 0o644],
      [`top/${"long/".repeat(30)}name`, text("split"), 0o755],
      ["top/noise", noise(600_000), 0o644],
      [`top/${"x".repeat(120)}`, text("pax"), 0o644],
      ["top/é", text("short"), 0o644],
    ] as const;
    expect(await listArchive(written.path, { format })).toEqual(
      expected.map(([name, content, mode]) => ({
        name,
        size: content.length,
        mode,
        sha256: sha256(content),
      })),
    );
    expect(written).toEqual({ path: written.path, ...(await hashFile(written.path)) });
  });

  test("is sorted by bytes unless the order is to be kept", async () => {
    const names = ["b", "a/z", "a.b", "Z", "\u{1f600}", "\uffee"];
    const entries = names.map((name) => ({ name, mode: 0o644 as const, content: text(name) }));
    const sorted = await listArchive((await pack(entries)).path);
    expect(sorted.map(({ name }) => name)).toEqual(["Z", "a.b", "a/z", "b", "\uffee", "\u{1f600}"]);
    const kept = await listArchive((await pack(entries, { epoch, keepOrder: true })).path);
    expect(kept.map(({ name }) => name)).toEqual(names);
  });

  test("may be empty", async () => {
    expect(await listArchive((await pack([])).path)).toEqual([]);
  });

  test.each([
    [["../a"], "MA403", "cannot go into an archive"],
    [["a", "a"], "MA404", "is there twice"],
    [["a", "A"], "MA404", "are one file on some systems"],
    [["a", "a/b"], "MA404", "is both a file and a folder"],
  ])("refuses the names %j", async (names, id, message) => {
    const folder = await temporaryFolder();
    const entries = names.map((name) => ({ name, mode: 0o644 as const, content: text("") }));
    const error = await userErrorOf(write(join(folder, "out"), entries, { epoch }));
    expect(error.id).toBe(id);
    expect(error.message).toContain(message);
    expect(await tree(folder)).toEqual([]);
  });

  test("leaves what was there when compressed bytes are gone or changed", async () => {
    const folder = await temporaryFolder();
    const content = await deflated(folder, "file", programLike(100_000));
    const out = join(folder, "out");
    await writeFile(out, "before");
    const before = await tree(folder);
    const entries: ArchiveEntry[] = [{ name: "file", mode: 0o755, content }];
    await writeFile(content.rawPath, "short");
    expect((await userErrorOf(write(out, entries, { epoch }))).id).toBe("MA413");
    const gone = [{ ...entries[0], content: { ...content, rawPath: join(folder, "gone") } }];
    await expect(write(out, gone as ArchiveEntry[], { epoch })).rejects.toThrow("ENOENT");
    expect(await readFile(out, "utf8")).toBe("before");
    expect(await tree(folder)).toEqual(before);
  });
});

describe("tar.gz details", () => {
  test("nothing of the host is in the gzip header or the records", async () => {
    const folder = await temporaryFolder();
    const entries: ArchiveEntry[] = [{ name: "tool", mode: 0o755, content: text("abc") }];
    const { path } = await writeTarGz(join(folder, "out"), entries, { epoch });
    const bytes = await readFile(path);
    expect([...bytes.subarray(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
    const tar = gunzipSync(bytes);
    const field = (start: number, length: number) => tar.toString("latin1", start, start + length);
    expect(field(100, 24)).toBe("0000755\x000000000\x000000000\0");
    expect(field(124, 24)).toBe(`00000000003\0${epoch.toString(8)}\0`);
    expect(field(156, 1)).toBe("0");
    expect(field(257, 8)).toBe("ustar\x0000");
    expect(field(265, 64)).toBe("\0".repeat(64));
    expect(tar.length).toBe(512 + 512 + 1024);
  });

  test("a name of 100 bytes needs no extended header, an unsplittable longer one does", async () => {
    const folder = await temporaryFolder();
    const headers = async (name: string) => {
      const entries: ArchiveEntry[] = [{ name, mode: 0o644, content: text("") }];
      const { path } = await writeTarGz(join(folder, "out"), entries, { epoch });
      return gunzipSync(await readFile(path));
    };
    expect((await headers("x".repeat(100))).length).toBe(3 * 512);
    expect((await headers(`${"y".repeat(50)}/${"x".repeat(100)}`)).length).toBe(3 * 512);
    const extended = await headers("x".repeat(101));
    expect(extended.length).toBe(5 * 512);
    expect(extended.toString("latin1", 156, 157)).toBe("x");
    expect(extended.toString("latin1", 512, 624)).toContain(`111 path=${"x".repeat(101)}\n`);
    // A reader without pax still shows most of the name, and no half character.
    const cut = await headers(`${"x".repeat(99)}éé`);
    expect(cut.toString("utf8", 1024, 1124)).toBe(`${"x".repeat(99)}\0`);
  });
});

test("a size that eleven digits cannot hold goes into an extended header", () => {
  const fields = { name: "big", mode: 0o644, time: 0 };
  expect(tarHeader({ ...fields, size: 2 ** 33 - 1 }).length).toBe(512);
  const header = Buffer.from(tarHeader({ ...fields, size: 2 ** 33 }));
  expect(header.length).toBe(3 * 512);
  expect(header.toString("latin1", 512, 535)).toBe("19 size=8589934592\n\0\0\0\0");
  expect(header.toString("latin1", 1024, 1028)).toBe("big\0");
});

describe("zip details", () => {
  const headerOf = async (entry: ArchiveEntry, when = epoch) => {
    const { path } = await writeZip(join(await temporaryFolder(), "out"), [entry], { epoch: when });
    const bytes = await readFile(path);
    const central = bytes.readUInt32LE(bytes.length - 6);
    return { bytes, central };
  };
  const hello: ArchiveEntry = { name: "bin/tool", mode: 0o755, content: text("hello ".repeat(50)) };

  test("headers agree, sizes stand up front, the mode has its file type", async () => {
    const { bytes, central } = await headerOf(hello);
    expect(bytes.readUInt32LE(central)).toBe(0x02014b50);
    expect(bytes.readUInt16LE(central + 4)).toBe((3 << 8) | 20);
    // From "version needed" to "name length": no flag (so no data descriptor), deflate, times, CRC and sizes.
    expect(bytes.subarray(central + 6, central + 30)).toEqual(bytes.subarray(4, 28));
    expect(bytes.readUInt16LE(6)).toBe(0);
    expect(bytes.readUInt16LE(8)).toBe(8);
    expect(bytes.readUInt32LE(22)).toBe(300);
    expect(bytes.readUInt16LE(28)).toBe(0);
    expect(bytes.readUInt32LE(central + 38)).toBe((0o100755 << 16) >>> 0);
    expect(bytes.length).toBe(central + 46 + "bin/tool".length + 22);
  });

  test("only names that need it are marked as UTF-8", async () => {
    const { bytes } = await headerOf({ ...hello, name: "café" });
    expect(bytes.readUInt16LE(6)).toBe(0x0800);
  });

  test("what does not shrink is stored, whether in memory or in a file", async () => {
    const folder = await temporaryFolder();
    const small = await headerOf({ ...hello, content: text("hi") });
    expect(small.bytes.readUInt16LE(8)).toBe(0);
    const content = await deflated(folder, "noise", noise(70_000));
    const large = await headerOf({ ...hello, content });
    expect(large.bytes.readUInt16LE(8)).toBe(0);
    expect(large.bytes.readUInt32LE(18)).toBe(70_000);
    await writeFile(content.path, noise(70_000, 2));
    const error = await userErrorOf(headerOf({ ...hello, content }));
    expect(error.id).toBe("MA413");
  });

  test.each([
    [0, 0x0021, 0],
    [315_532_800, 0x0021, 0],
    [1_700_000_001, 0x576e, 0xb1aa],
    [2 ** 40, 0xff9f, 0xbf7d],
  ])("the time %d is written in UTC and within bounds", async (when, date, time) => {
    const { bytes } = await headerOf(hello, when);
    expect([bytes.readUInt16LE(12), bytes.readUInt16LE(10)]).toEqual([date, time]);
  });

  test("refuses what needs the 64-bit form", async () => {
    const folder = await temporaryFolder();
    const content = await deflated(folder, "file", text("x"));
    const huge: ArchiveEntry = { ...hello, content: { ...content, size: 2 ** 32 } };
    expect((await userErrorOf(headerOf(huge))).id).toBe("MA414");
    const many = Array.from({ length: 65_535 }, (_, index) => ({ ...hello, name: `${index}` }));
    const error = await userErrorOf(writeZip(join(folder, "out"), many, { epoch }));
    expect(error.id).toBe("MA414");
  });
});

describe("deflateFile", () => {
  test("hashes the file in the same pass", async () => {
    const folder = await temporaryFolder();
    const content = programLike(1_000_000);
    const result = await deflated(folder, "file", content);
    expect(result).toMatchObject({ size: 1_000_000, sha256: sha256(content) });
    expect(result.rawSize).toBe((await readFile(result.rawPath)).length);
    expect(result.rawSize).toBeLessThan(600_000);
  });

  test("leaves nothing when the file is not there", async () => {
    const folder = await temporaryFolder();
    await expect(deflateFile(join(folder, "absent"), folder)).rejects.toThrow("ENOENT");
    expect(await tree(folder)).toEqual([]);
  });
});
