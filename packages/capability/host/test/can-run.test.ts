import { describe, expect, test } from "@jest/globals";
import { parseTarget, rows, type TargetRow } from "@multiarch/targets";
import { canRun, type Demands, detectHost, type HostFacts } from "../src/index.ts";
import { kernel, machine } from "./machines.ts";

function row(id: string): TargetRow {
  const [only] = parseTarget(id).rows;
  if (only === undefined) throw new Error(`${id} has no row`);
  return only;
}

const linux = async (special: Partial<HostFacts> = {}): Promise<HostFacts> => ({
  ...(await detectHost({}, await machine({ files: kernel("x86_64") }))),
  native: ["x64", "ia32"],
  cpuLevel: "x86-64-v3",
  ...special,
});
const nothing: Demands = { interp: null, glibcMin: null, cpuLevel: null };
const everything = () => true;

describe("where a program runs", () => {
  test("natively: the own architecture in either libc, and the 32-bit one", async () => {
    const host = await linux();
    for (const id of ["linux-x64-gnu", "linux-x64-musl", "linux-ia32-gnu"]) {
      expect(canRun(host, row(id))).toMatchObject({ where: "native" });
    }
    expect(canRun(host, row("linux-ia32-musl")).why).toBe("x64 runs ia32");
  });

  test("by an emulator on PATH, or one that the kernel starts", async () => {
    const host = await linux({
      emulators: { aarch64: "/opt/qemu-aarch64" },
      registered: ["s390x"],
    });
    expect(canRun(host, row("linux-arm64-musl"))).toEqual({
      where: "qemu",
      command: ["/opt/qemu-aarch64"],
      why: "emulated by /opt/qemu-aarch64",
    });
    expect(canRun(host, row("linux-s390x-gnu"))).toMatchObject({ where: "qemu", command: [] });
  });

  test("one emulator serves every version of 32-bit Arm", async () => {
    const host = await linux({ emulators: { arm: "/opt/qemu-arm" } });
    for (const id of ["linux-armv5-gnu", "linux-armv6-musl", "linux-armv7-gnu"]) {
      expect(canRun(host, row(id)).command).toEqual(["/opt/qemu-arm"]);
    }
  });

  test("nowhere, with the reason", async () => {
    const host = await linux();
    expect(canRun(host, row("linux-arm64-gnu"))).toEqual({
      where: "none",
      why: "made for arm64, this machine is x64, and no qemu-aarch64 is on PATH",
    });
    expect(canRun(host, row("darwin-x64")).why).toBe("made for darwin, this machine is linux");
    expect(canRun(host, row("wasm32-wasip1")).where).toBe("none");
    // Android's programs are not Linux's, though the kernel is.
    expect(canRun(host, row("android-x64")).where).toBe("none");
  });

  test("a universal program runs on either Mac", async () => {
    for (const arch of ["x64", "arm64"] as const) {
      const host = { ...(await linux()), os: "darwin", arch, machineArch: arch, native: [arch] };
      expect(canRun(host, row("darwin-universal")).where).toBe("native");
    }
    const m1 = { ...(await linux()), os: "darwin", machineArch: "arm64", native: ["arm64"] };
    expect(canRun(m1, row("darwin-x64")).where).toBe("none");
  });

  test("older 32-bit Arm does not run what was made for newer", async () => {
    const arm = await linux({ arch: "arm", machineArch: "arm", native: ["arm"], armVersion: 6 });
    expect(canRun(arm, row("linux-armv6-gnu")).where).toBe("native");
    expect(canRun(arm, row("linux-armv5-gnu")).where).toBe("native");
    expect(canRun(arm, row("linux-armv7-gnu")).where).toBe("none");
    expect(canRun({ ...arm, armVersion: 7 }, row("linux-armv7-gnu")).where).toBe("native");
  });

  test("every target has an answer, and an emulator only where there is one", async () => {
    const host = await linux();
    for (const one of rows) {
      const { where, command, why } = canRun(host, one);
      expect(where).not.toBe("qemu");
      expect(command).toBeUndefined();
      expect(why).not.toBe("");
    }
  });
});

describe("what the bytes of the file ask for", () => {
  test("a loader that is not here", async () => {
    const host = await linux({ emulators: { aarch64: "/opt/qemu-aarch64" } });
    const musl = { ...nothing, interp: "/lib/ld-musl-x86_64.so.1" };
    expect(canRun(host, row("linux-x64-musl"), musl, () => false)).toEqual({
      where: "none",
      why: "needs the loader /lib/ld-musl-x86_64.so.1, which this machine does not have",
    });
    expect(canRun(host, row("linux-x64-musl"), musl, everything).where).toBe("native");
    // Static programs need nothing.
    expect(canRun(host, row("linux-x64-musl"), nothing, () => false).where).toBe("native");
    const foreign = { ...nothing, interp: "/lib/ld-linux-aarch64.so.1" };
    expect(canRun(host, row("linux-arm64-gnu"), foreign, () => false).where).toBe("none");
    expect(canRun(host, row("linux-arm64-gnu"), foreign, everything).where).toBe("qemu");
  });

  test("a newer glibc", async () => {
    const host = await linux({ glibcVersion: "2.36" });
    const needs = (glibcMin: string) =>
      canRun(host, row("linux-x64-gnu"), { ...nothing, glibcMin }, everything);
    expect(needs("2.36").where).toBe("native");
    expect(needs("2.4").where).toBe("native");
    expect(needs("2.2.5").where).toBe("native");
    expect(needs("2.39")).toEqual({
      where: "none",
      why: "needs glibc 2.39, this machine has 2.36",
    });
  });

  test("a newer processor; an emulator has them all", async () => {
    const demands = { ...nothing, cpuLevel: "x86-64-v4" as const };
    const host = await linux();
    expect(canRun(host, row("linux-x64-gnu"), demands).why).toContain("this one is x86-64-v3");
    const unknown = await linux({ cpuLevel: null });
    expect(canRun(unknown, row("linux-x64-gnu"), demands).where).toBe("native");
  });
});
