import { describe, expect, test } from "@jest/globals";
import { detectHost } from "../src/index.ts";
import { cpuinfo, flags, kernel, machine } from "./machines.ts";

const arm64Cpu = "processor\t: 0\nCPU implementer\t: 0x41\nCPU architecture: 8\n";

describe("Linux", () => {
  test("a hosted x64 runner", async () => {
    const probes = await machine({
      files: {
        ...kernel("x86_64"),
        "proc/cpuinfo": cpuinfo(flags.level3),
        "proc/sys/abi/vsyscall32": "1\n",
      },
    });
    expect(await detectHost({}, probes)).toEqual({
      os: "linux",
      arch: "x64",
      armVersion: null,
      machineArch: "x64",
      userlandArch: null,
      emulated: false,
      libc: "glibc",
      glibcVersion: "2.39",
      cpuLevel: "x86-64-v3",
      target: "linux-x64-gnu",
      dockerPlatform: "linux/amd64",
      rustTarget: "x86_64-unknown-linux-gnu",
      goos: "linux",
      goarch: "amd64",
      nodePlatform: "linux-x64",
      wheelTag: "manylinux_2_39_x86_64",
      container: false,
      emulators: {},
      registered: [],
      native: ["x64", "ia32"],
      canExecute: ["x64", "ia32"],
      platformString: "linux x64",
    });
  });

  test("an arm64 Node under QEMU: only the kernel's own word tells", async () => {
    const probes = await machine({
      arch: "arm64",
      files: { ...kernel("x86_64"), "proc/cpuinfo": arm64Cpu },
    });
    const host = await detectHost({}, probes);
    expect(host).toMatchObject({ arch: "arm64", machineArch: "x64", emulated: true });
    expect(host).toMatchObject({ target: "linux-arm64-gnu", cpuLevel: null });
    expect(host.native).toEqual(["arm64", "x64"]);
  });

  test("before kernel 6.1 the processor's description has to do", async () => {
    const leaking = await machine({
      arch: "arm64",
      files: { "proc/cpuinfo": cpuinfo(flags.level1) },
    });
    expect(await detectHost({}, leaking)).toMatchObject({ machineArch: "x64", emulated: true });
  });

  test("but what newer QEMU makes up is not believed", async () => {
    const made = { "proc/cpuinfo": arm64Cpu };
    const emulated = await machine({ arch: "arm64", files: made });
    expect(await detectHost({}, emulated)).toMatchObject({ machineArch: null, emulated: false });
    const real = await machine({
      arch: "arm64",
      files: {
        ...made,
        "sys/devices/system/cpu/cpu0/regs/identification/midr_el1": "0x000000410fd0c\n",
      },
    });
    expect(await detectHost({}, real)).toMatchObject({ machineArch: "arm64", emulated: false });
  });

  test("32-bit processes on 64-bit kernels are not emulated", async () => {
    const ia32 = await machine({ arch: "ia32", files: kernel("x86_64") });
    expect(await detectHost({}, ia32)).toMatchObject({
      target: "linux-ia32-gnu",
      machineArch: "x64",
      emulated: false,
    });
    const arm = await machine({ arch: "arm", armVersion: "7", files: kernel("aarch64") });
    expect(await detectHost({}, arm)).toMatchObject({
      target: "linux-armv7-gnu",
      machineArch: "arm64",
      emulated: false,
      dockerPlatform: "linux/arm/v7",
    });
  });

  test("a 32-bit Arm whose version Node does not tell has no target", async () => {
    const arm = await machine({ arch: "arm", files: kernel("arm") });
    expect(await detectHost({}, arm)).toMatchObject({ target: null, machineArch: "arm" });
  });

  test("Node's ppc64 is told apart by its byte order", async () => {
    const little = await machine({ arch: "ppc64", files: kernel("ppc64le") });
    expect(await detectHost({}, little)).toMatchObject({ target: "linux-ppc64le-gnu" });
    const big = await machine({ arch: "ppc64", endianness: "BE", files: kernel("ppc64") });
    expect(await detectHost({}, big)).toMatchObject({ target: "linux-ppc64-gnu" });
  });

  test("a kernel that says nothing, or something unheard of, is unknown", async () => {
    expect(await detectHost({}, await machine())).toMatchObject({ machineArch: null });
    for (const word of ["mips64", "e2k", ""]) {
      const host = await detectHost({}, await machine({ files: kernel(word) }));
      expect(host).toMatchObject({ machineArch: null, emulated: false });
    }
  });

  test("without the kernel's support for 32-bit programs ia32 is not promised", async () => {
    const host = await detectHost({}, await machine({ files: kernel("x86_64") }));
    expect(host.canExecute).toEqual(["x64"]);
  });

  test("containers are told by the marks of their engines", async () => {
    for (const files of [
      { ".dockerenv": "" },
      { "run/.containerenv": "" },
      { "proc/1/cgroup": "0::/kubepods.slice/pod1\n" },
    ]) {
      expect((await detectHost({}, await machine({ files }))).container).toBe(true);
    }
    const plain = await machine({ files: { "proc/1/cgroup": "0::/init.scope\n" } });
    expect((await detectHost({}, plain)).container).toBe(false);
    expect((await detectHost({ container: "podman" }, plain)).container).toBe(true);
  });
});

describe("levels of x64 processors", () => {
  test.each([
    [flags.level1, "x86-64-v1"],
    [flags.level2, "x86-64-v2"],
    [flags.level3, "x86-64-v3"],
    [flags.level4, "x86-64-v4"],
    // A level counts only on top of all below it.
    [`${flags.level4}`.replace("movbe", ""), "x86-64-v2"],
    [`${flags.level2} avx2`, "x86-64-v2"],
    ["fpu sse", null],
  ])("%s", async (text, level) => {
    const files = { ...kernel("x86_64"), "proc/cpuinfo": cpuinfo(text) };
    expect((await detectHost({}, await machine({ files }))).cpuLevel).toBe(level);
  });

  test("the first processor is enough: a large machine's file is not read to its end", async () => {
    const files = {
      ...kernel("x86_64"),
      "proc/cpuinfo": `${cpuinfo(flags.level2)}\n${cpuinfo(flags.level4)}`,
    };
    expect((await detectHost({}, await machine({ files }))).cpuLevel).toBe("x86-64-v2");
  });
});
