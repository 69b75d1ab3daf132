import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ArchiveEntry, hashFile, writeTarGz, writeZip } from "@multiarch/archive";
import type { GoTable } from "@multiarch/toolchains";

export const platform = "linux-amd64";
export const host = { os: "linux", arch: "x64" } as const;

/** A toolchain of a few files, packed in the two ways in which real ones travel. */
export interface FakeGo {
  readonly zip: string;
  readonly tarGz: string;
  readonly version: string;
  readonly files: ReadonlyMap<string, Buffer>;
  /** The table that knows this one release. */
  readonly table: GoTable;
}

export interface Folder extends AsyncDisposable {
  readonly path: string;
}

export async function temporaryFolder(): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), "toolchains-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

const sha256 = (data: Uint8Array): string => createHash("sha256").update(data).digest("hex");

/** h1 written down a second time, from its definition: hex, two blanks, name, line feed; sorted; base64. */
export function h1Of(files: Iterable<readonly [string, Uint8Array]>): string {
  const lines = [...files]
    .sort(([left], [right]) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
    .map(([name, data]) => `${sha256(data)}  ${name}\n`);
  return `h1:${createHash("sha256").update(lines.join("")).digest("base64")}`;
}

/** @param extraFiles Makes the tree larger: one more file of 4 KiB each. */
export async function makeFakeGo(
  folder: string,
  options: { version?: string; extraFiles?: number } = {},
): Promise<FakeGo> {
  const version = options.version ?? "1.25.3";
  const files = new Map<string, Buffer>([
    ["bin/go", Buffer.from("#!/bin/sh\necho a fake\n")],
    ["bin/gofmt", randomBytes(5000)],
    ["lib/wasm/go_js_wasm_exec", Buffer.from("#!/bin/sh\n")],
    ["lib/wasm/wasm_exec.js", Buffer.from("//\n")],
    ["pkg/tool/linux_amd64/compile", randomBytes(20_000)],
    ["pkg/tool/linux_amd64/fix", randomBytes(200)],
    ["src/fmt/print.go", Buffer.from("package fmt\n")],
    ["src/fmt.go", Buffer.from("package x\n")],
    ["go.env", Buffer.from("GOTOOLCHAIN=auto\n")],
  ]);
  for (let at = 0; at < (options.extraFiles ?? 0); at++) {
    files.set(`src/extra/file${at}.go`, randomBytes(4096));
  }
  const prefix = `golang.org/toolchain@v0.0.1-go${version}.${platform}/`;
  const zip = join(folder, `go${version}.zip`);
  const tarGz = join(folder, `go${version}.tar.gz`);
  const entries = (top: string): ArchiveEntry[] =>
    [...files].map(([name, content]) => ({ name: top + name, mode: 0o644, content }));
  await writeZip(zip, entries(prefix), { epoch: 0 });
  await writeTarGz(tarGz, entries("go/"), { epoch: 0 });
  const h1 = h1Of([...files].map(([name, data]) => [prefix + name, data] as const));
  const archive = (await hashFile(tarGz)).sha256;
  return {
    zip,
    tarGz,
    version,
    files,
    table: {
      defaultMinor: version.replace(/\.\d+$/, ""),
      archiveUrl: "http://127.0.0.1:1/{version}.{os}-{arch}.{extension}",
      archiveHosts: [],
      releases: [{ version, h1: { [platform]: h1 }, archives: { [platform]: archive } }],
    },
  };
}

/** A shell script that answers like a go command of that version; `broken` makes one of its answers fail. */
export function goScript(
  version: string,
  root: string,
  options: { readonly broken?: "tool" | "list"; readonly proxies?: string } = {},
): string {
  return `#!/bin/sh
case "$1" in
  env) printf '%s\\n%s\\n%s\\n' 'go${version}' '${root}' '${options.proxies ?? ""}' ;;
  ${options.broken ?? "nothing"}) echo broken >&2; exit 1 ;;
  tool|list) echo fine ;;
  *) exit 2 ;;
esac
`;
}
