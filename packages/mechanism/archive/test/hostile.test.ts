import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { UserError } from "@multiarch/diagnostics";
import fc from "fast-check";
import { checkEntryName, extractArchive, listArchive } from "../src/index.ts";
import { temporaryFolders } from "./helpers.ts";
import { paxBody, type RawTarRecord, rawTarGz } from "./raw-tar.ts";
import { descriptor, type RawZipEntry, rawZip, wideEnd } from "./raw-zip.ts";

const temporaryFolder = temporaryFolders();
/** Few enough for every change; a hunt sets MULTIARCH_RUNS. */
const runs = Number(process.env.MULTIARCH_RUNS ?? 200);
const limits = { entries: 6, fileBytes: 3000, totalBytes: 8000, ratio: 200 };

/** A field that mostly stays as an honest writer would have it, so that some archives pass and show what passing means. */
const sometimes = <T>(value: fc.Arbitrary<T>, oneIn = 5) =>
  fc.oneof(
    { weight: oneIn - 1, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: value },
  );
const rarely = <T>(value: fc.Arbitrary<T>) => sometimes(value, 25);

const hostilePart = fc.constantFrom(
  ...[
    "..",
    ".",
    "",
    "a",
    "A",
    "b",
    "etc",
    "nul",
    "x:y",
    "C:",
    "a\\b",
    "é",
    "e\u0301",
    "t ",
    "\0",
    "\n",
  ],
);
const name = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("a", "b", "c/d", "c/e", "dir/", "f.txt", "é") },
  { weight: 2, arbitrary: fc.array(hostilePart, { maxLength: 5 }).map((parts) => parts.join("/")) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 20 }) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes)) },
  { weight: 1, arbitrary: fc.constant("d/".repeat(40)) },
);
const content = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.nat(4000).map((length) => Buffer.alloc(length)),
);
const number = fc.oneof(fc.nat(300), fc.constantFrom(0, 0xffffffff, 0x7fffffff));

/** Leaves out what was not chosen. */
function chosen<T extends object>(fields: { [Key in keyof T]: T[Key] | undefined }): Partial<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}

const zipEntry: fc.Arbitrary<RawZipEntry> = fc
  .record({
    name,
    data: content,
    flags: sometimes(fc.constantFrom(0, 1, 8, 0x800, 0x2000, 0x808)),
    method: sometimes(fc.constantFrom(0, 8, 9, 99)),
    crc32: rarely(number),
    size: rarely(number),
    packedSize: rarely(number),
    offset: rarely(number),
    attributes: sometimes(fc.constantFrom(0, 0o100755, 0o104777, 0o120777, 0o040755, 0o020666)),
    extra: rarely(fc.uint8Array({ maxLength: 24 }).map((bytes) => Buffer.from(bytes))),
    after: rarely(content),
    localName: rarely(name),
    streamed: fc.boolean(),
  })
  .map(({ localName, streamed, ...fields }) => {
    const entry = chosen<RawZipEntry>(fields) as RawZipEntry;
    if (localName !== undefined) return { ...entry, local: { name: localName } };
    if (!streamed || entry.data === undefined) return entry;
    const stored = { ...entry, method: 0, flags: 0x808 };
    return { ...stored, after: descriptor(entry.data, entry.data.length) };
  });

const zip = fc
  .record({
    entries: fc.array(zipEntry, { maxLength: 8 }),
    before: rarely(content),
    after: rarely(content),
    comment: sometimes(content),
    wide: fc.boolean(),
    count: rarely(fc.nat(9)),
  })
  .map(({ entries, wide, count, ...rest }) =>
    rawZip(entries, {
      ...chosen(rest),
      ...(wide ? { beforeEnd: wideEnd } : {}),
      ...(count === undefined ? {} : { end: { entries: count } }),
    }),
  );

const tarRecord: fc.Arbitrary<RawTarRecord> = fc
  .record({
    name,
    data: content,
    size: rarely(number),
    type: sometimes(
      fc.constantFrom("0", "\0", "1", "2", "3", "5", "6", "7", "L", "K", "x", "g", "S"),
    ),
    target: sometimes(fc.constantFrom("a", "../a", "/etc/passwd", "c/d", "..")),
    mode: sometimes(fc.constantFrom(0o755, 0o4755, 0o777, 0)),
    prefix: rarely(fc.constantFrom("..", "/", "p", "C:")),
    checksum: rarely(fc.nat(5000)),
    pax: sometimes(
      fc.dictionary(
        fc.constantFrom("path", "size", "linkpath", "mtime"),
        fc.constantFrom("a", "../b", "5", "c/f"),
      ),
    ),
  })
  .map(({ pax, ...fields }) => {
    const record = chosen<RawTarRecord>(fields) as RawTarRecord;
    return pax === undefined ? record : { ...record, type: "x", data: paxBody(pax) };
  });

const tar = fc
  .record({ records: fc.array(tarRecord, { maxLength: 8 }), end: sometimes(content) })
  .map(({ records, end }) => rawTarGz(records, end));

/** An honest archive with a few bytes overwritten, taken out or put in. */
function mutated(archive: Buffer): fc.Arbitrary<Buffer> {
  const place = fc.nat(archive.length - 1);
  const edit = fc.tuple(place, fc.nat(4), fc.uint8Array({ maxLength: 4 }));
  return fc
    .array(edit, { minLength: 1, maxLength: 3 })
    .map((edits) =>
      edits.reduce(
        (bytes, [at, removed, inserted]) =>
          Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at + removed)]),
        archive,
      ),
    );
}

const honestFiles = [
  { name: "bin/tool", data: Buffer.from("tool ".repeat(30)) },
  { name: "README", data: Buffer.from("read me") },
];

/** What must hold whatever the archive: see the expectations. Returns the names that came out. */
async function unpackHostile(bytes: Buffer, allowLinks: boolean): Promise<string[] | null> {
  const folder = await temporaryFolder();
  const inside = join(folder, "inside");
  await mkdir(inside);
  await writeFile(join(inside, "archive"), bytes);
  const options = { limits, allowLinks };
  const run = async () => {
    try {
      return await extractArchive(join(inside, "archive"), join(inside, "out"), options);
    } catch (error) {
      if (error instanceof UserError) return error;
      throw new Error("an error of no kind", { cause: error });
    }
  };
  const result = await run();
  // Nothing outside, and beside the destination nothing but what was there.
  expect(await readdir(folder)).toEqual(["inside"]);
  if (result instanceof UserError) {
    expect(result.id).toMatch(/^MA4(0\d|10)$/);
    expect(result.message).not.toMatch(/[^\P{Cc}\n]/u);
    expect(await readdir(inside)).toEqual(["archive"]);
    return null;
  }
  expect((await readdir(inside)).sort()).toEqual(["archive", "out"]);
  expect(await listArchive(join(inside, "archive"), options)).toEqual(result);
  const found = await readdir(join(inside, "out"), { recursive: true, withFileTypes: true });
  const links = found.filter((entry) => entry.isSymbolicLink());
  const files = found.filter((entry) => entry.isFile());
  expect(found.filter((entry) => entry.isDirectory()).length).toBe(
    found.length - links.length - files.length,
  );
  if (!allowLinks) expect(links).toEqual([]);
  expect(files.length + links.length).toBe(result.length);
  expect(result.reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(limits.totalBytes);
  for (const member of result) {
    expect(checkEntryName(member.name)).toBeNull();
    if (member.link !== undefined) continue;
    const text = await readFile(join(inside, "out", member.name));
    expect(createHash("sha256").update(text).digest("hex")).toBe(member.sha256);
    expect(text.length).toBe(member.size);
  }
  return result.map((member) => member.name);
}

describe.each([
  { format: "zip", generated: zip, archive: rawZip(honestFiles) },
  { format: "tar.gz", generated: tar, archive: rawTarGz(honestFiles) },
])("hostile $format", ({ generated, archive }) => {
  test("made of lies: refused with an id, or whole and inside", async () => {
    let passed = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(generated, fc.boolean(), async (bytes, allowLinks) => {
        if ((await unpackHostile(bytes, allowLinks)) === null) refused += 1;
        else passed += 1;
      }),
      { numRuns: runs },
    );
    // The generator must reach both ends, or it tests nothing.
    expect(Math.min(passed, refused)).toBeGreaterThan(runs / 20);
  }, 120_000);

  test("damaged: refused, or the very files", async () => {
    await fc.assert(
      fc.asyncProperty(mutated(archive), async (bytes) => {
        const names = await unpackHostile(bytes, false);
        if (names !== null) expect(names.length).toBeLessThanOrEqual(2);
      }),
      { numRuns: runs },
    );
  }, 120_000);
});
