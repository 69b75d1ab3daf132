import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import { linuxProgram, macosProgram, windowsProgram } from "../../../../test/support/binaries.ts";
import { temporaryFolder } from "../../../../test/support/temporary.ts";
import { extractNative, extractWithContents } from "../src/index.ts";
import { expectKind, fileWith, packed, read } from "./fixtures.ts";

const linux = linuxProgram("arm64");
const macos = macosProgram("arm64");
const windows = windowsProgram("x64");
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

describe("extractNative", () => {
  test("writes the native files of an archive, and nothing else", async () => {
    const path = await packed("tool.tar.gz", {
      "t/bin/tool": linux,
      "t/README.md": "read me",
      "t/lib/tool": macos,
    });
    const folder = join(await temporaryFolder(), "new");
    const natives = await extractNative(path, folder);
    expect(natives).toMatchObject([
      { path: join(folder, "0-tool"), member: "t/bin/tool", mode: "0755", facts: { os: "linux" } },
      { path: join(folder, "1-tool"), member: "t/lib/tool", mode: "0755", facts: { os: "darwin" } },
    ]);
    expect((await readdir(folder)).sort()).toEqual(["0-tool", "1-tool"]);
    for (const native of natives) {
      expect(sha256(await readFile(native.path))).toBe(native.sha256);
    }
  });

  test("names the members of an npm package as the package does", async () => {
    const path = await packed("tool.tgz", {
      "any/package.json": "{}",
      "any/bin/tool.exe": windows,
    });
    const { contents, natives } = await extractWithContents(path, await temporaryFolder());
    expect(contents.kind).toBe("npm");
    expect(natives).toMatchObject([{ member: "bin/tool.exe", size: windows.length }]);
    expect(natives[0]?.path).toMatch(/0-tool\.exe$/);
  });

  test("copies a native file that stands by itself", async () => {
    const folder = await temporaryFolder();
    const natives = await extractNative(await fileWith("tool", linux), folder);
    expect(natives).toMatchObject([{ path: join(folder, "0-tool"), member: null }]);
    expect(await readFile(join(folder, "0-tool"))).toEqual(Buffer.from(linux));
  });

  test("takes nothing from what is no package", async () => {
    const folder = await temporaryFolder();
    expect(await extractNative(await fileWith("x", "#!/bin/sh\n"), folder)).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
  });

  test("never writes where a name in an archive leads", async () => {
    const root = await temporaryFolder();
    const folder = join(root, "in");
    const path = await fileWith("evil.tar.gz", tarOf("../../evil", "/abs", "a/aux", "c:\\x"));
    const natives = await extractNative(path, folder);
    expect(natives.map((native) => native.path)).toEqual([
      join(folder, "0-evil"),
      join(folder, "1-abs"),
      join(folder, "2-aux"),
      join(folder, "3-native"),
    ]);
    expect(await readdir(root)).toEqual(["in"]);
    const contents = expectKind(await read(path), "archive");
    expect(contents.refusals.map(({ reason, member }) => [reason, member])).toEqual([
      ["name", "../../evil"],
      ["name", "/abs"],
      ["name-portable", "a/aux"],
      ["name", "c:\\x"],
    ]);
  });

  test("keeps nothing of a member that breaks off", async () => {
    const whole = tarOf("t/tool");
    const folder = await temporaryFolder();
    const path = await fileWith("x.tar.gz", whole.subarray(0, whole.length - 40));
    const { contents, natives } = await extractWithContents(path, folder);
    expect(natives).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
    expect(expectKind(contents, "archive").refusals).toMatchObject([{ reason: "truncated" }]);
  });
});

describe("members", () => {
  test("a link is told as one, a hard link as the file that it repeats", async () => {
    const link = tarRecord("t/link", Buffer.alloc(0), "2", "tool");
    const hard = tarRecord("t/hard", Buffer.alloc(0), "1", "t/tool");
    const tar = Buffer.concat([tarRecord("t/tool", linux), link, hard, Buffer.alloc(1024)]);
    const contents = expectKind(await read(await fileWith("x.tar.gz", gzipSync(tar))), "archive");
    expect(contents.refusals).toEqual([]);
    expect(contents.members).toMatchObject([
      { path: "t/tool", facts: { arch: "arm64" } },
      { path: "t/link", link: "tool", size: 0, sha256: sha256(Buffer.from("tool")), facts: null },
      { path: "t/hard", sha256: sha256(linux), facts: { arch: "arm64" } },
    ]);
  });

  test("a native file that is cut off is told with the reason", async () => {
    const path = await packed("x.zip", { tool: linux.subarray(0, 60), other: linux });
    const contents = expectKind(await read(path), "archive");
    expect(contents.members).toMatchObject([
      { path: "tool", facts: null, damage: { id: "MA602" } },
      { path: "other", facts: { os: "linux" }, damage: null },
    ]);
  });

  test("a damaged wheel: the member is refused, all others are read", async () => {
    const path = await packed("tool-1.0-py3-none-any.whl", {
      "tool/a": linux,
      "tool/b": macos,
      "tool-1.0.dist-info/METADATA": "Name: tool\n",
    });
    const bytes = await readFile(path);
    bytes.fill(0xff, 40, 60);
    const contents = expectKind(
      await read(await fileWith("tool-1.0-py3-none-any.whl", bytes)),
      "wheel",
    );
    expect(contents.refusals).toMatchObject([{ id: "MA402", reason: "inflate", member: "tool/a" }]);
    expect(contents.members.map((member) => member.path)).toEqual([
      "tool/b",
      "tool-1.0.dist-info/METADATA",
    ]);
    expect(contents.zip.entries.map(({ name }) => name)).toContain("tool/a");
  });

  test("a large native file is read although it is not held in memory", async () => {
    const large = Buffer.concat([linux, Buffer.alloc(17 * 2 ** 20)]);
    const path = await packed("x.zip", { tool: large, small: macos });
    const contents = expectKind(await read(path), "archive");
    expect(contents.members).toMatchObject([
      { path: "tool", sha256: sha256(large), facts: { os: "linux", arch: "arm64" } },
      { path: "small", sha256: sha256(macos), facts: { os: "darwin" } },
    ]);
  });
});

function tarOf(...names: string[]): Buffer {
  const records = names.map((name) => tarRecord(name, linux));
  return gzipSync(Buffer.concat([...records, Buffer.alloc(1024)]));
}

/** A record of a tar that no honest writer makes. */
function tarRecord(name: string, data: Uint8Array, type = "0", target = ""): Buffer {
  const header = Buffer.alloc(512);
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, "0");
  header.write(name, 0);
  header.write(octal(0o644, 7), 100);
  header.write(octal(data.length, 11), 124);
  header.write("        ", 148);
  header.write(type, 156);
  header.write(target, 157);
  header.write("ustar\x0000", 257);
  header.write(
    `${octal(
      header.reduce((sum, byte) => sum + byte, 0),
      6,
    )}\0 `,
    148,
  );
  return Buffer.concat([header, data, Buffer.alloc((512 - (data.length % 512)) % 512)]);
}
