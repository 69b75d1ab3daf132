import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, inflateRawSync } from "node:zlib";
import { deflateFile } from "@multiarch/archive";
import type { Facts } from "@multiarch/contracts";
import { factsWith as factsOf } from "../../../../test/support/facts.ts";
import type { PackagedBinary, PackageMeta, WheelSettings } from "../src/index.ts";

export { factsWith as factsOf } from "../../../../test/support/facts.ts";

export const glibc = (version: string | null): Partial<Facts> => ({
  libc: "glibc",
  static: false,
  glibcMin: version,
  needed: ["libc.so.6", "ld-linux-x86-64.so.2"],
});
export const musl: Partial<Facts> = {
  libc: "musl",
  static: false,
  needed: ["libc.musl-x86_64.so.1"],
};
export const windows: Partial<Facts> = { format: "pe", os: "windows", static: false };

/** A Mach-O file; each part is given as processor and minimum version. */
export const macos = (
  ...parts: readonly (readonly ["x64" | "arm64", string | null])[]
): Partial<Facts> => ({
  format: "macho",
  os: "darwin",
  arch: parts.length === 1 ? (parts[0]?.[0] ?? null) : null,
  static: false,
  slices: parts.map(([arch, minos]) => ({
    arch,
    minos,
    sdk: null,
    platform: "macos",
    signed: true,
    needed: [],
  })),
});

const text = (content: string) => new TextEncoder().encode(content);

export const meta: PackageMeta = {
  name: "tool",
  version: "1.2.3",
  description: "A tool",
  license: "MIT OR Apache-2.0",
  repository: "https://code.example/me/tool",
  homepage: "https://tool.example",
  epoch: 1_700_000_000,
  readme: { name: "README.md", content: text("# Tool\n\nIt works.\n") },
  licenses: [{ name: "LICENSE", content: text("Do as you like.\n") }],
};

export const settings: WheelSettings = { name: "My.Tool", requiresPython: ">=3.8", module: false };

export function temporary(): Promise<string> {
  return mkdtemp(join(tmpdir(), "multiarch-wheel-"));
}

/** An executable with bytes. They are no real program: nothing here starts them. */
export async function written(
  changes: Partial<Facts> = {},
  bin = "tool",
  target = "linux-x64",
): Promise<PackagedBinary> {
  const folder = await temporary();
  const path = join(folder, bin);
  await writeFile(path, `bytes of ${bin} for ${target}`);
  const deflated = await deflateFile(path, folder);
  return {
    leg: target,
    fileId: bin,
    bin,
    kind: "executable",
    target,
    facts: factsOf(changes),
    deflated,
    sha256: deflated.sha256,
  };
}

export interface ZipMember {
  readonly name: string;
  readonly mode: number;
  readonly flags: number;
  readonly content: Buffer;
}

/** What a wheel holds, in the order of its files, read by other code than the one that wrote it. */
export async function unzip(path: string): Promise<ZipMember[]> {
  const bytes = await readFile(path);
  const end = bytes.length - 22;
  expectSignature(bytes, end, 0x06054b50);
  const members: ZipMember[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    expectSignature(bytes, at, 0x02014b50);
    const [name, extra, comment] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field));
    const local = bytes.readUInt32LE(at + 42);
    expectSignature(bytes, local, 0x04034b50);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(start, start + bytes.readUInt32LE(at + 20));
    const content = bytes.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed);
    if (crc32(content) !== bytes.readUInt32LE(at + 16)) throw new Error("a checksum is wrong");
    members.push({
      name: bytes.toString("utf8", at + 46, at + 46 + (name ?? 0)),
      mode: bytes.readUInt32LE(at + 38) >>> 16,
      flags: bytes.readUInt16LE(at + 8),
      content: Buffer.from(content),
    });
    at += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return members;
}

function expectSignature(bytes: Buffer, at: number, signature: number): void {
  if (bytes.readUInt32LE(at) !== signature) throw new Error(`no zip record at ${at}`);
}
