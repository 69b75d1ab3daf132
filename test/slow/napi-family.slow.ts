import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cp, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Release, ReleasePackage } from "@multiarch/contracts";
import { bundle, supportFolder } from "../support/bundle.ts";
import { type Delivery, deliver, mergeDelivery } from "../support/delivery.ts";
import { component, full } from "./support/components.ts";
import { proveEqual } from "./support/packages.ts";
import { succeed } from "./support/run.ts";

const main = "@node-rs/crc32";
const version = "1.10.8";
/** The host of this suite is among them: Linux with glibc. */
const core = ["linux-x64-gnu", "linux-x64-musl", "linux-arm64-gnu", "linux-arm-gnueabihf"];
const others = [
  "linux-arm64-musl",
  "darwin-x64",
  "darwin-arm64",
  "win32-x64-msvc",
  "win32-ia32-msvc",
  "win32-arm64-msvc",
  "freebsd-x64",
  "android-arm64",
  "android-arm-eabi",
];
const suffixes = full ? [...core, ...others] : core;
const triples: Readonly<Record<string, string>> = {
  "linux-x64-gnu": "x86_64-unknown-linux-gnu",
  "linux-x64-musl": "x86_64-unknown-linux-musl",
  "linux-arm64-gnu": "aarch64-unknown-linux-gnu",
  "linux-arm-gnueabihf": "armv7-unknown-linux-gnueabihf",
};

interface Manifest {
  readonly name: string;
  readonly os: string[];
  readonly cpu: string[];
  readonly libc?: string[];
  readonly main: string;
  readonly [field: string]: unknown;
}

/** A published package, unpacked; by its own registry client. */
async function fetchPackage(name: string, into: string): Promise<Manifest> {
  mkdirSync(into, { recursive: true });
  const specification = `${name}@${version}`;
  const args = ["pack", "--silent", "--pack-destination", into, specification];
  const said = await succeed("npm", args, { cwd: into });
  const file = said.trimEnd().split("\n").at(-1) ?? "";
  await succeed("tar", ["-xzf", join(into, file), "--strip-components=1"], { cwd: into });
  rmSync(join(into, file));
  return readManifest(into);
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}

async function unpack(output: string, { file }: ReleasePackage, into: string): Promise<Manifest> {
  mkdirSync(into, { recursive: true });
  await succeed("tar", ["-xzf", join(output, file), "--strip-components=1"], { cwd: into });
  return readManifest(into);
}

/** What napi-rs' own tool leaves before it publishes: addons at the top, a folder for each platform, JavaScript. */
describe("the addons of a published napi-rs project", () => {
  let folder: string;
  let project: string;
  let delivery: Delivery;
  let made: { release: Release; output: string };
  const published = new Map<string, Manifest>();
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "multiarch-napi-"));
    project = join(folder, "project");
    await fetchPackage(main, project);
    for (const suffix of suffixes) {
      const into = join(project, "npm", suffix);
      const manifest = await fetchPackage(`${main}-${suffix}`, into);
      published.set(suffix, manifest);
      await cp(join(into, manifest.main), join(project, manifest.main));
    }
    const own = readManifest(project);
    if (!full) {
      const napi = { binaryName: "crc32", targets: Object.values(triples) };
      writeFileSync(join(project, "package.json"), JSON.stringify({ ...own, napi }, null, 2));
    }
    const only = full ? `targets: [${others.concat(core).map(asId).join(", ")}]\n` : "";
    const file = 'prebuilt: { files: "{bin}.{napi}.node" }\n';
    writeFileSync(join(project, "multiarch.yml"), file + only);
    delivery = await deliver(project);
    made = await mergeDelivery(delivery, { installTest: true });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const packageOf = (suffix: string): ReleasePackage => {
    const name = `${main}-${suffix}`;
    const found = made.release.packages.find((one) => one.name === name);
    if (found === undefined) throw new Error(`no package ${name} was made`);
    return found;
  };

  test("give packages of the publisher's names, platforms and bytes, with a libc where it was forgotten", async () => {
    for (const suffix of suffixes) {
      const theirs = published.get(suffix);
      const into = join(folder, "unpacked", suffix);
      const ours = await unpack(made.output, packageOf(suffix), into);
      const { name, os, cpu, main: file } = ours;
      expect({ name, os, cpu, main: file }).toEqual({
        name: theirs?.name,
        os: theirs?.os,
        cpu: theirs?.cpu,
        main: theirs?.main,
      });
      const bound = suffix.startsWith("linux")
        ? [suffix.includes("musl") ? "musl" : "glibc"]
        : undefined;
      expect([suffix, ours.libc]).toEqual([suffix, bound]);
      for (const absent of ["engines", "scripts"]) expect(ours).not.toHaveProperty(absent);
      const bytes = readFileSync(join(into, file));
      expect(bytes.equals(readFileSync(join(project, file)))).toBe(true);
    }
  });

  test("keep the JavaScript half: its files, its fields, no scripts", async () => {
    const found = made.release.packages.find((one) => one.main);
    if (found === undefined) throw new Error("no main package was made");
    const into = join(folder, "unpacked", "main");
    const ours = await unpack(made.output, found, into);
    const theirs = readManifest(project);
    for (const field of [
      "main",
      "browser",
      "typings",
      "engines",
      "keywords",
      "author",
      "funding",
      "bugs",
    ]) {
      expect([field, ours[field]]).toEqual([field, theirs[field]]);
    }
    expect(ours).not.toHaveProperty("scripts");
    expect(ours).not.toHaveProperty("devDependencies");
    const pinned = suffixes.map((suffix) => [`${main}-${suffix}`, version]);
    expect(ours.optionalDependencies).toEqual(Object.fromEntries(pinned));
    const names = await readdir(into);
    expect(names).toEqual(
      expect.arrayContaining(["index.js", "index.d.ts", "browser.js", "crc32.js"]),
    );
    expect(readFileSync(join(into, "index.js"), "utf8")).toBe(
      readFileSync(join(project, "index.js"), "utf8"),
    );
  });

  test("work once installed: by the project's own loader and by ours", async () => {
    expect(made.release.installs).toMatchObject([{ manager: "npm", status: "ok", why: null }]);
    const home = join(folder, "home");
    mkdirSync(home);
    writeFileSync(join(home, "package.json"), '{"private":true}\n');
    const cpu = process.arch === "arm64" ? "arm64" : "x64";
    const mainFile = made.release.packages.find((one) => one.main)?.file ?? "";
    const tarballs = [packageOf(`linux-${cpu}-gnu`).file, mainFile].map((file) =>
      join(made.output, file),
    );
    const flags = ["--offline", "--no-audit", "--no-fund", "--loglevel=error"];
    await succeed("npm", ["install", ...flags, ...tarballs], { cwd: home });
    for (const module of [main, `${main}/crc32.js`]) {
      const script = `console.log(require(${JSON.stringify(module)}).crc32("123456789"))`;
      // The check value of CRC-32: 0xcbf43926.
      expect(await succeed("node", ["-e", script], { cwd: home })).toBe("3421780262\n");
    }
  });

  test("give the same bytes on every Node, under any time zone, umask and locale", async () => {
    const nodes = component("get-node.sh", "nodes");
    const script = await bundle(join(supportFolder, "merge-child.ts"), join(folder, "merge.mjs"));
    const circumstances = [
      { node: "node20", TZ: "UTC", umask: "022", LC_ALL: "C" },
      { node: "node22", TZ: "America/St_Johns", umask: "027", LC_ALL: "C.UTF-8" },
      { node: "node24", TZ: "Pacific/Kiritimati", umask: "077", LC_ALL: "tr_TR.UTF-8" },
    ];
    const { reference, sha256 } = delivery.reference;
    for (const { node, umask, ...env } of circumstances) {
      const output = join(folder, `release-${node}`);
      const args = [script, delivery.store, reference, sha256, output, umask, "as-listed"];
      await succeed(join(nodes, node, "bin/node"), args, { cwd: folder, env });
    }
    await proveEqual(join(folder, "release-node20"), join(folder, "release-node22"));
    await proveEqual(join(folder, "release-node20"), join(folder, "release-node24"));
  });
});

/** Our ids of napi-rs' suffixes. */
function asId(suffix: string): string {
  return suffix
    .replace(/^win32/, "windows")
    .replace("linux-arm-gnueabihf", "linux-armv7-gnu")
    .replace("android-arm-eabi", "android-armv7");
}
