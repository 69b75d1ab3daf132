import { dirname, join } from "node:path";
import type { Log } from "@multiarch/diagnostics";
import { childEnvironment, findExecutable, runProcess } from "@multiarch/process";
import { namesIn } from "../files.ts";
import { homeFolder } from "../host.ts";
import type { Environment } from "../types.ts";
import type { GoPlatform } from "./platform.ts";
import { type GoVersion, parseGoVersion } from "./version.ts";

/** A Go that was found and started. */
export interface InstalledGo {
  readonly command: string;
  readonly version: GoVersion;
  readonly root: string;
  /** GOPROXY as this Go understands it: environment, then the user's file, then its own default. */
  readonly proxies: string;
}

const probeTime = 30_000;

/** Asks a go command what it is. Null, with the reason in the debug log, when it does not start or is a development version. */
export async function probeGo(
  command: string,
  env: Environment,
  log: Log,
): Promise<InstalledGo | null> {
  const environment = probeEnvironment(env);
  // Its own folder holds no go.mod whose toolchain line could send it looking for another Go.
  const options = { cwd: dirname(command), env: environment, timeoutMs: probeTime };
  const { code, stdout, stderr } = await runProcess(
    command,
    ["env", "GOVERSION", "GOROOT", "GOPROXY"],
    options,
  ).catch((error: unknown) => ({ code: null, stdout: "", stderr: String(error) }));
  const [versionText = "", root = "", proxies = ""] = stdout.split(/\r?\n/);
  const version = code === 0 ? parseGoVersion(versionText) : null;
  if (version === null || root === "") {
    log.debug(`${command} is no Go that can be used: ${stderr.trim() || versionText}`);
    return null;
  }
  return { command, version, root, proxies };
}

/** For asking a Go about itself: no other toolchain, no other root, no flags of a project. */
export function probeEnvironment(env: Environment): Record<string, string> {
  const { GOROOT: _root, GOFLAGS: _flags, GOOS: _os, GOARCH: _arch, ...rest } = env;
  return childEnvironment(rest, { GOTOOLCHAIN: "local", GOWORK: "off" });
}

/** Commands in the order in which they are looked at: PATH, GOROOT, then the usual places. Not all of them exist. */
export async function goCommands(
  env: Environment,
  platform: GoPlatform,
  places: readonly string[] | undefined,
): Promise<string[]> {
  const onPath = await findExecutable("go", env);
  const roots = [
    ...(env.GOROOT ? [env.GOROOT] : []),
    ...(places ?? (await usualPlaces(env, platform.os))),
  ];
  const commands: string[] = onPath === null ? [] : [onPath];
  for (const root of roots) {
    const command = await findExecutable(join(root, "bin", platform.executable), env);
    if (command !== null) commands.push(command);
  }
  return [...new Set(commands)];
}

/** GOROOTs that installers of the system use, and those of `golang.org/dl` in `sdk` of the user's folder, newest last. */
async function usualPlaces(env: Environment, os: string): Promise<string[]> {
  const fixed: Readonly<Record<string, readonly string[]>> = {
    darwin: [
      "/usr/local/go",
      "/opt/homebrew/opt/go/libexec",
      "/usr/local/opt/go/libexec",
      "/opt/local/lib/go",
    ],
    windows: [join(env.ProgramFiles || "C:\\Program Files", "Go"), "C:\\Go"],
  };
  const sdk = join(homeFolder(env, os), "sdk");
  const names = await namesIn(sdk);
  return [
    ...(fixed[os] ?? ["/usr/local/go", "/usr/lib/go", "/usr/lib/golang"]),
    ...names.filter((name) => /^go\d/.test(name)).map((name) => join(sdk, name)),
  ];
}
