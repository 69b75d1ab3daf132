import { basename } from "node:path";
import type { Facts } from "@multiarch/contracts";
import type { PythonMetadata } from "@multiarch/project";
import {
  buildTreeWheel,
  type PackagedBinary,
  type TreeFile,
  type WheelSettings,
} from "../src/index.ts";
import { factsOf, glibc, meta, settings, temporary, unzip } from "./fixtures.ts";

export const library = (changes: Partial<Facts> = glibc("2.17")): Partial<Facts> => ({
  type: "library",
  static: false,
  ...changes,
});

export function file(
  name: string,
  facts: Partial<Facts> | null = null,
  more: Partial<TreeFile> = {},
): TreeFile {
  return {
    leg: "linux-x64-gnu",
    fileId: name.replace(/\W/g, "-"),
    name,
    mode: facts === null ? 0o644 : 0o755,
    content: new TextEncoder().encode(`bytes of ${name}`),
    sha256: "ab".repeat(32),
    facts: facts === null ? null : factsOf(facts),
    importable: facts !== null,
    ...more,
  };
}

export const initial = file("pkg/__init__.py");
export const module = (name: string, facts = library()) => [initial, file(`pkg/${name}`, facts)];

export async function build(
  files: readonly TreeFile[],
  more: Partial<WheelSettings> = {},
  target = "linux-x64-gnu",
  binaries: readonly PackagedBinary[] = [],
) {
  const request = { files, settings: { ...settings, ...more }, meta, target, binaries };
  const wheel = await buildTreeWheel({ ...request, outputFolder: await temporary() });
  const members = await unzip(wheel.file);
  const text = (name: string) =>
    members
      .find((member) => member.name === `my_tool-1.2.3.dist-info/${name}`)
      ?.content.toString() ?? "";
  return {
    wheel,
    members,
    text,
    tags: basename(wheel.file).replace(/^my_tool-1\.2\.3-|\.whl$/g, ""),
  };
}

export const noMetadata: PythonMetadata = {
  description: null,
  license: null,
  authors: [],
  maintainers: [],
  keywords: [],
  classifiers: [],
  urls: [],
  dependencies: [],
  extras: {},
  entryPoints: {},
  readme: null,
  readmeText: null,
  readmeType: null,
};
