import { chmod, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { cargoTools } from "@multiarch/toolchains";
import { temporaryFolder } from "./fake-go.ts";

// The tools of these tests are shell scripts.
const onUnix = process.platform === "win32" ? describe.skip : describe;

async function script(path: string, text: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!/bin/sh\n${text}\n`);
  await chmod(path, 0o755);
  return path;
}

const rustc = (path: string, sysroot: string, release = "1.95.0"): Promise<string> =>
  script(
    path,
    `case "$1" in
  -vV) printf 'rustc ${release} (abc 2026-01-01)\\nbinary: rustc\\nhost: x86_64-unknown-linux-gnu\\nrelease: ${release}\\n' ;;
  --print) printf '%s\\n' '${sysroot}' ;;
  *) exit 2 ;;
esac`,
  );

async function addTarget(sysroot: string, triple: string, ...files: string[]): Promise<void> {
  const folder = join(sysroot, "lib/rustlib", triple, "lib");
  await mkdir(folder, { recursive: true });
  for (const name of files) await writeFile(join(folder, name), "");
}

onUnix("the Rust tools of a machine", () => {
  test("nothing is there: nothing is said to be", async () => {
    await using folder = await temporaryFolder();
    const env = { PATH: "/nonexistent", HOME: folder.path };
    expect(await cargoTools({ env, cwd: folder.path })).toEqual({
      cargo: null,
      rustc: null,
      host: null,
      installedTargets: [],
      rustup: false,
      zigbuild: null,
      zig: null,
    });
  });

  test("only targets with a standard library count", async () => {
    await using folder = await temporaryFolder();
    const bin = join(folder.path, "bin");
    const sysroot = join(folder.path, "home/toolchains/stable");
    await rustc(join(bin, "rustc"), sysroot);
    const cargo = await script(join(bin, "cargo"), "exit 0");
    const zig = await script(join(bin, "zig"), "exit 0");
    await addTarget(sysroot, "x86_64-unknown-linux-gnu", "libstd-1234.rlib");
    await addTarget(sysroot, "aarch64-unknown-linux-musl", "libcore-1234.rlib", "libstd-1.rlib");
    await addTarget(sysroot, "armv7-unknown-linux-gnueabihf", "libcore-1234.rlib");
    await addTarget(sysroot, "src");
    await mkdir(join(sysroot, "lib/rustlib/etc"), { recursive: true });
    const env = { PATH: bin, HOME: folder.path, RUSTUP_HOME: join(folder.path, "home") };
    expect(await cargoTools({ env, cwd: folder.path })).toEqual({
      cargo,
      rustc: "1.95.0",
      host: "x86_64-unknown-linux-gnu",
      installedTargets: ["aarch64-unknown-linux-musl", "x86_64-unknown-linux-gnu"],
      rustup: false,
      zigbuild: null,
      zig,
    });
    await script(join(bin, "rustup"), "exit 0");
    expect((await cargoTools({ env, cwd: folder.path })).rustup).toBe(true);
  });

  test("RUSTC names the compiler, and rustup does not manage that one", async () => {
    await using folder = await temporaryFolder();
    const bin = join(folder.path, "bin");
    const managed = join(folder.path, ".rustup/toolchains/stable");
    const other = join(folder.path, "distribution");
    await addTarget(managed, "x86_64-unknown-linux-gnu", "libstd-1.rlib");
    await addTarget(other, "riscv64gc-unknown-linux-gnu", "libstd-1.so");
    await rustc(join(bin, "rustc"), managed);
    await script(join(bin, "rustup"), "exit 0");
    const own = await rustc(join(folder.path, "own/rustc"), other, "1.96.0");
    const base = { PATH: bin, HOME: folder.path };
    for (const RUSTC of [own, "own/rustc"]) {
      const tools = await cargoTools({ env: { ...base, RUSTC }, cwd: folder.path });
      expect(tools).toMatchObject({
        rustc: "1.96.0",
        installedTargets: ["riscv64gc-unknown-linux-gnu"],
        rustup: false,
      });
    }
    expect((await cargoTools({ env: base, cwd: folder.path })).rustup).toBe(true);
  });

  test("a compiler that fails is none", async () => {
    await using folder = await temporaryFolder();
    await script(join(folder.path, "rustc"), "echo no toolchain >&2; exit 1");
    const tools = await cargoTools({ env: { PATH: folder.path }, cwd: folder.path });
    expect(tools).toMatchObject({ rustc: null, host: null, installedTargets: [] });
  });

  test("cargo's own folder comes before PATH for subcommands", async () => {
    await using folder = await temporaryFolder();
    const onPath = await script(join(folder.path, "bin/cargo-zigbuild"), "exit 0");
    const env = { PATH: dirname(onPath), HOME: folder.path };
    expect((await cargoTools({ env, cwd: folder.path })).zigbuild).toBe(onPath);
    const own = await script(join(folder.path, "cargo/bin/cargo-zigbuild"), "exit 0");
    const both = { ...env, CARGO_HOME: join(folder.path, "cargo"), CARGO_ZIGBUILD_ZIG_PATH: "/z" };
    expect(await cargoTools({ env: both, cwd: folder.path })).toMatchObject({
      zigbuild: own,
      zig: "/z",
    });
  });
});
