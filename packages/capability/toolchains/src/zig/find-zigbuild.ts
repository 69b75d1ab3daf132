import { dirname, join } from "node:path";
import { UserError } from "@multiarch/diagnostics";
import { subcommand } from "../cargo.ts";
import { describeTool } from "../describe.ts";
import { toolEnvironment } from "../environment.ts";
import { thisHost } from "../host.ts";
import { searchOnce } from "../searches.ts";
import type { ManifestFile } from "../store/manifest.ts";
import { type InstalledTool, install, lookUp, type StoredTool } from "../store/store.ts";
import type { FoundZigbuild, ToolHost, ZigbuildRequest } from "../types.ts";
import { pipInstall, pythonWithPip } from "./pip.ts";
import type { ZigbuildPins } from "./table.ts";

/**
 * cargo-zigbuild and a zig: both of this machine when both are there, else both pinned ones, from our cache or through the user's pip.
 * @throws UserError MA356 when they cannot be had, MA357 when the index has other files than the table knows.
 */
export async function findZigbuild(request: ZigbuildRequest): Promise<FoundZigbuild> {
  const own = await ownTools(request);
  if (own !== null) return own;
  const host = request.host ?? thisHost();
  const table = request.table ?? (await import("../data/zigbuild.ts")).zigbuildTable;
  const pins = table[`${host.os}-${host.arch}`];
  if (pins === undefined) {
    throw notHad(`no pinned files for ${host.os}-${host.arch}`);
  }
  const tool: StoredTool = {
    name: `zigbuild-${pins.zigbuild.version}-zig-${pins.zig.version}-${host.os}-${host.arch}`,
    pinned: `sha256:${pins.zigbuild.sha256}+sha256:${pins.zig.sha256}`,
    fits: () => true,
  };
  const key = `${request.toolCache}\n${tool.pinned}`;
  return searchOnce(
    ({ zigbuild }) => zigbuild,
    key,
    { request, what: namesOf(pins) },
    () => pinnedTools(request, host, pins, tool),
  );
}

function namesOf({ zigbuild, zig }: ZigbuildPins): string {
  return `cargo-zigbuild ${zigbuild.version} and zig ${zig.version}`;
}

async function ownTools(request: ZigbuildRequest): Promise<FoundZigbuild | null> {
  const { env, log } = request;
  const command = await subcommand("cargo-zigbuild", env);
  if (command === null) return null;
  const zigbuild = await describeTool(command, ["--version"], env, log);
  const zig = await describeTool(env.CARGO_ZIGBUILD_ZIG_PATH || "zig", ["version"], env, log);
  if (zigbuild === null || zig === null) return null;
  return {
    environment: toolEnvironment(env, { CARGO_ZIGBUILD_ZIG_PATH: zig.path }, [dirname(command)]),
    used: [
      { name: "cargo-zigbuild", version: zigbuild.version, sha256: null, from: "path" },
      { name: "zig", version: zig.version, sha256: null, from: "path" },
    ],
  };
}

async function pinnedTools(
  request: ZigbuildRequest,
  host: ToolHost,
  pins: ZigbuildPins,
  tool: StoredTool,
): Promise<FoundZigbuild> {
  const { toolCache, log } = request;
  const kept = await lookUp(toolCache, tool, log);
  if (kept !== null) return found(request, host, pins, kept);
  if (request.offline === true) throw notHad("not in the tool cache, and this run is offline");
  const python = await pythonWithPip(request);
  if (python === null) throw notHad("no Python with pip on PATH to fetch them with");
  log.info(`fetching ${namesOf(pins)} with pip`);
  request.onFetch?.(namesOf(pins));
  const make = async (staging: string): Promise<ManifestFile[]> => {
    const files = await pipInstall(python, pins, staging, request);
    layoutOf(files, host);
    return files;
  };
  return found(request, host, pins, await install(toolCache, tool, make, log));
}

/** Where the two executables are; where pip puts a wheel's scripts is decided by the Python that runs it. */
function layoutOf(
  files: readonly ManifestFile[],
  host: ToolHost,
): { readonly zig: string; readonly zigbuild: string } {
  const suffix = host.os === "windows" ? ".exe" : "";
  const names = new Set(files.map(({ name }) => name));
  const zig = `ziglang/zig${suffix}`;
  const zigbuild = ["bin", "Scripts"]
    .map((folder) => `${folder}/cargo-zigbuild${suffix}`)
    .find((name) => names.has(name));
  if (zigbuild !== undefined && names.has(zig)) return { zig, zigbuild };
  throw new UserError("MA354", {
    what: "the packages of cargo-zigbuild and zig have another layout",
    expected: `bin/cargo-zigbuild${suffix} and ${zig}`,
    found: [...names].slice(0, 5).join(", ") || "no files",
  });
}

function found(
  request: ZigbuildRequest,
  host: ToolHost,
  pins: ZigbuildPins,
  { tree, manifest }: InstalledTool,
): FoundZigbuild {
  const { zig, zigbuild } = layoutOf(manifest.files, host);
  const cache = join(request.toolCache, `cargo-zigbuild-${pins.zigbuild.version}-cache`);
  const extra = {
    CARGO_ZIGBUILD_ZIG_PATH: join(tree, zig),
    // Its wrapper scripts name the zig that they were made for: other zigs need another folder.
    CARGO_ZIGBUILD_CACHE_DIR: request.env.CARGO_ZIGBUILD_CACHE_DIR || cache,
  };
  const sources = { zigbuild: "cargo-zigbuild", zig: "zig" } as const;
  return {
    environment: toolEnvironment(request.env, extra, [dirname(join(tree, zigbuild))]),
    used: (["zigbuild", "zig"] as const).map((key) => ({
      name: sources[key],
      version: pins[key].version,
      sha256: pins[key].sha256,
      from: "pip",
    })),
  };
}

function notHad(reason: string): UserError {
  return new UserError("MA356", {
    what: "cargo-zigbuild and zig cannot be had",
    expected: "both on PATH, or a way to fetch them",
    found: reason,
  });
}
