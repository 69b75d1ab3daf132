import { describe, expect, test } from "@jest/globals";
import { detectHost, type Probes } from "../src/index.ts";
import { machine } from "./machines.ts";

const glibcless = () => ({ glibcVersion: null, sharedObjects: [] });

describe("macOS", () => {
  const mac = (special: Partial<Probes>) =>
    machine({ platform: "darwin", release: "25.1.0", runtime: glibcless, ...special });

  test("an arm64 Node asks nothing", async () => {
    const host = await detectHost({}, await mac({ arch: "arm64" }));
    expect(host).toMatchObject({
      target: "darwin-arm64",
      machineArch: "arm64",
      libc: null,
      canExecute: ["arm64"],
      wheelTag: "macosx_26_0_arm64",
      nodePlatform: "darwin-arm64",
    });
  });

  test.each([
    ["sysctl.proc_translated: 1\nhw.optional.arm64: 1\n", "arm64", true],
    ["sysctl.proc_translated: 1\n", "arm64", true],
    ["sysctl.proc_translated: 0\n", "x64", false],
    ["", "x64", false],
    [null, null, false],
  ])("an x64 Node, where sysctl says %j", async (said, machineArch, emulated) => {
    const probes = await mac({ arch: "x64", sysctl: async () => said });
    expect(await detectHost({}, probes)).toMatchObject({
      target: "darwin-x64",
      machineArch,
      emulated,
    });
  });

  test("x64 programs run on arm64 once Rosetta is installed", async () => {
    const files = { "Library/Apple/usr/libexec/oah/libRosettaRuntime": "" };
    const probes = await machine({ platform: "darwin", arch: "arm64", files });
    expect((await detectHost({}, probes)).canExecute).toEqual(["arm64", "x64"]);
  });

  test.each([
    ["20.6.0", "macosx_11_0_x86_64"],
    ["24.6.0", "macosx_15_0_x86_64"],
    ["25.0.0", "macosx_26_0_x86_64"],
    ["19.6.0", null],
    ["odd", null],
  ])("kernel %s takes wheels for %s", async (release, tag) => {
    const host = await detectHost({}, await mac({ arch: "x64", release, sysctl: async () => "" }));
    expect(host.wheelTag).toBe(tag);
  });
});

describe("Windows", () => {
  const windows = (special: Partial<Probes>) =>
    machine({ platform: "win32", release: "10.0.26100", runtime: glibcless, ...special });
  const x64OnArm = { PROCESSOR_ARCHITECTURE: "AMD64" };

  test("an x64 Node on Arm: only the processor's description tells", async () => {
    const env = { ...x64OnArm, Processor_Identifier: "ARMv8 (64-bit) Family 8 Model D4B" };
    const host = await detectHost(env, await windows({ arch: "x64" }));
    expect(host).toMatchObject({ machineArch: "arm64", emulated: true, arch: "x64" });
    expect(host.target).toBe("windows-x64-msvc");
    expect(host.canExecute.toSorted()).toEqual(["arm64", "ia32", "x64"]);
  });

  test("an x64 machine", async () => {
    const env = { PROCESSOR_IDENTIFIER: "AMD64 Family 25 Model 1 Stepping 1, AuthenticAMD" };
    expect(await detectHost(env, await windows({ arch: "x64" }))).toMatchObject({
      machineArch: "x64",
      emulated: false,
      nodePlatform: "win32-x64",
      goos: "windows",
      wheelTag: "win_amd64",
      platformString: "windows x64",
      canExecute: ["x64", "ia32"],
    });
  });

  test("an environment without the description leaves the machine unknown", async () => {
    const host = await detectHost(x64OnArm, await windows({ arch: "x64" }));
    expect(host.machineArch).toBeNull();
  });

  test("Windows 10 on Arm runs 32-bit x86 only", async () => {
    const old = await windows({ arch: "arm64", release: "10.0.19045" });
    expect((await detectHost({}, old)).canExecute).toEqual(["arm64", "ia32"]);
    const current = await windows({ arch: "arm64" });
    expect((await detectHost({}, current)).canExecute).toEqual(["arm64", "ia32", "x64"]);
  });
});

describe("elsewhere", () => {
  test("FreeBSD and a system we have no id for", async () => {
    const freebsd = await machine({ platform: "freebsd", runtime: glibcless });
    expect(await detectHost({}, freebsd)).toMatchObject({ target: "freebsd-x64", libc: null });
    const aix = await machine({ platform: "aix", arch: "ppc64", runtime: glibcless });
    expect(await detectHost({}, aix)).toMatchObject({ target: null, os: "aix", goos: null });
  });

  test("Android is not Linux with another libc", async () => {
    const android = await machine({ platform: "android", arch: "arm64", runtime: glibcless });
    expect(await detectHost({}, android)).toMatchObject({
      target: "android-arm64",
      libc: "bionic",
    });
  });
});
