import { endianness } from "node:os";
import { describe, expect, test } from "@jest/globals";
import { rows } from "@multiarch/targets";
import { canRun, detectHost, hostOutputs, proveExecution } from "../src/index.ts";
import { temporaryFolder } from "./machines.ts";

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
    expect(() => hostOutputs(host, [], { strict: true })).not.toThrow();
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
    const host = await detectHost(process.env);
    const proofs = await proveExecution(host, await temporaryFolder());
    expect(proofs.map(({ arch }) => arch)).toContain("x64");
    expect(host.native.includes("ia32")).toBe(proofs.some(({ arch }) => arch === "ia32"));
  });
});
