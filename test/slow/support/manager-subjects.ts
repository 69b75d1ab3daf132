import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Release } from "@multiarch/contracts";
import { detectHost } from "@multiarch/host";
import { addonFor } from "../../support/addons.ts";
import { muslProgram, programFor } from "../../support/binaries.ts";
import { deliver, mergeDelivery } from "../../support/delivery.ts";
import { prebuiltProject } from "../../support/project.ts";
import type { Registry } from "./registry.ts";
import { succeed } from "./run.ts";

export const layouts = ["scoped", "prefixed", "alias"] as const;
export const kinds = ["executable", "addon"] as const;
export type Layout = (typeof layouts)[number];
export type Kind = (typeof kinds)[number];

/** A platform package as its own package.json describes it. */
export interface Platform {
  /** What the main package requires it as, and its folder in node_modules. */
  readonly folder: string;
  /** What it is published as. */
  readonly name: string;
  readonly version: string;
  /** `linux-x64-glibc`, `win32-x64`: its fields os, cpu and libc. */
  readonly place: string;
}

/** A package that was made, published and can be installed. */
export interface Subject {
  readonly name: string;
  readonly version: string;
  readonly platforms: readonly Platform[];
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly os: readonly string[];
  readonly cpu: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

export const ownCpu = process.arch === "arm64" ? "arm64" : "x64";
const otherCpu = ownCpu === "x64" ? "arm64" : "x64";
const gnu = `linux-${ownCpu}-gnu`;
const musl = `linux-${ownCpu}-musl`;
/** Both libcs of this machine, its system with another processor, and two other systems. */
const targets = [gnu, musl, `linux-${otherCpu}-gnu`, "darwin-arm64", "windows-x64"];

const names: Readonly<Record<Layout, (word: string) => object>> = {
  scoped: (word) => ({ scope: `@scoped-${word}`, main: `scoped-${word}`, layout: "scoped" }),
  prefixed: (word) => ({ main: `prefixed-${word}`, layout: "prefixed" }),
  alias: (word) => ({ main: `@aliased/${word}`, layout: "alias" }),
};

/**
 * A shell as the program for this machine's glibc: it exists on every Linux, needs that libc, and does with `-c` whatever is
 * asked. The one for musl cannot run here, so that starting it would be noticed.
 */
async function executableProject(layout: Layout): Promise<string> {
  const { glibcVersion } = await detectHost(process.env);
  const programs = {
    ...Object.fromEntries(targets.map((target) => [target, programFor(target)])),
    [gnu]: readFileSync("/bin/sh"),
    [musl]: muslProgram(ownCpu),
  };
  return prebuiltProject({
    targets: targets.map((id) => (id === gnu ? { id, glibc: glibcVersion } : id)),
    programs,
    config: { npm: names[layout]("tool") },
  });
}

/** Published addons for both libcs of this machine. */
async function addonProject(layout: Layout, folder: string): Promise<string> {
  const addons = targets.map((target) => [`out/${target}/crc32.node`, addonFor(target)] as const);
  return prebuiltProject({
    targets,
    programs: Object.fromEntries(targets.map((target) => [target, null])),
    config: {
      prebuilt: { files: "out/{id}/crc32.node" },
      npm: { ...names[layout]("crc32"), addon: "crc32" },
    },
    files: {
      ...Object.fromEntries(addons),
      [`out/${gnu}/crc32.node`]: await publishedAddon(gnu, folder),
      [`out/${musl}/crc32.node`]: await publishedAddon(musl, folder),
    },
  });
}

async function publishedAddon(suffix: string, folder: string): Promise<Uint8Array> {
  const into = join(folder, suffix);
  mkdirSync(into, { recursive: true });
  const specification = `@node-rs/crc32-${suffix}@1.10.8`;
  const packed = await succeed("npm", ["pack", "--silent", specification], { cwd: into });
  const file = packed.trimEnd().split("\n").at(-1) ?? "";
  await succeed("tar", ["-xzf", file, "--strip-components=1"], { cwd: into });
  return readFileSync(join(into, `crc32.${suffix}.node`));
}

/** Makes the packages of one layout and publishes them, platforms first. */
export async function publishSubject(
  layout: Layout,
  kind: Kind,
  registry: Registry,
  folder: string,
): Promise<Subject> {
  const project =
    kind === "executable" ? await executableProject(layout) : await addonProject(layout, folder);
  const { release, output } = await mergeDelivery(await deliver(project));
  const manifests = await publish(release, output, registry);
  const main = manifests.find(({ optionalDependencies }) => optionalDependencies !== undefined);
  if (main === undefined) throw new Error("no package has optional dependencies");
  const platforms = Object.entries(main.optionalDependencies).map(([needed, range]) => {
    const [name = needed, version = range] = range.startsWith("npm:") ? split(range) : [];
    const found = manifests.find((one) => one.name === name && one.version === version);
    if (found === undefined) throw new Error(`${main.name} needs ${name}@${version}: not made`);
    return { folder: needed, name, version, place: placeOf(found) };
  });
  if (platforms.length !== targets.length) throw new Error(`${main.name}: ${platforms.length}`);
  return { name: main.name, version: main.version, platforms };
}

/** `npm:@me/tool@1.2.3` as name and version. */
function split(alias: string): string[] {
  const at = alias.lastIndexOf("@");
  return [alias.slice("npm:".length, at), alias.slice(at + 1)];
}

/** What package.json says of where a package may be installed. */
export function placeOf({ os, cpu, libc = [] }: Omit<Manifest, "optionalDependencies">): string {
  return [os, cpu, libc].flat().join("-");
}

async function publish(
  { order, packages }: Release,
  output: string,
  registry: Registry,
): Promise<Manifest[]> {
  const manifests: Manifest[] = [];
  for (const id of order) {
    const file = join(output, packages.find((one) => one.id === id)?.file ?? id);
    await registry.publish(file);
    const args = ["-xOzf", file, "package/package.json"];
    manifests.push(JSON.parse(await succeed("tar", args, { cwd: output })) as Manifest);
  }
  return manifests;
}
