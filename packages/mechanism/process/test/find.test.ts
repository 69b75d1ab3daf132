import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { findExecutable, runProcess } from "@multiarch/process";
import { onPosixOnly } from "./helpers.ts";

const posix = onPosixOnly ? test.skip : test;
let root = "";
const file = (...parts: string[]): string => join(root, ...parts);

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "multiarch-find-"));
  mkdirSync(file("one"));
  mkdirSync(file("two", "tool"), { recursive: true });
  mkdirSync(file("three"));
  writeFileSync(file("one", "tool"), "#!/bin/sh\n");
  chmodSync(file("one", "tool"), 0o644);
  writeFileSync(file("three", "tool"), "#!/bin/sh\n", { mode: 0o755 });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("the search for an executable", () => {
  posix("passes by files that cannot be executed, and folders", async () => {
    const PATH = ["one", "two", "three"].map((name) => file(name)).join(delimiter);
    expect(await findExecutable("tool", { PATH })).toBe(file("three", "tool"));
    expect(await findExecutable("other", { PATH })).toBeNull();
    expect(await findExecutable(file("three", "tool"), {})).toBe(file("three", "tool"));
  });

  posix("never looks into the current folder", async () => {
    const before = process.cwd();
    process.chdir(file("three"));
    try {
      for (const PATH of ["", ".", `${delimiter}`, `.${delimiter}${delimiter}../three`]) {
        expect(await findExecutable("tool", { PATH })).toBeNull();
      }
    } finally {
      process.chdir(before);
    }
  });

  test("knows no program without a PATH", async () => {
    expect(await findExecutable("node", {})).toBeNull();
  });
});

describe("a file that the kernel would not load", () => {
  const run = (name: string, content: string | Buffer, proven = false) => {
    writeFileSync(file(name), content, { mode: 0o755 });
    return runProcess(file(name), [], { env: {}, timeoutMs: 60_000, proven });
  };

  posix("is not handed to a shell: text", async () => {
    const error = await run("text", `echo ran > ${file("ran")}\n`).catch((thrown) => thrown);
    expect(error).toMatchObject({ id: "MA381", message: expect.stringContaining("no #! line") });
    expect(await findExecutable(file("ran"), {})).toBeNull();
  });

  posix("is not handed to a shell: nothing at all", async () => {
    // The shell would end with 0: an empty file would pass for a program that works.
    await expect(run("empty", "")).rejects.toMatchObject({
      id: "MA381",
      message: expect.stringContaining("is empty"),
    });
    expect((await run("empty", "", true)).code).toBe(0);
  });

  (process.platform === "linux" ? test : test.skip)(
    "is not handed to a shell: a program for another architecture",
    async () => {
      const header = Buffer.alloc(64);
      header.write("\x7fELF\x02\x01\x01", "latin1");
      // 0x1234 is nobody's machine.
      header.writeUInt16LE(0x1234, 18);
      await expect(run("foreign", header)).rejects.toMatchObject({
        id: "MA381",
        message: expect.stringMatching(/another architecture \(ELF machine 4660\)/),
      });
    },
  );
});
