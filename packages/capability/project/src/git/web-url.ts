const shorthands: Readonly<Record<string, string>> = {
  github: "github.com",
  gitlab: "gitlab.com",
  bitbucket: "bitbucket.org",
};

/**
 * The https address of a repository, from what manifests and remotes say: URLs of any kind, `git@host:owner/name`,
 * `github:owner/name`, `owner/name` (npm). Users, passwords, ports of ssh and `.git` go: a remote may hold a token.
 * `null` for what is on no web host, a path on disk for example.
 */
export function webUrl(text: string): string | null {
  const trimmed = text.trim().replace(/^git\+/, "");
  const short = /^(?:(github|gitlab|bitbucket):)?([\w.-]+\/[\w.-]+)$/.exec(trimmed);
  if (short?.[2] !== undefined) {
    if (/^\.{1,2}\//.test(trimmed)) return null;
    return clean(shorthands[short[1] ?? "github"] ?? "github.com", short[2]);
  }
  const scp = /^(?:[\w.-]+@)?([\w-]+(?:\.[\w-]+)+):(?!\/\/)\/?(.+)$/.exec(trimmed);
  if (scp?.[1] !== undefined && scp[2] !== undefined) return clean(scp[1], scp[2]);
  if (!URL.canParse(trimmed)) return null;
  const url = new URL(trimmed);
  if (url.hostname === "") return null;
  // A port of ssh or git is no port of the web server.
  if (["http:", "https:"].includes(url.protocol)) return clean(url.host, url.pathname);
  if (["ssh:", "git:"].includes(url.protocol)) return clean(url.hostname, url.pathname);
  return null;
}

function clean(host: string, path: string): string | null {
  const name = path.replace(/^\/+|\/+$/g, "").replace(/\.git$/, "");
  return name === "" ? null : `https://${host.toLowerCase()}/${name}`;
}
