import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { endianness } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { rows } from "@multiarch/targets";
import { canRun, detectHost, hostOutputs } from "../src/index.ts";
import { temporaryFolder } from "./machines.ts";

/** The smallest 32-bit x86 program: it ends with 42. Any other end means that the kernel did not run it. */
function answer(): Uint8Array {
  const code = [0xb8, 1, 0, 0, 0, 0xbb, 42, 0, 0, 0, 0xcd, 0x80];
  const base = 0x08048000;
  const file = Buffer.alloc(84 + code.length);
  file.set([0x7f, 0x45, 0x4c, 0x46, 1, 1, 1]);
  const half = (value: number, at: number) => file.writeUInt16LE(value, at);
  const word = (value: number, at: number) => file.writeUInt32LE(value, at);
  half(2, 16);
  half(3, 18);
  word(1, 20);
  word(base + 84, 24);
  word(52, 28);
  half(52, 40);
  half(32, 42);
  half(1, 44);
  word(1, 52);
  word(base, 60);
  word(base, 64);
  word(file.length, 68);
  word(file.length, 72);
  word(5, 76);
  word(0x1000, 80);
  file.set(code, 84);
  return file;
}

const onLinuxX64 = process.platform === "linux" && process.arch === "x64" ? test : test.skip;

describe("this machine", () => {
  test("is what this Node says it is, and has a target", async () => {
    const host = await detectHost(process.env);
    const row = rows.find(({ id }) => id === host.target);
    expect(row?.node).toEqual({ platform: process.platform, arch: process.arch });
    expect(row?.endian).toBe(endianness() === "LE" ? "little" : "big");
    expect(host.canExecute).toContain(host.arch);
    expect(host.machineArch).not.toBeNull();
    if (row !== undefined) expect(canRun(host, row).where).toBe("native");
    expect(() => hostOutputs(host, { strict: true })).not.toThrow();
  });

  test("is found out the same without an environment", async () => {
    const [bare, full] = [await detectHost({}), await detectHost(process.env)];
    expect(bare.target).toBe(full.target);
    expect(bare.libc).toBe(full.libc);
  });

  test("the settings of Node's report are left as they were", async () => {
    const before: unknown = Reflect.get(process.report, "excludeNetwork");
    await detectHost({});
    expect(Reflect.get(process.report, "excludeNetwork")).toBe(before);
  });

  onLinuxX64("32-bit programs run exactly if the facts say so", async () => {
    const path = join(await temporaryFolder(), "answer");
    await writeFile(path, answer(), { mode: 0o755 });
    const { status } = spawnSync(path, { env: {} });
    const host = await detectHost(process.env);
    expect(host.native.includes("ia32")).toBe(status === 42);
  });
});
