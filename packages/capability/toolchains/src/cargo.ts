import { realpath } from "node:fs/promises";
import { isAbsolute, join, resolve, sep } from "node:path";
import { childEnvironment, findExecutable, runProcess } from "@multiarch/process";
import { exists, namesIn } from "./files.ts";
import { homeFolder, thisHost } from "./host.ts";
import type { CargoTools, Environment } from "./types.ts";

/** A rustup proxy may install the toolchain that `rust-toolchain.toml` names before it answers. */
const askTime = 300_000;

/**
 * The Rust tools of this machine, as they act in the folder `cwd` (`rust-toolchain.toml` counts). `RUSTC` names the compiler as it does for cargo.
 * Nothing is installed by us, and a tool that is missing is null, not an error.
 */
export async function cargoTools(request: {
  readonly env: Environment;
  readonly cwd: string;
}): Promise<CargoTools> {
  const { env, cwd } = request;
  const [cargo, compiler] = await Promise.all([findExecutable("cargo", env), rustc(env, cwd)]);
  const about = compiler === null ? "" : await ask(compiler, ["-vV"], request);
  const sysroot = compiler === null ? "" : await ask(compiler, ["--print", "sysroot"], request);
  return {
    cargo,
    rustc: /^release: (\S+)/m.exec(about)?.[1] ?? null,
    host: /^host: (\S+)/m.exec(about)?.[1] ?? null,
    installedTargets: sysroot === "" ? [] : await targetsOf(sysroot),
    rustup: sysroot !== "" && (await ownedByRustup(sysroot, env)),
    zigbuild: await subcommand("cargo-zigbuild", env),
    zig: env.CARGO_ZIGBUILD_ZIG_PATH || (await findExecutable("zig", env)),
  };
}

/** cargo takes a name without a folder from PATH, any other relative to where it is started. */
async function rustc(env: Environment, cwd: string): Promise<string | null> {
  const named = env.RUSTC || env.CARGO_BUILD_RUSTC || "rustc";
  if (isAbsolute(named) || !/[\\/]/.test(named)) return findExecutable(named, env);
  return findExecutable(resolve(cwd, named), env);
}

async function ask(
  command: string,
  arguments_: readonly string[],
  { env, cwd }: { readonly env: Environment; readonly cwd: string },
): Promise<string> {
  const options = { cwd, env: childEnvironment(env), timeoutMs: askTime };
  const { code, stdout } = await runProcess(command, arguments_, options);
  return code === 0 ? stdout.trim() : "";
}

/** A folder of a target alone proves nothing: rust-src and half-removed targets leave one too. */
async function targetsOf(sysroot: string): Promise<string[]> {
  const folder = join(sysroot, "lib", "rustlib");
  const targets: string[] = [];
  for (const triple of await namesIn(folder)) {
    const libraries = await namesIn(join(folder, triple, "lib"));
    if (libraries.some((name) => /^(lib)?std-.*\.(rlib|so|dylib|dll)$/.test(name))) {
      targets.push(triple);
    }
  }
  return targets;
}

/** Whether rustup is there and manages this very compiler: it can add nothing to a distribution's, nor to one that RUSTC names. */
async function ownedByRustup(sysroot: string, env: Environment): Promise<boolean> {
  if ((await findExecutable("rustup", env)) === null) return false;
  const home = env.RUSTUP_HOME || join(homeFolder(env, thisHost().os), ".rustup");
  const toolchains = join(home, "toolchains");
  if (!(await exists(toolchains)) || !(await exists(sysroot))) return false;
  return (await realpath(sysroot)).startsWith((await realpath(toolchains)) + sep);
}

/** cargo looks for its subcommands in its own folder before PATH. */
export async function subcommand(name: string, env: Environment): Promise<string | null> {
  const home = env.CARGO_HOME || join(homeFolder(env, thisHost().os), ".cargo");
  const file = process.platform === "win32" ? `${name}.exe` : name;
  const own = await findExecutable(join(resolve(home), "bin", file), env);
  return own ?? findExecutable(name, env);
}
