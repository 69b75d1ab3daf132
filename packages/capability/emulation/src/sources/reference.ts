import { isAbsolute } from "node:path";
import { UserError } from "@multiarch/diagnostics";

/** Where emulators are to come from, as the input `image` says. */
export type Origin =
  | {
      readonly kind: "image";
      readonly host: string;
      readonly repository: string;
      readonly digest: string;
    }
  | { readonly kind: "folder"; readonly path: string }
  | { readonly kind: "url"; readonly url: string; readonly sha256: string }
  /** An image by a name that may move: only our own default stands behind it. */
  | { readonly kind: "floating"; readonly text: string };

/** tonistiigi/binfmt with QEMU 10.2.3, its index over all hosts. */
export const pinnedImage = {
  text: "docker.io/tonistiigi/binfmt:qemu-v10.2.3-68@sha256:400a4873b838d1b89194d982c45e5fb3cda4593fbfd7e08a02e76b03b21166f0",
  version: "10.2.3",
} as const;

/** Names that everybody's workflows hold: without a digest they mean "the usual one". */
const usual = /^(?:docker\.io\/)?tonistiigi\/binfmt(?::[\w.-]+)?$/;

/**
 * Reads `name@sha256:…`, an absolute folder, or `https://…#sha256=…`. null for the default.
 * @throws UserError MA460 for anything that could be something else tomorrow
 */
export function parseOrigin(text: string | null): Origin | null {
  if (text === null || text === "pinned") return null;
  if (isAbsolute(text)) return { kind: "folder", path: text };
  if (/^https?:\/\//.test(text)) {
    const [url = "", sha256] = text.split("#sha256=");
    if (sha256 !== undefined && /^[0-9a-f]{64}$/.test(sha256)) return { kind: "url", url, sha256 };
    throw unpinned(text, "https://…#sha256=<hash of the file SHA256SUMS there>");
  }
  const [name = "", digest] = text.split("@sha256:");
  if (digest === undefined) {
    if (usual.test(text)) return { kind: "floating", text };
    throw unpinned(text, `${text}@sha256:<digest>`);
  }
  const { host, repository } = parseName(name, text);
  if (!/^[0-9a-f]{64}$/.test(digest)) throw unpinned(text, `${name}@sha256:<64 hex digits>`);
  return { kind: "image", host, repository, digest };
}

/** As docker reads names: the first part is a host when it looks like one. */
function parseName(name: string, text: string): { host: string; repository: string } {
  const parts = name.split("/");
  const [first = ""] = parts;
  const named = parts.length > 1 && /[.:]|^localhost$/.test(first);
  const host = named ? first : "docker.io";
  const path = (named ? parts.slice(1) : parts).join("/").replace(/:[\w.-]+$/, "");
  if (!/^[a-z0-9]+(?:(?:[._/]|__|-+)[a-z0-9]+)*$/.test(path) || !/^[\w.-]+(?::\d+)?$/.test(host)) {
    throw unpinned(text, "name@sha256:<digest>");
  }
  const repository = host === "docker.io" && !path.includes("/") ? `library/${path}` : path;
  return { host, repository };
}

function unpinned(text: string, expected: string): UserError {
  return new UserError("MA460", {
    what: "emulators are executed with rights of root, so their place must be pinned",
    expected,
    found: text,
    where: "image",
  });
}
