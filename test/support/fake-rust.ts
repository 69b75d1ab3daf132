import { mkdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { programFor } from "./binaries.ts";
import { put, temporaryFolder } from "./temporary.ts";

/** What stands in for each tool: as much as is asked of it on the way to a release. */
const tools: Readonly<Record<string, string>> = {
  rustc: `
    const [first] = process.argv.slice(2);
    console.log(first === "-vV" ? "release: 1.90.0\\nhost: x86_64-unknown-linux-gnu" : SYSROOT);`,
  cargo: `
    const { appendFileSync, copyFileSync, mkdirSync } = require("node:fs");
    const { resolve } = require("node:path");
    const args = process.argv.slice(2);
    appendFileSync("cargo.log", JSON.stringify({ args, env: process.env }) + "\\n");
    const after = (flag) => args[args.indexOf(flag) + 1];
    const triple = after("--target").replace(/\\.2\\.\\d+$/, "");
    const executable = resolve("target", triple, after("--bin"));
    mkdirSync(resolve("target", triple), { recursive: true });
    copyFileSync(resolve("programs", triple), executable);
    const target = { name: after("--bin") };
    console.log(JSON.stringify({ reason: "compiler-artifact", target, executable }));`,
  "cargo-zigbuild": `console.log("cargo-zigbuild 0.20.1");`,
  zig: `console.log("0.15.1");`,
};

/** A PATH with a Rust toolchain that builds nothing: it copies programs. No test of Rust, but of what asks for it. */
export async function fakeRust(triples: readonly string[]): Promise<Record<string, string>> {
  const folder = await temporaryFolder();
  const sysroot = join(folder, "sysroot");
  for (const triple of triples) {
    await put(join(sysroot, "lib", "rustlib", triple, "lib"), { "libstd-0.rlib": "" });
  }
  await mkdir(join(folder, "bin"));
  for (const [name, source] of Object.entries(tools)) {
    const script = join(folder, "bin", name);
    const text = source.replace("SYSROOT", JSON.stringify(sysroot));
    await writeFile(script, `#!${process.execPath}\n${text}\n`, { mode: 0o755 });
    if (process.platform !== "win32") continue;
    await writeFile(`${script}.cmd`, `@"${process.execPath}" "%~dp0${name}" %*\r\n`);
  }
  const path = [join(folder, "bin"), process.env.PATH].join(delimiter);
  // Whatever Rust this machine has must not be asked.
  return { PATH: path, CARGO_HOME: join(folder, "home"), RUSTUP_HOME: join(folder, "rustup") };
}

/** A Cargo package `tool` 1.2.3 whose programs are there already, by triple. */
export async function cargoProject(
  targets: Readonly<Record<string, string>>,
  config: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const root = await temporaryFolder();
  await put(root, {
    "Cargo.toml": '[package]\nname = "tool"\nversion = "1.2.3"\nedition = "2021"\n',
    "src/main.rs": "fn main() {}\n",
    "multiarch.yml": JSON.stringify({ targets: Object.keys(targets), smoke: false, ...config }),
  });
  for (const [target, triple] of Object.entries(targets)) {
    await put(join(root, "programs"), { [triple]: programFor(target) });
  }
  return root;
}
