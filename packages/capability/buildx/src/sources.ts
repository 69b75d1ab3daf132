import type { Environment } from "./types.ts";

/** Where releases of buildx are. */
export interface Source {
  /** The file of a release. */
  file(version: string, name: string): string;
  /** The list of releases, as GitHub's API gives it. */
  readonly list: string;
  /** Hosts that the addresses may lead on to. */
  readonly hosts: readonly string[];
}

/**
 * The releases on GitHub, or the mirror that `MULTIARCH_BUILDX_MIRROR` names for closed networks: the same folders below another
 * address, `<mirror>/v0.37.2/buildx-v0.37.2.linux-amd64`, and `<mirror>/releases.json` for the list. Hashes are checked all the same.
 */
export function sourceOf(env: Environment): Source {
  const mirror = env.MULTIARCH_BUILDX_MIRROR?.replace(/\/+$/, "");
  const base = mirror || "https://github.com/docker/buildx/releases/download";
  const list = mirror
    ? `${mirror}/releases.json`
    : "https://api.github.com/repos/docker/buildx/releases?per_page=100";
  const host = URL.canParse(base) ? new URL(base).hostname : "";
  return {
    file: (version, name) => `${base}/v${version}/${name}`,
    list,
    hosts: mirror ? [host] : ["github.com", "api.github.com", ".githubusercontent.com"],
  };
}

export function assetName(version: string, platform: string): string {
  return `buildx-v${version}.${platform}`;
}
