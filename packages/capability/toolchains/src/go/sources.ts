import { UserError } from "@multiarch/diagnostics";
import type { StoredTool } from "../store/store.ts";
import { moduleHash } from "./module-hash.ts";
import type { GoPlatform } from "./platform.ts";
import type { GoRelease, GoTable } from "./table.ts";

/** One place that has a release, with the hash that it must have. */
export interface GoSource {
  readonly from: "module proxy" | "download";
  readonly url: string;
  /** Where the URL may redirect to besides its own host. */
  readonly redirects: readonly string[];
  /** Folder inside the archive that is the GOROOT, with `/` at its end. */
  readonly prefix: string;
  readonly tool: StoredTool;
  /** sha256 of the archive; null where the hash is one of its contents. */
  readonly sha256: string | null;
}

/** Module path and version under which the go command itself fetches toolchains. */
const modulePath = "golang.org/toolchain";

/** Every place that a release can be fetched from, in the order in which they are tried. */
export function sourcesOf(
  release: GoRelease,
  platform: GoPlatform,
  table: GoTable,
  proxies: readonly string[],
  template: string | undefined,
): GoSource[] {
  const name = `go-${release.version}-${platform.id}`;
  const h1 = release.h1[platform.id];
  const sha256 = release.archives[platform.id];
  const sources: GoSource[] = [];
  if (h1 !== undefined) {
    const version = `v0.0.1-go${release.version}.${platform.id}`;
    const prefix = `${modulePath}@${version}/`;
    const tool: StoredTool = {
      name,
      pinned: h1,
      // The manifest has the very hashes that h1 is made of: it cannot be another one.
      fits: ({ files }) =>
        moduleHash(files.map((file) => ({ ...file, name: `${prefix}${file.name}` }))) === h1,
    };
    for (const proxy of proxies) {
      const url = `${proxy}/${modulePath}/@v/${version}.zip`;
      // A proxy may hand its storage out by redirect; what comes from there is known by h1.
      sources.push({ from: "module proxy", url, redirects: ["*"], prefix, tool, sha256: null });
    }
    if (proxies.length === 0) sources.push(cacheOnly("module proxy", prefix, tool));
  }
  if (sha256 !== undefined) {
    const tool: StoredTool = { name, pinned: `sha256:${sha256}`, fits: () => true };
    sources.push({
      from: "download",
      url: fillTemplate(template || table.archiveUrl, release.version, platform),
      redirects: template ? ["*"] : table.archiveHosts,
      prefix: "go/",
      tool,
      sha256,
    });
  }
  return sources;
}

/** What was fetched through a proxy counts also when no proxy is set any more. */
function cacheOnly(from: GoSource["from"], prefix: string, tool: StoredTool): GoSource {
  return { from, url: "", redirects: [], prefix, tool, sha256: null };
}

/** @throws UserError MA355 for a placeholder that is not one. */
export function fillTemplate(template: string, version: string, platform: GoPlatform): string {
  const values: Readonly<Record<string, string>> = {
    version: `go${version}`,
    os: platform.os,
    // The archives of Go for 32-bit ARM are named after the oldest processor they run on.
    arch: platform.arch === "arm" ? "armv6l" : platform.arch,
    extension: platform.os === "windows" ? "zip" : "tar.gz",
  };
  return template.replace(/\{([^{}]*)\}/g, (_whole, key: string) => {
    const value = values[key];
    if (value !== undefined) return value;
    throw new UserError("MA355", {
      what: "the address of Go's archives has an unknown placeholder",
      expected: "{version}, {os}, {arch} or {extension}",
      found: `{${key}}`,
      where: "MULTIARCH_GO_SOURCE",
    });
  });
}
