import type { Refusal } from "../../../packages/capability/contents/src/types.ts";
import {
  descriptor,
  extraField,
  type RawZipEntry,
  rawZip,
  wideEnd,
} from "../../../packages/mechanism/archive/test/raw-zip.ts";

/** A wheel whose container breaks one rule. */
export interface BrokenZip {
  readonly rule: string;
  readonly bytes: Buffer;
  /** Errors only where the package is meant for the index. */
  readonly forIndex?: true;
  /** Why Python's tools and we do not agree on whether it is refused; absent: we agree. */
  readonly differs?: string;
}

const stricter = "zipfile reads by the directory alone; other readers see another archive";
const forgiven = "a warning for installers, which take it; only the package index does not";
const text = Buffer.from("x = 1\n".repeat(40));

/** Every way to break the container of a wheel. `makeWheel`: the members of a sound one with a file of that path and text. */
export function brokenZips(
  makeWheel: (file: { path: string; text: string }) => readonly RawZipEntry[],
): BrokenZip[] {
  const members = makeWheel({ path: "demo/x.py", text: text.toString() });
  const whole = rawZip(members);
  /** With something odd about one of the members. */
  const odd = (entry: Partial<RawZipEntry>): Buffer =>
    rawZip(
      members.map((member) => (member.name === "demo/x.py" ? { ...member, ...entry } : member)),
    );
  const named = (path: string): Buffer => rawZip(makeWheel({ path, text: "" }));
  const reason = (of: Refusal["reason"], bytes: Buffer, differs?: string): BrokenZip => ({
    rule: `zip/${of}`,
    bytes,
    ...(differs === undefined ? {} : { differs }),
  });
  const index = (rule: string, bytes: Buffer): BrokenZip => ({
    rule,
    bytes,
    forIndex: true,
    differs: forgiven,
  });
  const pathField = extraField(0x7075, Buffer.from([1, 0, 0, 0, 0]));
  const lacking = Buffer.concat([text, Buffer.from("y = 2\n".repeat(9))]);
  return [
    reason("not-a-zip", Buffer.from("a page that says: not found")),
    reason("not-a-zip", whole.subarray(0, whole.length - 30)),
    reason("not-a-zip", whole.subarray(0, whole.length / 2)),
    reason("crc", odd({ crc32: 1 })),
    reason("inflate", odd({ packed: Buffer.alloc(40, 0xff) })),
    reason("encrypted", odd({ flags: 1 })),
    reason("method", odd({ method: 99 })),
    reason("local-header", odd({ local: { name: "demo/y.py" } })),
    reason("local-header", odd({ local: { size: 7 } }), stricter),
    reason("descriptor", odd(withDescriptor(7)), stricter),
    reason("duplicate", rawZip([...members, ...members.slice(0, 1)]), stricter),
    reason("prefix-data", rawZip(members, { before: Buffer.from("#!/bin/sh\n") }), stricter),
    reason("trailing-data", rawZip(members, { after: Buffer.from("more") }), stricter),
    reason("gap", odd({ after: Buffer.alloc(30, 1) }), stricter),
    reason(
      "overlap",
      odd({ method: 0, packed: text, packedSize: lacking.length, size: lacking.length }),
    ),
    reason("multipart", rawZip(members, { end: { disk: 1 } }), stricter),
    reason("directory", rawZip(members, { end: { entries: members.length + 3 } }), stricter),
    reason("name", named("../x.py")),
    reason("extra", odd({ extra: Buffer.from([1, 0, 200, 0, 0]) })),
    reason(
      "zip64",
      rawZip(members, { beforeEnd: (end) => wideEnd({ ...end, entries: 1 }) }),
      stricter,
    ),
    reason("size", odd({ method: 0, size: 7, packedSize: text.length })),
    index("zip/data-descriptor", odd(withDescriptor())),
    index("zip/comment", rawZip(members, { comment: Buffer.from("hello") })),
    index("zip/extra-twice", odd({ extra: Buffer.concat([pathField, pathField]) })),
    index("zip/bomb", bomb(makeWheel)),
    { rule: "zip/link", bytes: odd({ attributes: 0o120777 }) },
    { rule: "zip/type", bytes: odd({ attributes: 0o010644 }) },
    { rule: "zip/name-portable", bytes: named("demo/aux.py") },
    { rule: "zip/name-form", bytes: named("demo//y.py") },
    { rule: "zip/name-case", bytes: named("demo/X.py") },
  ];
}

/** Sizes behind the data, as writers that stream make them. `crc32`: a false one. */
function withDescriptor(crc32?: number): Partial<RawZipEntry> {
  return {
    method: 0,
    flags: 8,
    local: { crc32: 0, size: 0, packedSize: 0 },
    after: descriptor(text, text.length, crc32 === undefined ? {} : { crc32 }),
  };
}

function bomb(makeWheel: Parameters<typeof brokenZips>[0]): Buffer {
  return rawZip(makeWheel({ path: "demo/zeros", text: "0".repeat(65 * 2 ** 20) }));
}
