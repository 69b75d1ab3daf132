import { createHash } from "node:crypto";
import { chmod, readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import {
  glibcProgram,
  linuxProgram,
  macosProgram,
  windowsProgram,
} from "../../../../test/support/binaries.ts";
import { writeElf } from "../../../../test/support/write/elf.ts";
import { expectKind, type Files, fileWith, packed, read } from "./fixtures.ts";

const program = linuxProgram("x64");
const library = writeElf({ machine: 62, type: 3, needed: ["libc.so.6"] });
const metadata = "Metadata-Version: 2.1\nName: tool\nVersion: 1.0\n";
const wheel: Files = {
  "tool-1.0.data/scripts/tool": program,
  "tool-1.0.dist-info/METADATA": metadata,
  "tool-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\n",
  "tool-1.0.dist-info/licenses/LICENSE": "free",
  "tool-1.0.dist-info/RECORD": "",
};

describe("a packed file", () => {
  test("a wheel: members with modes, hashes and facts, and the texts that describe it", async () => {
    const path = await packed("tool-1.0-py3-none-any.whl", wheel);
    const contents = expectKind(await read(path), "wheel");
    const bytes = await readFile(path);
    expect(contents).toMatchObject({
      path,
      name: "tool-1.0-py3-none-any.whl",
      size: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      refusals: [],
      zip: { commentSize: 0, zip64RecordSize: null },
    });
    expect(contents.members.map(({ path: member, mode }) => [member, mode])).toEqual([
      ["tool-1.0.data/scripts/tool", "0755"],
      ["tool-1.0.dist-info/METADATA", "0644"],
      ["tool-1.0.dist-info/WHEEL", "0644"],
      ["tool-1.0.dist-info/licenses/LICENSE", "0644"],
      ["tool-1.0.dist-info/RECORD", "0644"],
    ]);
    const [first] = contents.members;
    expect(first).toMatchObject({
      size: program.length,
      sha256: createHash("sha256").update(program).digest("hex"),
      facts: { os: "linux", arch: "x64", static: true },
      damage: null,
    });
    expect([...contents.texts.keys()]).toEqual(Object.keys(wheel).slice(1));
    expect(String(contents.texts.get("tool-1.0.dist-info/METADATA"))).toBe(metadata);
    expect(contents.zip.entries.map(({ method, creator }) => [method, creator])).toContainEqual([
      8, 3,
    ]);
  });

  test("is read under the name that it is shown as", async () => {
    const path = await packed("file.zip", wheel);
    const contents = await read(path, { shownAs: "dist/tool-1.0-py3-none-any.whl" });
    expect(contents).toMatchObject({
      kind: "wheel",
      path: "dist/tool-1.0-py3-none-any.whl",
      name: "tool-1.0-py3-none-any.whl",
    });
  });

  test("a wheel by name that is no zip", async () => {
    const path = await fileWith("tool-1.0-py3-none-any.whl", "404: Not Found");
    const contents = expectKind(await read(path), "wheel");
    expect(contents.members).toEqual([]);
    expect(contents.refusals).toMatchObject([{ id: "MA402", reason: "not-a-zip", member: null }]);
  });

  test.each([["package"], ["tool"], ["esbuild-linux-x64-0.1.0"]])(
    "an npm package whose folder is %s",
    async (root) => {
      const manifest = JSON.stringify({ name: "tool", version: "1.0.0" });
      const path = await packed("tool-1.0.0.tgz", {
        [`${root}/bin/tool`]: program,
        [`${root}/package.json`]: manifest,
        [`${root}/node_modules/inner/package.json`]: "{}",
      });
      const contents = expectKind(await read(path), "npm");
      expect(contents.root).toBe(root);
      expect(contents.members.map((member) => member.path)).toEqual([
        "bin/tool",
        "package.json",
        "node_modules/inner/package.json",
      ]);
      expect([...contents.texts].map(([name, text]) => [name, String(text)])).toEqual([
        ["package.json", manifest],
      ]);
    },
  );

  test("an npm package in several folders: npm takes the first part off each path", async () => {
    const path = await packed("tool.tgz", {
      "package/package.json": '{"name":"tool"}',
      "lib/index.js": "",
      "package/.npmrc": "x",
      "loose.txt": "",
    });
    const contents = expectKind(await read(path), "npm");
    expect(contents.root).toBe("package");
    expect(contents.members.map((member) => member.path)).toEqual([
      "package.json",
      "index.js",
      ".npmrc",
      "loose.txt",
    ]);
  });

  test("a source distribution, also with a package.json of its own, also as zip", async () => {
    const files = {
      "tool-1.0/PKG-INFO": metadata,
      "tool-1.0/package.json": "{}",
      "tool-1.0/pyproject.toml": "[project]",
      "tool-1.0/src/tool.egg-info/PKG-INFO": metadata,
    };
    for (const name of ["tool-1.0.tar.gz", "tool-1.0.zip"]) {
      const contents = expectKind(await read(await packed(name, files)), "sdist");
      expect(contents.members.map(({ path }) => path)).toEqual(Object.keys(files));
      expect(contents.texts.has("tool-1.0/PKG-INFO")).toBe(true);
      expect(contents.texts.has("tool-1.0/pyproject.toml")).toBe(true);
    }
  });

  test("any other archive, by its bytes", async () => {
    const tarGz = await packed("tool.tar.gz", { "tool-1.0/tool": program });
    const zip = await packed("tool.zip", { "tool.exe": windowsProgram("x64") });
    expect(await read(tarGz)).toMatchObject({ kind: "archive", format: "tar.gz" });
    expect(await read(zip)).toMatchObject({
      kind: "archive",
      format: "zip",
      members: [{ path: "tool.exe", facts: { os: "windows", arch: "x64" } }],
    });
    const renamed = await fileWith("tool.bin", await readFile(tarGz));
    expect(await read(renamed)).toMatchObject({ kind: "archive", format: "tar.gz" });
  });

  test("is taken for what it is asked as", async () => {
    const path = await packed("x.tar.gz", { "x/package.json": "{}" });
    expect(await read(path, { as: "sdist" })).toMatchObject({ kind: "sdist" });
    expect(await read(path, { as: "archive" })).toMatchObject({ kind: "archive" });
  });
});

describe("a single file", () => {
  test("an executable, whatever it is called, with its mode", async () => {
    const path = await fileWith("tool", program);
    await chmod(path, 0o750);
    expect(await read(path)).toMatchObject({
      kind: "executable",
      name: "tool",
      mode: process.platform === "win32" ? "0755" : "0750",
      size: program.length,
      sha256: createHash("sha256").update(program).digest("hex"),
      facts: { os: "linux", arch: "x64", type: "executable" },
    });
  });

  test.each([
    [
      "an executable that is built as a library is",
      "tool",
      glibcProgram("x64", "2.17"),
      "executable",
    ],
    ["a library", "libtool.so.1", library, "library"],
    ["an addon, by its name", "tool.node", library, "addon"],
    ["a program for macOS", "tool", macosProgram("arm64"), "executable"],
    ["a program for Windows", "tool.exe", windowsProgram("arm64"), "executable"],
  ])("%s", async (_what, name, bytes, kind) => {
    expect((await read(await fileWith(name, bytes))).kind).toBe(kind);
  });

  test.each([
    ["a script", "#!/bin/sh\nexit 0\n", "a script"],
    ["text", "hello", "text"],
    ["nothing", "", "an empty file"],
    ["a static library", "!<arch>\n", "an ar archive (a static library)"],
    ["one packed file", gzipSync("hello"), "a gzip file (perhaps a .tar.gz archive)"],
    ["an object file", writeElf({ machine: 62, type: 1 }), "an object file"],
  ])("something else: %s", async (_what, bytes, found) => {
    expect(await read(await fileWith("x", bytes))).toMatchObject({
      kind: "other",
      found,
      damage: null,
    });
  });

  test("a native file that is cut off is damaged, not something else", async () => {
    const contents = await read(await fileWith("tool", program.subarray(0, 60)));
    expect(contents).toMatchObject({ kind: "other", damage: { id: "MA602" } });
  });
});
