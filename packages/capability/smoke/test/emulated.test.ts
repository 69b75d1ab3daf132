import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { HostFacts } from "@multiarch/host";
import { armFacts, machineWithEmulator, smoke } from "./machine.ts";

let folder: string;
let host: HostFacts;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "multiarch-test-"));
  host = await machineWithEmulator();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A program that the stand-in for the emulator can run. */
async function program(script: string): Promise<string> {
  const path = join(folder, `program-${Math.abs(hash(script))}.cjs`);
  await writeFile(path, script);
  return path;
}

function hash(text: string): number {
  return [...text].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) | 0, 7);
}

const interp = "/lib/ld-linux-aarch64.so.1";
const dynamic = armFacts({ libc: "glibc", static: false, interp, needed: ["libc.so.6"] });

describe("a static program of another processor", () => {
  test("runs under the emulator on PATH", async () => {
    const path = await program("process.exit(process.argv[2] === '--version' ? 0 : 5)");
    expect(await smoke({ path, facts: armFacts(), host })).toMatchObject({
      where: "qemu",
      status: "ok",
      exit: 0,
    });
  });

  test("is not run without one", async () => {
    const bare = await machineWithEmulator({ emulators: {} });
    const result = await smoke({ path: "unused", facts: armFacts(), host: bare });
    expect(result).toMatchObject({ where: "none", status: "not-run" });
    expect(result.why).toContain("no qemu-aarch64 is on PATH");
  });
});

describe("a dynamic program of another processor", () => {
  test("runs with the folder that QEMU_LD_PREFIX names", async () => {
    const root = join(folder, "root");
    await mkdir(join(root, "lib"), { recursive: true });
    await writeFile(join(root, interp), "");
    const path = await program(
      `process.exit(process.env.QEMU_LD_PREFIX === ${JSON.stringify(root)} ? 0 : 6)`,
    );
    const env = { ...process.env, QEMU_LD_PREFIX: root };
    expect(await smoke({ path, facts: dynamic, host, env })).toMatchObject({
      where: "qemu-sysroot",
      status: "ok",
    });
  });

  test("is not run when that folder lacks its loader", async () => {
    const env = { ...process.env, QEMU_LD_PREFIX: join(folder, "nothing") };
    const result = await smoke({ path: "unused", facts: dynamic, host, env });
    expect(result).toMatchObject({ where: "none", status: "not-run" });
    expect(result.why).toContain(interp);
    expect(result.why).toContain(join(folder, "nothing"));
  });

  test("is not run when no folder is known", async () => {
    const loader = "/lib/ld-musl-nowhere.so.1";
    const facts = armFacts({ libc: "musl", static: false, interp: loader, needed: ["libc.so"] });
    const env = { ...process.env, QEMU_LD_PREFIX: undefined };
    expect(await smoke({ path: "unused", facts, host, env })).toMatchObject({
      status: "not-run",
      why: `needs the loader ${loader}, and no folder with it is known`,
    });
  });
});

describe("judged by how it ended", () => {
  test.each<[name: string, stderr: string, exit: number, status: string]>([
    ["an error of its own", "usage: tool [file]", 2, "started"],
    ["255 of its own", "tool: bad flag", 255, "started"],
    ["1 of its own", "", 1, "started"],
    [
      "the emulator finds no loader",
      `qemu-aarch64: Could not open '${interp}': No such file or directory`,
      255,
      "failed",
    ],
    [
      "glibc is too old, told with 1",
      "./tool: /lib/libc.so.6: version `GLIBC_2.39' not found (required by ./tool)",
      1,
      "failed",
    ],
    [
      "a library is missing",
      "./tool: error while loading shared libraries: libz.so.1: cannot open",
      127,
      "failed",
    ],
    ["musl misses a symbol", "Error relocating ./tool: pow: symbol not found", 127, "failed"],
    ["the processor is too old", "./tool: CPU ISA level is lower than required", 127, "failed"],
    ["macOS misses a library", "dyld[77]: Library not loaded: @rpath/libz.dylib", 1, "failed"],
    ["it may not be executed", "", 126, "failed"],
  ])("%s", async (_name, stderr, exit, status) => {
    const path = await program(
      `process.stderr.write(${JSON.stringify(`${stderr}\n`)}, () => process.exit(${exit}))`,
    );
    const result = await smoke({ path, facts: armFacts(), host });
    expect(result).toMatchObject({ status, exit });
    if (stderr !== "") expect(result.why).toContain(stderr.slice(0, 60));
  });
});
