import { chmod, mkdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import {
  type ArchiveEntry,
  listArchive,
  readArchiveEntries,
  writeTarGz,
  writeZip,
} from "@multiarch/archive";
import { digest } from "@multiarch/contracts";
import {
  linuxProgram,
  macosProgram,
  programFor,
  windowsProgram,
} from "../../../../test/support/binaries.ts";
import { linuxLibrary } from "../../../../test/support/libraries.ts";
import { put, temporaryFolder, tree, userError } from "../../../../test/support/temporary.ts";
import { mergeFiles, mergeFolder, said } from "./support/foreign.ts";

const linux = linuxProgram("x64");
const windows = windowsProgram("x64");
const only = { overrides: { npm: false, wheel: false } } as const;

/** An archive with files of lost modes, in `dist` of a folder. */
async function packed(
  folder: string,
  name: string,
  files: Readonly<Record<string, Uint8Array | string>>,
): Promise<string> {
  const path = join(folder, "dist", name);
  await mkdir(join(path, ".."), { recursive: true });
  const entries = Object.entries(files).map(
    ([entry, content]): ArchiveEntry => ({
      name: entry,
      mode: 0o644,
      content: Buffer.from(content),
    }),
  );
  const write = /\.(?:zip|whl)$/.test(name) ? writeZip : writeTarGz;
  await write(path, entries, { epoch: 315_532_800 });
  return path;
}

describe("a program", () => {
  const expected = [`linux-x64 ${digest(linux)}`, `windows-x64 ${digest(windows)}`];
  const programs = { "a/tool": linux, "b/tool.exe": windows };
  const takenFrom = async (folder: string, wishes: object = {}): Promise<string[]> => {
    const { release } = await mergeFolder(folder, { ...only, ...wishes });
    return release.packages
      .filter(({ kind }) => kind === "archive")
      .map(({ target, from }) => `${target} ${from[0]?.sha256}`);
  };

  test("may lie bare, without its mode", async () => {
    const folder = await temporaryFolder();
    await put(join(folder, "dist"), programs);
    await chmod(join(folder, "dist/a/tool"), 0o400);
    expect(await takenFrom(folder)).toEqual(expected);
  });

  test.each(["all.zip", "all.tar.gz", "all.tgz"])("may lie in %s", async (name) => {
    const folder = await temporaryFolder();
    await packed(folder, name, programs);
    expect(await takenFrom(folder)).toEqual(expected);
  });

  test("may lie in an archive that lost its name", async () => {
    const folder = await temporaryFolder();
    await packed(folder, "x.zip", programs);
    await rename(join(folder, "dist/x.zip"), join(folder, "dist/download"));
    expect(await takenFrom(folder)).toEqual(expected);
  });

  test("may lie in an archive in an archive, as in an artifact that was downloaded", async () => {
    const folder = await temporaryFolder();
    const inner = {
      "tool-linux.tar.gz": await readFile(await packed(folder, "in.tar.gz", { tool: linux })),
      "tool-windows.zip": await readFile(await packed(folder, "in.zip", { "tool.exe": windows })),
    };
    await rm(join(folder, "dist"), { recursive: true });
    await packed(folder, "artifact.zip", inner);
    expect(await takenFrom(folder)).toEqual(expected);
  });

  test("may lie in npm packages, which npm calls as it likes", async () => {
    const folder = await temporaryFolder();
    const manifest = JSON.stringify({ name: "@me/tool-linux-x64", version: "9.9.9" });
    await packed(folder, "me-1.tgz", {
      "package/package.json": manifest,
      "package/bin/tool": linux,
    });
    await packed(folder, "me-2.tgz", { "other/package.json": manifest, "other/tool.exe": windows });
    expect(await takenFrom(folder)).toEqual(expected);
  });

  test("may be named by itself and by patterns", async () => {
    const folder = await temporaryFolder();
    await packed(folder, "one.tar.gz", { tool: linux });
    await packed(folder, "two.zip", { "tool.exe": windows });
    await put(join(folder, "dist"), { "three.exe": windowsProgram("arm64") });
    const from = ["dist/one.tar.gz", "dist/t[v-x]o.*"];
    expect(await takenFrom(folder, { from })).toEqual(expected);
  });

  test("keeps mode 0755 in every package whatever it had", async () => {
    const folder = await temporaryFolder();
    await packed(folder, "all.zip", programs);
    const { output } = await mergeFolder(folder, {});
    const files = Object.keys(await tree(output)).filter((name) =>
      /^(?:npm\/tool-linux|wheels\/.*linux|archives\/.*linux)/.test(name),
    );
    expect(files).toHaveLength(3);
    for (const file of files) {
      const members = await listArchive(join(output, file));
      const program = members.find(({ sha256 }) => sha256 === digest(linux));
      expect([file, program?.mode]).toEqual([file, 0o755]);
    }
  });
});

describe("documents in archives", () => {
  test("that all of them hold alike go into the packages; others do not", async () => {
    const folder = await temporaryFolder();
    const common = { "t/LICENSE": "MIT License\n", "t/docs/LICENSE": "of a part\n" };
    await packed(folder, "a.tar.gz", { ...common, "t/README.md": "for Linux\n", "t/tool": linux });
    await packed(folder, "b.zip", {
      ...common,
      "t/README.md": "for Windows\n",
      "t/tool.exe": windows,
    });
    const { output } = await mergeFolder(folder, only);
    const names = (await listArchive(join(output, "archives/tool-1.2.3-linux-x64.tar.gz"))).map(
      ({ name }) => name,
    );
    expect(names).toEqual(["tool-1.2.3-linux-x64/LICENSE", "tool-1.2.3-linux-x64/tool"]);
  });

  test("give way to those of the project", async () => {
    const folder = await temporaryFolder();
    await put(folder, { LICENSE: "of the project\n", "package.json": '{"name":"tool"}' });
    await packed(folder, "a.tar.gz", { LICENSE: "of the archive\n", tool: linux });
    const { output } = await mergeFolder(folder, only);
    const members = await listArchive(join(output, "archives/tool-1.2.3-linux-x64.tar.gz"));
    const license = members.find(({ name }) => name.endsWith("LICENSE"));
    expect(license?.sha256).toBe(digest("of the project\n"));
  });
});

test("licence and addresses that all npm packages agree on are those of the packages", async () => {
  const folder = await temporaryFolder();
  const manifest = (name: string, more: object): string =>
    JSON.stringify({ name, version: "9.9.9", license: "MIT", repository: "me/tool", ...more });
  const one = manifest("a", { homepage: "https://one.example.com" });
  const two = manifest("b", { homepage: "https://two.example.com" });
  await packed(folder, "a.tgz", { "package/package.json": one, "package/tool": linux });
  await packed(folder, "b.tgz", { "package/package.json": two, "package/tool.exe": windows });
  const { output } = await mergeFolder(folder, {});
  const main = join(output, "npm/tool-1.2.3.tgz");
  const files = await readArchiveEntries(main, ["package/package.json"]);
  const made: unknown = JSON.parse(Buffer.from(files.get("package/package.json") ?? []).toString());
  expect(made).toMatchObject({
    name: "tool",
    version: "1.2.3",
    license: "MIT",
    repository: { url: expect.stringContaining("github.com/me/tool") },
  });
  expect(made).not.toHaveProperty("homepage");
});

describe("what is of no use", () => {
  test("is passed over by name, with the reason", async () => {
    const made = await mergeFiles(
      {
        tool: linux,
        "checksums.txt": "0000  tool\n",
        empty: "",
        "tool.tar.xz": Buffer.from("\xfd7zXZ\0…", "latin1"),
        "tool.gz": gzipSync(macosProgram("arm64")),
        "install.sh": "#!/bin/sh\n",
        "tool.wasm.map": "{}",
        "node_modules/x/tool": macosProgram("x64"),
        ".git/tool": macosProgram("arm64"),
      },
      only,
    );
    expect(made.passedOver).toEqual(
      expect.arrayContaining([
        { file: "checksums.txt", why: "text" },
        { file: "empty", why: "an empty file" },
        { file: "install.sh", why: "a script" },
      ]),
    );
    expect(said(made, "warning")).toEqual([
      "warning: tool.gz is passed over: a compressed file that is no archive; unpack it first",
      "warning: tool.tar.xz is passed over: an xz archive; unpack it first",
    ]);
    expect(said(made, "notice").join()).toMatch(/passed over: .*checksums\.txt \(text\)/);
    expect(made.taken.map(({ target }) => target)).toEqual(["linux-x64"]);
  });

  test("cannot write lines of its own into a log", async () => {
    const made = await mergeFiles({ tool: linux, "a\n::error::b\u001b[31m": "" }, only);
    expect(made.log.lines.join("\n")).not.toMatch(/^::error/m);
    expect(made.passedOver[0]?.file).toBe("a\uFFFD::error::b\uFFFD[31m");
  });

  test("is a warning where it is called as a program", async () => {
    const made = await mergeFiles(
      {
        "tool-linux-x64": linux,
        "tool-1.2.3-darwin-arm64": "version https://git-lfs.github.com/spec/v1\n",
        "tool-windows-x64.exe": "<html>not found</html>",
        "tool-linux-x64.sha256": "0000",
        "tool-linux-x64.txt": "",
      },
      only,
    );
    expect(said(made, "warning")).toEqual([
      "warning: tool-1.2.3-darwin-arm64 is passed over: text",
      "warning: tool-windows-x64.exe is passed over: text",
    ]);
  });

  test("is a warning where a program needs it", async () => {
    const program = windowsProgram("x64");
    const library = linuxLibrary({ module: "" });
    const made = await mergeFiles({ "tool.exe": program, "KERNEL32.dll": library }, only);
    expect(said(made, "warning")).toEqual([
      "warning: tool.exe needs KERNEL32.dll, which is not packaged",
    ]);
  });

  test("alone is an error that names it", async () => {
    const error = await userError(mergeFiles({ "notes.txt": "none" }));
    expect([error.id, error.details.found]).toEqual(["MA731", "notes.txt (text)"]);
  });

  test("does not count earlier releases", async () => {
    const folder = await temporaryFolder();
    await put(join(folder, "dist"), { tool: linux });
    const first = await mergeFolder(folder, { ...only, output: join(folder, "dist/release") });
    const again = await mergeFolder(folder, { ...only, output: join(folder, "dist/release") });
    expect(again.release.packages).toEqual(first.release.packages);
  });

  test("a word that names nothing is an error", async () => {
    const error = await userError(mergeFiles({ tool: linux }, { from: ["dits"] }));
    expect([error.id, error.details.what]).toEqual(["MA730", '"dits" names no file']);
  });
});

describe("broken and hostile files", () => {
  const cases: Readonly<Record<string, { name: string; bytes: Uint8Array; id: string }>> = {
    "half a program": { name: "tool", bytes: linux.subarray(0, 70), id: "MA733" },
    "half a zip": { name: "a.zip", bytes: Buffer.from("PK\x03\x04 and no more"), id: "MA732" },
    "a tar that ends": {
      name: "a.tar.gz",
      bytes: gzipSync(Buffer.concat([tarHeader("tool", linux.length), linux.subarray(0, 9)])),
      id: "MA732",
    },
    "a name that leads outside": {
      name: "a.tar.gz",
      bytes: gzipSync(tar("../../evil", linux)),
      id: "MA732",
    },
    "a link that leads outside": {
      name: "a.tar.gz",
      bytes: gzipSync(
        Buffer.concat([tarHeader("tool", 0, "2", "/etc/passwd"), Buffer.alloc(1024)]),
      ),
      id: "MA732",
    },
  };
  test.each(Object.keys(cases))(
    "%s is an error with its name, and leaves nothing",
    async (label) => {
      const { name, bytes, id } = cases[label] ?? { name: "", bytes: new Uint8Array(), id: "" };
      const folder = await temporaryFolder();
      await put(join(folder, "dist"), { [name]: bytes });
      const error = await userError(
        mergeFolder(folder, { ...only, output: join(folder, "release") }),
      );
      expect([error.id, error.details.what]).toEqual([id, expect.stringContaining(name)]);
      expect(Object.keys(await tree(folder))).toEqual([`dist/${name}`]);
    },
  );

  test("several are told at once", async () => {
    const log = { "a.zip": Buffer.from("PK\x03\x04"), tool: linux.subarray(0, 70) };
    const error = await userError(mergeFiles(log, only));
    expect([error.id, error.details.what]).toEqual(["MA700", "2 things forbid this release"]);
  });

  test("a tar of `.` is as good as any", async () => {
    const made = await mergeFiles({ "a.tar.gz": gzipSync(tar("./tool", linux)) }, only);
    expect(made.taken.map(({ target }) => target)).toEqual(["linux-x64"]);
  });

  test("an unsigned program for Apple's own processors is refused as everywhere", async () => {
    const error = await userError(mergeFiles({ tool: unsigned(programFor("darwin-arm64")) }, only));
    expect([error.id, error.details.what]).toEqual([
      "MA708",
      expect.stringMatching(/darwin-arm64 \(tool\).*made\/signature/),
    ]);
  });
});

/** One member and the end of a tar. */
function tar(name: string, content: Uint8Array): Buffer {
  const padding = Buffer.alloc((512 - (content.length % 512)) % 512);
  return Buffer.concat([tarHeader(name, content.length), content, padding, Buffer.alloc(1024)]);
}

function tarHeader(name: string, size: number, type = "0", target = ""): Buffer {
  const header = Buffer.alloc(512);
  const field = (offset: number, text: string): void => void header.write(text, offset, "latin1");
  field(0, name);
  field(100, "0000644\0");
  field(108, "0000000\0");
  field(116, "0000000\0");
  field(124, `${size.toString(8).padStart(11, "0")}\0`);
  field(136, "00000000000\0");
  field(148, "        ");
  field(156, type);
  field(157, target);
  field(257, "ustar\0");
  field(263, "00");
  const sum = header.reduce((total, byte) => total + byte, 0);
  field(148, `${sum.toString(8).padStart(6, "0")}\0 `);
  return header;
}

/** The load command of the signature under a number that means nothing. */
function unsigned(program: Uint8Array): Uint8Array {
  const bytes = Buffer.from(program);
  const command = Buffer.from([0x1d, 0, 0, 0, 0x10, 0, 0, 0]);
  const place = bytes.indexOf(command);
  if (place < 0) throw new Error("there is no signature to take away");
  bytes[place] = 0x26;
  return bytes;
}
