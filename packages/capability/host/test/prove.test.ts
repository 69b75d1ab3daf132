import { chmod, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { memorySource, readFacts } from "@multiarch/binary";
import { detectHost, type HostFacts, proveExecution } from "../src/index.ts";
import { probeProgram, provableArchitectures } from "../src/probe-program.ts";
import { machine, rootWith, temporaryFolder } from "./machines.ts";

const onLinux = process.platform === "linux" ? describe : describe.skip;

test.each(provableArchitectures)(
  "the program for %s says that it is one, in 132 bytes at most",
  async (arch) => {
    const bytes = probeProgram(arch);
    const facts = await readFacts(memorySource(bytes), arch);
    expect([facts.format, facts.arch, facts.static, facts.type]).toEqual([
      "elf",
      arch,
      true,
      "executable",
    ]);
    expect(bytes.length).toBeLessThanOrEqual(132);
  },
);

onLinux("execution on this machine", () => {
  const here = async (emulators: HostFacts["emulators"] = {}): Promise<HostFacts> => ({
    ...(await detectHost({})),
    emulators,
  });

  test("is proved for the machine itself, and nothing is left behind", async () => {
    const folder = await temporaryFolder();
    const host = await here();
    const proofs = await proveExecution(host, folder);
    expect(proofs).toContainEqual({ arch: host.machineArch, how: "native", command: null });
    expect(await readdir(folder)).toEqual([]);
  });

  test("is not believed of a shell that was given the file, whatever it ends with", async () => {
    const host = await here();
    const proofs = await proveExecution(host, await temporaryFolder());
    // No kernel runs all of them, so some were given to the shell.
    expect(proofs.length).toBeLessThan(provableArchitectures.length);
  });

  test.each([
    ["says that it worked", "exit 42", true],
    ["fails", "exit 1", false],
    ["is killed", "kill -ILL $$", false],
  ])("an emulator that %s", async (_, script, expected) => {
    const folder = await temporaryFolder();
    const emulator = join(folder, "qemu-mipsel");
    await writeFile(emulator, `#!/bin/sh\n${script}\n`);
    await chmod(emulator, 0o755);
    const proofs = await proveExecution(await here({ mipsel: emulator }), folder);
    const proof = { arch: "mipsel", how: "emulated", command: emulator };
    expect(proofs.some(({ command }) => command === emulator)).toBe(expected);
    if (expected) expect(proofs).toContainEqual(proof);
  });
});

test("elsewhere the facts are the answer", async () => {
  const probes = await machine({ platform: "win32", arch: "arm64", release: "10.0.26100" });
  const host = await detectHost({}, probes);
  expect(await proveExecution(host, "/nowhere")).toEqual([
    { arch: "arm64", how: "native", command: null },
    { arch: "ia32", how: "native", command: null },
    { arch: "x64", how: "native", command: null },
  ]);
});

describe("the userland", () => {
  test.each(provableArchitectures)("of %s is read from its shell", async (arch) => {
    const root = await rootWith({ "bin/sh": probeProgram(arch) });
    expect((await detectHost({}, await machine({ root }))).userlandArch).toBe(arch);
  });

  test("is not known without a shell, or with one that is no program", async () => {
    expect((await detectHost({}, await machine())).userlandArch).toBeNull();
    const root = await rootWith({ "bin/sh": "#!/bin/busybox sh\n" });
    expect((await detectHost({}, await machine({ root }))).userlandArch).toBeNull();
  });
});

describe("the level of an Arm processor", () => {
  test.each([
    ["fp asimd evtstrm crc32", "armv8.0-a"],
    ["fp asimd evtstrm aes crc32 atomics fphp asimdhp cpuid asimdrdm lrcpc", "armv8.1-a"],
    ["fp asimd atomics asimdrdm sve sve2 sveaes i8mm bf16", "armv9.0-a"],
  ])("with %s is %s", async (features, level) => {
    const files = {
      "proc/sys/kernel/arch": "aarch64\n",
      "proc/cpuinfo": `processor\t: 0\nFeatures\t: ${features}\n`,
    };
    expect((await detectHost({}, await machine({ arch: "arm64", files }))).cpuLevel).toBe(level);
  });
});
