import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeTarGz } from "@multiarch/archive";
import { digest } from "@multiarch/contracts";
import { buildTreeWheel } from "@multiarch/wheel";
import { factsWith } from "./facts.ts";
import { linuxLibrary } from "./libraries.ts";
import { temporaryFolder } from "./temporary.ts";

export interface OtherPackage {
  readonly name?: string;
  readonly version?: string;
  /** Makes the bytes differ from another's. */
  readonly label?: string;
}

export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A sound wheel for Linux with glibc on x64, as another tool might have made it. */
export async function otherWheel({
  name = "tool",
  version = "1.2.3",
  label = "",
}: OtherPackage = {}): Promise<NamedFile> {
  const module = linuxLibrary({ module: "_native", glibc: "2.17" });
  const text = new TextEncoder().encode(`# ${label}\n`);
  const file = (path: string, content: Uint8Array, native: boolean) => ({
    leg: "other",
    fileId: "x",
    name: path,
    mode: native ? (0o755 as const) : (0o644 as const),
    content,
    sha256: digest(content),
    facts: native
      ? factsWith({
          type: "library",
          static: false,
          libc: "glibc",
          glibcMin: "2.17",
          needed: ["libc.so.6"],
        })
      : null,
    importable: native,
  });
  const { file: path } = await buildTreeWheel({
    settings: { name, requiresPython: ">=3.8", module: false },
    meta: {
      name,
      version,
      description: "Made elsewhere",
      license: "MIT",
      repository: null,
      homepage: null,
      epoch: 1_700_000_000,
      readme: null,
      licenses: [],
    },
    target: "linux-x64-gnu",
    files: [file("pkg/__init__.py", text, false), file("pkg/_native.abi3.so", module, true)],
    outputFolder: await temporaryFolder(),
  });
  return { name: path.slice(path.lastIndexOf("/") + 1), bytes: await readFile(path) };
}

/** A sound sdist. */
export async function otherSdist({
  name = "tool",
  version = "1.2.3",
}: OtherPackage = {}): Promise<NamedFile> {
  const root = `${name}-${version}`;
  const file = join(await temporaryFolder(), `${root}.tar.gz`);
  const encode = (text: string) => new TextEncoder().encode(text);
  const info = `Metadata-Version: 2.4\nName: ${name}\nVersion: ${version}\n`;
  const project = '[build-system]\nrequires = []\nbuild-backend = "backend"\n';
  await writeTarGz(
    file,
    [
      { name: `${root}/PKG-INFO`, mode: 0o644, content: encode(info) },
      { name: `${root}/pyproject.toml`, mode: 0o644, content: encode(project) },
    ],
    { epoch: 1_700_000_000 },
  );
  return { name: `${root}.tar.gz`, bytes: await readFile(file) };
}
