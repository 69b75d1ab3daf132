import { mkdtemp, readFile, realpath, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { deflateFile } from "@multiarch/archive";
import type { Facts } from "@multiarch/contracts";
import { factsWith as factsOf } from "../../../../test/support/facts.ts";
import type { NpmPackage, NpmSettings, PackagedBinary, PackageMeta } from "../src/index.ts";

export { factsWith as factsOf } from "../../../../test/support/facts.ts";

export const glibc = (version: string): Partial<Facts> => ({
  libc: "glibc",
  static: false,
  glibcMin: version,
  interp: "/lib64/ld-linux-x86-64.so.2",
  needed: ["libc.so.6"],
});
export const musl: Partial<Facts> = {
  libc: "musl",
  static: false,
  interp: "/lib/ld-musl-x86_64.so.1",
  needed: ["libc.musl-x86_64.so.1"],
};
export const windows: Partial<Facts> = { format: "pe", os: "windows", static: false };
export const macos = (...architectures: ("x64" | "arm64")[]): Partial<Facts> => ({
  format: "macho",
  os: "darwin",
  arch: architectures.length === 1 ? (architectures[0] ?? null) : null,
  static: false,
  slices: architectures.map((arch) => ({
    arch,
    minos: "11.0",
    sdk: null,
    platform: "macos",
    signed: true,
    needed: [],
  })),
});

export const meta: PackageMeta = {
  name: "tool",
  version: "1.2.3",
  description: "A tool",
  license: "MIT",
  repository: "https://code.example/me/tool",
  homepage: "https://tool.example",
  epoch: 1_700_000_000,
  readme: { name: "README.md", content: new TextEncoder().encode("# Tool\n") },
  licenses: [{ name: "LICENSE", content: new TextEncoder().encode("Do as you like.\n") }],
};

export const settings: NpmSettings = {
  scope: "@tool",
  main: "tool",
  layout: "scoped",
  names: "node",
  access: "public",
  files: [],
};

/** An executable that is only described, for what never reads it. */
export function described(
  target: string,
  changes: Partial<Facts> = {},
  bin = "tool",
): PackagedBinary {
  const sha256 = Buffer.from(`${target}/${bin}`).toString("hex").padEnd(64, "0").slice(0, 64);
  return {
    leg: target,
    fileId: bin,
    bin,
    kind: "executable",
    target,
    facts: factsOf(changes),
    deflated: { path: "", size: 0, crc32: 0, sha256, rawPath: "", rawSize: 0 },
    sha256,
  };
}

/** An addon that is only described. */
export function describedAddon(
  target: string,
  changes: Partial<Facts> = {},
  name = "index",
): PackagedBinary {
  const library = { type: "library" as const, static: null, ...changes };
  return { ...described(target, library, name), kind: "addon" };
}

/** Without symbolic links on the way (macOS has one there), because Node resolves them. */
export async function temporary(): Promise<string> {
  return realpath(await mkdtemp(join(tmpdir(), "multiarch-npm-")));
}

/** An addon with bytes that nothing here loads. */
export async function writtenAddon(
  target: string,
  changes: Partial<Facts> = {},
  name = "index",
): Promise<PackagedBinary> {
  const { deflated, sha256 } = await written(target, changes, name);
  return { ...describedAddon(target, changes, name), deflated, sha256 };
}

/** An executable with bytes. They are no real program: nothing here starts them. */
export async function written(
  target: string,
  changes: Partial<Facts> = {},
  bin = "tool",
): Promise<PackagedBinary> {
  const folder = await temporary();
  const path = join(folder, bin);
  await writeFile(path, `bytes of ${bin} for ${target}`);
  const deflated = await deflateFile(path, folder);
  return { ...described(target, changes, bin), deflated, sha256: deflated.sha256 };
}

export interface TarMember {
  readonly name: string;
  readonly mode: number;
  readonly mtime: number;
  readonly content: Buffer;
}

/** What a tarball holds, read by other code than the one that wrote it. Plain headers only: the names here are short. */
export async function untar(path: string): Promise<TarMember[]> {
  const bytes = gunzipSync(await readFile(path));
  const members: TarMember[] = [];
  const text = (from: number, length: number) =>
    bytes
      .subarray(from, from + length)
      .toString()
      .replace(/\0.*$/s, "")
      .trim();
  for (let at = 0; at < bytes.length && bytes[at] !== 0; ) {
    const size = Number.parseInt(text(at + 124, 12), 8);
    const prefix = text(at + 345, 155);
    members.push({
      name: prefix === "" ? text(at, 100) : `${prefix}/${text(at, 100)}`,
      mode: Number.parseInt(text(at + 100, 8), 8),
      mtime: Number.parseInt(text(at + 136, 12), 8),
      content: bytes.subarray(at + 512, at + 512 + size),
    });
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return members;
}

/** package.json of a tarball. */
export async function manifestOf({ file }: NpmPackage): Promise<Record<string, unknown>> {
  const members = await untar(file);
  const manifest = members.find(({ name }) => name === "package/package.json");
  return JSON.parse(manifest?.content.toString() ?? "null") as Record<string, unknown>;
}
