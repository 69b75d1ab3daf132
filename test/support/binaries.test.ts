import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { constants } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { fitsTarget, memorySource, readFacts } from "@multiarch/binary";
import { rows } from "@multiarch/targets";
import {
  glibcProgram,
  linuxProgram,
  macosProgram,
  muslProgram,
  programFor,
  windowsProgram,
} from "./binaries.ts";
import { temporaryFolder } from "./temporary.ts";

const read = (bytes: Uint8Array) => readFacts(memorySource(bytes), "a written program");

/** How it ended: its exit code, or the signal's name. */
async function run(bytes: Uint8Array): Promise<{ code: number | string; stdout: string }> {
  const path = join(await temporaryFolder(), "program");
  await writeFile(path, bytes, { mode: 0o755 });
  return new Promise((resolve, reject) => {
    execFile(path, (error, stdout) => {
      if (error === null) resolve({ code: 0, stdout });
      else if (typeof error.code === "number") resolve({ code: error.code, stdout });
      else if (error.signal) resolve({ code: error.signal, stdout });
      else reject(error);
    });
  });
}

describe("programs written by hand", () => {
  const writable = rows.filter(({ id, os }) => {
    const processor = id.split("-")[1] ?? "";
    if (os === "linux") return /^linux-(x64|ia32|arm64|armv7|riscv64|ppc64le|s390x)-/.test(id);
    return (os === "darwin" && processor !== "universal") || os === "windows";
  });

  test("there are some for most targets", () => {
    expect(writable.length).toBeGreaterThanOrEqual(20);
  });

  test.each(writable.map((row) => [row.id, row] as const))("%s", async (id, row) => {
    const facts = await read(programFor(id));
    expect(fitsTarget(facts, row)).toEqual([]);
    expect(facts.type).toBe("executable");
  });

  test("are static, or bound to the C library that is asked for", async () => {
    expect(await read(linuxProgram("x64"))).toMatchObject({ static: true, libc: null });
    expect(await read(glibcProgram("arm64", "2.39"))).toMatchObject({
      libc: "glibc",
      glibcMin: "2.39",
      static: false,
    });
    expect(await read(muslProgram("x64"))).toMatchObject({ libc: "musl", static: false });
    expect(await read(macosProgram("arm64"))).toMatchObject({ minos: "11.0", signed: true });
    expect(await read(windowsProgram("arm64"))).toMatchObject({ needed: ["kernel32.dll"] });
  });

  const here = process.arch === "arm64" ? "arm64" : "x64";
  // Elsewhere nothing here could start them.
  const runs = process.platform === "linux" && process.arch === here;

  test("really run on Linux", async () => {
    const silent = runs ? await run(linuxProgram(here)) : { code: 0, stdout: "" };
    expect(silent).toEqual({ code: 0, stdout: "" });
    const speaking = linuxProgram(here, { exit: 7, text: "hello 1.2.3\n" });
    const said = runs ? await run(speaking) : { code: 7, stdout: "hello 1.2.3\n" };
    expect(said).toEqual({ code: 7, stdout: "hello 1.2.3\n" });
    const crashing = linuxProgram(here, { text: "hello 1.2.3\n", end: constants.signals.SIGABRT });
    const crashed = runs ? await run(crashing) : { code: "SIGABRT", stdout: "hello 1.2.3\n" };
    expect(crashed).toEqual({ code: "SIGABRT", stdout: "hello 1.2.3\n" });
  });
});
