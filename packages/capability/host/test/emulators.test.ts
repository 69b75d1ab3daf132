import { chmod, mkdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { detectHost } from "../src/index.ts";
import { kernel, machine, temporaryFolder } from "./machines.ts";

async function folderWith(files: Readonly<Record<string, number>>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, mode] of Object.entries(files)) {
    await writeFile(join(folder, name), "");
    await chmod(join(folder, name), mode);
  }
  return folder;
}

// What makes a file executable is a question of modes, which Windows does not have.
const unix = process.platform === "win32" ? test.skip : test;

describe("emulators on PATH", () => {
  unix("are user emulators that may be executed", async () => {
    const folder = await folderWith({
      "qemu-aarch64": 0o755,
      "qemu-arm": 0o644,
      "qemu-riscv64": 0o755,
      "qemu-riscv64-static": 0o755,
      "qemu-img": 0o755,
      "qemu-system-s390x": 0o755,
      "qemu-sparc": 0o755,
    });
    await mkdir(join(folder, "qemu-s390x"));
    const probes = await machine({ files: kernel("x86_64") });
    const host = await detectHost({ PATH: folder }, probes);
    expect(host.emulators).toEqual({
      aarch64: join(folder, "qemu-aarch64"),
      riscv64: join(folder, "qemu-riscv64-static"),
    });
    expect(host.canExecute).toEqual(["x64", "arm64", "riscv64"]);
    expect(host.native).toEqual(["x64"]);
  });

  unix("come from the first folder; relative and missing folders are not looked into", async () => {
    const first = await folderWith({ "qemu-arm": 0o755 });
    const second = await folderWith({ "qemu-arm": 0o755, "qemu-ppc64le-static": 0o755 });
    const PATH = ["", ".", "relative", join(first, "missing"), first, second].join(delimiter);
    const host = await detectHost({ PATH }, await machine({ files: kernel("x86_64") }));
    expect(host.emulators).toEqual({
      arm: join(first, "qemu-arm"),
      ppc64le: join(second, "qemu-ppc64le-static"),
    });
    expect(host.canExecute).toEqual(["x64", "arm", "ppc64le"]);
  });

  test("are for Linux", async () => {
    const probes = await machine({ platform: "darwin", arch: "arm64" });
    expect((await detectHost({ PATH: "/usr/bin" }, probes)).emulators).toEqual({});
  });
});

describe("emulators that the kernel knows", () => {
  const registry = "proc/sys/fs/binfmt_misc";
  const entry = "enabled\ninterpreter /usr/bin/qemu-aarch64-static\nflags: POCF\n";

  test("whoever registered them, if they are enabled", async () => {
    const probes = await machine({
      files: {
        ...kernel("x86_64"),
        [`${registry}/status`]: "enabled\n",
        [`${registry}/register`]: "",
        [`${registry}/qemu-aarch64`]: entry,
        [`${registry}/multiarch-s390x`]: entry,
        [`${registry}/qemu-arm`]: entry.replace("enabled", "disabled"),
        [`${registry}/python3.11`]: entry,
        [`${registry}/qemu-alpha`]: entry,
      },
    });
    const host = await detectHost({}, probes);
    expect(host.registered).toEqual(["aarch64", "s390x"]);
    expect(host.canExecute).toEqual(["x64", "arm64", "s390x"]);
  });

  test("not where the whole mechanism is off", async () => {
    const files = { [`${registry}/status`]: "disabled\n", [`${registry}/qemu-aarch64`]: entry };
    expect((await detectHost({}, await machine({ files }))).registered).toEqual([]);
  });
});
