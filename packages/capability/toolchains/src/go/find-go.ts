import { join } from "node:path";
import { InternalError, UserError } from "@multiarch/diagnostics";
import { toolEnvironment } from "../environment.ts";
import { thisHost } from "../host.ts";
import { searchOnce } from "../searches.ts";
import { type InstalledTool, install, lookUp } from "../store/store.ts";
import type { FoundGo, GoRequest } from "../types.ts";
import { releaseToFetch, suitable, wantedVersion } from "./choose.ts";
import { fetchGo, withoutUser } from "./fetch.ts";
import { goCommands, type InstalledGo, probeGo } from "./installed.ts";
import { type GoPlatform, goPlatform } from "./platform.ts";
import { moduleProxies } from "./proxies.ts";
import { runnerCacheGo } from "./runner-cache.ts";
import { type GoSource, sourcesOf } from "./sources.ts";
import type { GoRelease, GoTable } from "./table.ts";
import { type GoVersion, parseGoVersion } from "./version.ts";

/**
 * A Go that can build the project: installed (PATH, GOROOT, usual places), in the runner's tool cache, in our own, through the user's module proxy,
 * or from the Go project's archives, in this order. What is fetched was compared with a hash of our table first.
 * @throws UserError MA350 when there is none, MA351 or MA505 when something else was delivered than the table knows, MA353 for an
 * unreadable version.
 */
export async function findGo(request: GoRequest): Promise<FoundGo> {
  const { env, log } = request;
  const host = request.host ?? thisHost();
  const platform = goPlatform(host);
  const wanted = wantedVersion(request.version);
  const installed = await probeAll(request, platform);
  const own = suitable(installed, wanted);
  if (own !== null) {
    if (wanted !== null && own.version.minor !== wanted.minor) {
      log.info(
        `go ${own.version.text} of this machine builds a project that asks for ${wanted.text}`,
      );
    }
    return foundInstalled(request, own, "path");
  }
  const table = request.table ?? (await import("../data/go.ts")).goTable;
  const minor = wanted ?? parseGoVersion(table.defaultMinor);
  const cached = minor === null ? null : await runnerCacheGo(env, host.arch, platform, minor, log);
  if (cached !== null) return foundInstalled(request, cached, "tool-cache");

  const release = releaseToFetch(table, wanted);
  if (release === null) throw tooNew(wanted, installed, table);
  const key = `${request.toolCache}\n${release.version}\n${platform.id}`;
  return searchOnce(
    ({ go }) => go,
    key,
    { request, what: `go ${release.version}` },
    () => fetched(request, platform, table, release, installed),
  );
}

async function probeAll(request: GoRequest, platform: GoPlatform): Promise<InstalledGo[]> {
  const { env, log, places } = request;
  const found: InstalledGo[] = [];
  for (const command of await goCommands(env, platform, places)) {
    const one = await probeGo(command, env, log);
    if (one !== null) found.push(one);
  }
  return found;
}

async function fetched(
  request: GoRequest,
  platform: GoPlatform,
  table: GoTable,
  release: GoRelease,
  installed: readonly InstalledGo[],
): Promise<FoundGo> {
  const { env, log, toolCache } = request;
  const proxies = await moduleProxies(env, platform.os, installed[0]?.proxies ?? null);
  const template = env.MULTIARCH_GO_SOURCE;
  const sources = sourcesOf(release, platform, table, proxies, template);
  for (const source of sources) {
    const tool = await lookUp(toolCache, source.tool, log);
    if (tool !== null) return foundFetched(request, platform, release, source, tool);
  }
  const reasons: string[] = [];
  for (const source of sources.filter(({ url }) => url !== "")) {
    if (request.offline === true) {
      reasons.push(`${withoutUser(source.url)}: not asked, because this run is offline`);
      continue;
    }
    log.info(`fetching go ${release.version} from ${withoutUser(source.url)}`);
    request.onFetch?.(`go ${release.version}`);
    try {
      const make = (staging: string) => fetchGo(source, platform, staging, request);
      const tool = await install(toolCache, source.tool, make, log);
      return foundFetched(request, platform, release, source, tool);
    } catch (error) {
      if (!(error instanceof UserError) || !mayTryElsewhere.has(error.id)) throw error;
      const { what, found } = error.details;
      reasons.push(
        `${withoutUser(source.url)}: ${what}${found === undefined ? "" : ` (${found})`}`,
      );
      log.info(reasons.at(-1) ?? "");
    }
  }
  if (proxies.length === 0) reasons.unshift("no module proxy is set (GOPROXY)");
  throw notHad(release, platform, installed, reasons);
}

/** The place is out of order; what it would have delivered is known by its hash, so another place may deliver it. A wrong hash or a full disk ends the search. */
const mayTryElsewhere: ReadonlySet<string> = new Set([
  "MA500",
  "MA501",
  "MA502",
  "MA503",
  "MA504",
  "MA506",
  "MA509",
  "MA510",
  "MA511",
  "MA512",
]);

function foundInstalled(request: GoRequest, go: InstalledGo, from: "path" | "tool-cache"): FoundGo {
  return {
    command: go.command,
    environment: goEnvironment(request, go.root),
    used: { name: "go", version: go.version.text, sha256: null, from },
  };
}

function foundFetched(
  request: GoRequest,
  platform: GoPlatform,
  release: GoRelease,
  source: GoSource,
  { tree, manifest }: InstalledTool,
): FoundGo {
  const name = `bin/${platform.executable}`;
  const command = manifest.files.find((file) => file.name === name);
  if (command === undefined)
    throw new InternalError(`${source.tool.name} was kept without ${name}`);
  return {
    command: join(tree, "bin", platform.executable),
    environment: goEnvironment(request, tree),
    used: { name: "go", version: release.version, sha256: command.sha256, from: source.from },
  };
}

/** GOTOOLCHAIN=local: the `go.env` of a release says `auto`, and a newer `toolchain` line would fetch yet another Go, past our table. */
function goEnvironment(request: GoRequest, root: string): Record<string, string> {
  const extra = { GOROOT: root, GOTOOLCHAIN: "local" };
  return toolEnvironment(request.env, extra, [join(root, "bin")]);
}

function tooNew(
  wanted: GoVersion | null,
  installed: readonly InstalledGo[],
  table: GoTable,
): UserError {
  return new UserError("MA350", {
    what: `the project asks for Go ${wanted?.text ?? table.defaultMinor}, which this version of multiarch does not know`,
    expected: `at most Go ${table.releases.at(-1)?.version ?? "none"}, or an installed one`,
    found: listed(installed),
    fix: "install that Go (on PATH), or use a newer version of multiarch",
  });
}

function notHad(
  release: GoRelease,
  platform: GoPlatform,
  installed: readonly InstalledGo[],
  reasons: readonly string[],
): UserError {
  return new UserError("MA350", {
    what: `there is no Go ${release.version} for ${platform.id}`,
    expected: "an installed Go that is new enough, or a place to fetch it from",
    found: [listed(installed), ...reasons].join("; "),
  });
}

function listed(installed: readonly InstalledGo[]): string {
  if (installed.length === 0) return "no Go on this machine";
  return installed.map(({ version, command }) => `Go ${version.text} at ${command}`).join(", ");
}
