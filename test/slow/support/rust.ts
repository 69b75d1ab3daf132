import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { component } from "./components.ts";
import { succeed } from "./run.ts";

/** Variables that make cargo use a compiler with the standard libraries of x64, arm64 and armv7 Linux, and cargo-zigbuild with its zig. */
export function crossRust(): { RUSTC: string; PATH: string; [name: string]: string } {
  const folder = component("cross-rust.sh", "rust", "arm64", "armhf");
  const text = readFileSync(join(folder, "env"), "utf8");
  const pairs = [...text.matchAll(/^export (\w+)='([^']*)'/gm)];
  const {
    RUSTC = "",
    PATH = "",
    ...others
  } = Object.fromEntries(pairs.map(([, name, value]) => [name ?? "", value ?? ""]));
  return { ...others, RUSTC, PATH: [PATH, process.env.PATH].join(delimiter) };
}

/** An emulator for arm64, and the C library it needs: what a user has after installing both. */
export function emulatedArm64(path: string): { PATH: string; QEMU_LD_PREFIX: string } {
  const emulators = component("cross-qemu.sh", "qemu", "aarch64");
  const roots = component("cross-sysroots.sh", "sysroots", "arm64");
  return { PATH: [emulators, path].join(delimiter), QEMU_LD_PREFIX: join(roots, "arm64") };
}

/** The source of a published crate, which cargo itself fetched and checked, copied to where it can be built. */
export async function fetchCrate(name: string, version: string, into: string): Promise<void> {
  const stub = `${into}.stub`;
  mkdirSync(join(stub, "src"), { recursive: true });
  writeFileSync(join(stub, "src/lib.rs"), "");
  const manifest = ['[package]\nname = "stub"\nversion = "0.0.0"\nedition = "2021"\n'];
  manifest.push(`[dependencies]\n${name} = "=${version}"\n`);
  writeFileSync(join(stub, "Cargo.toml"), manifest.join("\n"));
  await succeed("cargo", ["fetch"], { cwd: stub });
  const sources = join(process.env.CARGO_HOME ?? join(homedir(), ".cargo"), "registry/src");
  const [source] = readdirSync(sources)
    .map((registry) => join(sources, registry, `${name}-${version}`))
    .filter((folder) => readdirSync(join(folder, "..")).includes(`${name}-${version}`));
  if (source === undefined) throw new Error(`cargo fetched no ${name} ${version}`);
  cpSync(source, into, { recursive: true });
  await succeed("chmod", ["-R", "u+w", into], { cwd: tmpdir() });
}
