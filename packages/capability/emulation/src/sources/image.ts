import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readArchiveEntries } from "@multiarch/archive";
import { UserError } from "@multiarch/diagnostics";
import { download } from "@multiarch/download";
import { rows } from "@multiarch/targets";
import { keep } from "../cache.ts";
import { examine } from "../examine.ts";
import type { Emulator, Guest } from "../types.ts";
import type { Origin } from "./reference.ts";
import type { Fetched, Search, Source } from "./types.ts";

type Image = Extract<Origin, { kind: "image" }>;

/** Registries that give even public images only to those who have asked for a token. */
const tokens: Readonly<Record<string, (repository: string) => string>> = {
  "docker.io": (repository) =>
    `https://auth.docker.io/token?service=registry.docker.io&scope=repository:${repository}:pull`,
  "ghcr.io": (repository) => `https://ghcr.io/token?scope=repository:${repository}:pull`,
};

const manifestTypes = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

/** An emulator has 7 to 20 MB, the layer with all of them 25 to 100. */
const limits = { manifest: 4 * 2 ** 20, layer: 512 * 2 ** 20, emulator: 128 * 2 ** 20 };

interface Descriptor {
  readonly digest: string;
  readonly mediaType?: string;
  readonly platform?: { readonly os?: string; readonly architecture?: string };
}

/** Emulators out of an image's layers. The digest of the image is the hash of its manifest, which holds the hashes of all the rest. */
export function imageSource(image: Image, version: string | null, demanded: boolean): Source {
  const name = `image ${image.host}/${image.repository}@sha256:${image.digest.slice(0, 12)}`;
  return {
    name,
    version,
    pin: image.digest,
    demanded,
    fetch: (guests, search) => fetch({ image, name, demanded }, guests, search),
  };
}

async function fetch(
  { image, name, demanded }: { image: Image; name: string; demanded: boolean },
  guests: readonly Guest[],
  search: Search,
): Promise<Fetched> {
  const folder = join(search.workFolder, "image");
  await mkdir(folder, { recursive: true });
  const registry = await openRegistry(image, folder, search, demanded);
  const layers = await layersOf(image, registry, search);
  const emulators: Emulator[] = [];
  const why: string[] = [];
  // The last layer decides what a file is.
  for (const { digest } of [...layers].reverse()) {
    const missing = guests.filter((guest) => !emulators.some((one) => one.guest === guest));
    if (missing.length === 0) break;
    const layer = await registry.get("blobs", hexOf(digest), limits.layer);
    for (const guest of missing) {
      const path = await take(layer, guest, folder);
      if (path === null) continue;
      const examined = await examine(path, guest, search, { source: name, sha256: null });
      if (examined.emulator === null) why.push(examined.why);
      else emulators.push(await keep(examined.emulator, search.surroundings));
    }
  }
  for (const guest of guests) {
    if (!emulators.some((one) => one.guest === guest)) why.push(`${name} has no ${guest.qemu}`);
  }
  return { emulators, why };
}

interface Registry {
  /** Fetches by hash into a file, whose path is returned. */
  get(kind: "manifests" | "blobs", sha256: string, maximumBytes: number): Promise<string>;
}

async function openRegistry(
  image: Image,
  folder: string,
  search: Search,
  demanded: boolean,
): Promise<Registry> {
  const { env, log, download: given } = search.surroundings;
  // A place that nobody named is not waited for: there are others.
  const options = { env, log, ...(demanded ? {} : { attempts: 2 }), ...given };
  const local = /^(?:127\.0\.0\.1|localhost)(?::|$)/.test(image.host);
  const host = image.host === "docker.io" ? "registry-1.docker.io" : image.host;
  const base = `${local ? "http" : "https"}://${host}/v2/${image.repository}`;
  const headers: Record<string, string> = { accept: manifestTypes };
  const ask = tokens[image.host];
  if (ask !== undefined) {
    const destination = join(folder, "token.json");
    const maximumBytes = 65_536;
    await download(
      { url: ask(image.repository), destination, maximumBytes, content: "any" },
      options,
    );
    const answer: unknown = JSON.parse(await readFile(destination, "utf8"));
    const token = typeof answer === "object" && answer !== null ? Reflect.get(answer, "token") : "";
    if (typeof token === "string" && token !== "") headers.authorization = `Bearer ${token}`;
  }
  return {
    async get(kind, sha256, maximumBytes) {
      const destination = join(folder, sha256);
      // Registries send the bytes of layers from other hosts; the hash is known, so it does not matter which.
      const allowedHosts = ["*"];
      const url = `${base}/${kind}/sha256:${sha256}`;
      const content = kind === "manifests" ? "any" : "binary";
      await download(
        { url, sha256, destination, headers, maximumBytes, allowedHosts, content },
        options,
      );
      return destination;
    },
  };
}

async function layersOf(image: Image, registry: Registry, search: Search): Promise<Descriptor[]> {
  let document = await readDocument(registry, image.digest);
  if (document.manifests !== undefined) {
    const wanted = rows.find(
      ({ os, arch }) => os === "linux" && arch === search.surroundings.machineArch,
    )?.docker;
    const own = document.manifests.find(
      ({ platform }) => `${platform?.os}/${platform?.architecture}` === wanted,
    );
    if (own === undefined) throw strange(image, `no manifest for ${wanted}`);
    document = await readDocument(registry, hexOf(own.digest));
  }
  if (document.layers === undefined) throw strange(image, "no layers");
  return document.layers;
}

async function readDocument(
  registry: Registry,
  sha256: string,
): Promise<{ manifests?: Descriptor[]; layers?: Descriptor[] }> {
  const text = await readFile(await registry.get("manifests", sha256, limits.manifest), "utf8");
  const value: unknown = JSON.parse(text);
  const list = (key: string): Descriptor[] | undefined => {
    const found: unknown =
      typeof value === "object" && value !== null ? Reflect.get(value, key) : null;
    return Array.isArray(found) ? found.filter(isDescriptor) : undefined;
  };
  const [manifests, layers] = [list("manifests"), list("layers")];
  return { ...(manifests && { manifests }), ...(layers && { layers }) };
}

function isDescriptor(value: unknown): value is Descriptor {
  if (typeof value !== "object" || value === null) return false;
  const digest: unknown = Reflect.get(value, "digest");
  return typeof digest === "string" && /^sha256:[0-9a-f]{64}$/.test(digest);
}

const hexOf = (digest: string): string => digest.slice("sha256:".length);

/** Takes one file out of a layer; null when it is not in it. */
async function take(layer: string, guest: Guest, folder: string): Promise<string | null> {
  for (const name of [`usr/bin/${guest.qemu}`, `usr/bin/${guest.qemu}-static`]) {
    try {
      const options = {
        allowLinks: true,
        format: "tar.gz",
        maximumBytes: limits.emulator,
      } as const;
      const bytes = (await readArchiveEntries(layer, [name], options)).get(name);
      if (bytes === undefined) continue;
      const path = join(folder, guest.qemu);
      await writeFile(path, bytes, { mode: 0o755 });
      return path;
    } catch (error) {
      // The archive has no such entry.
      if (!(error instanceof UserError) || error.id !== "MA415") throw error;
    }
  }
  return null;
}

function strange(image: Image, found: string): UserError {
  return new UserError("MA459", {
    what: "an image is not one that holds emulators for this machine",
    found,
    where: `${image.host}/${image.repository}@sha256:${image.digest}`,
  });
}
