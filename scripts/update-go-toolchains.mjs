// Writes packages/capability/toolchains/src/data/go.ts: of each Go minor version the newest release whose archives are known for
// every main platform, so that one version is chosen whatever the platform and the source.
//
//   GOPROXY="$(go env GOPROXY)" GOSUMDB="$(go env GOSUMDB)" node scripts/update-go-toolchains.mjs [releases.json]
//
// releases.json: the list that https://go.dev/dl/?mode=json&include=all gives; without it that address is asked.
// h1 hashes come from the checksum database through the proxy, each proved against the signed tree.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { checksumDatabase } from "./go-checksum-database.mjs";

const oldestMinor = 21; // The first whose toolchains are modules that every release publishes.
const defaultMinor = "1.26";
const mainPlatforms = [
  "linux-amd64",
  "linux-arm64",
  "darwin-amd64",
  "darwin-arm64",
  "windows-amd64",
  "windows-arm64",
];
const otherPlatforms = [
  "linux-386",
  "linux-arm",
  "linux-loong64",
  "linux-ppc64le",
  "linux-riscv64",
  "linux-s390x",
  "freebsd-amd64",
  "freebsd-arm64",
];
const platforms = [...mainPlatforms, ...otherPlatforms];
const listAddress = "https://go.dev/dl/?mode=json&include=all";

const get = async (url) => {
  const response = await fetch(url, { signal: AbortSignal.timeout(60_000) });
  if (response.status === 404 || response.status === 410) return null;
  if (!response.ok) throw new Error(`status ${response.status} for ${new URL(url).pathname}`);
  return Buffer.from(await response.arrayBuffer());
};

const proxy = (process.env.GOPROXY ?? "").split(/[,|]/).find((part) => /^https?:/.test(part));
const database = (process.env.GOSUMDB ?? "").split(/[+ ]/)[0];
if (!proxy || !database) throw new Error("set GOPROXY and GOSUMDB, as `go env` prints them");
const sums = checksumDatabase(`${proxy.replace(/\/$/, "")}/sumdb/${database}`, get);

const listFile = process.argv[2];
const list = JSON.parse(listFile ? await readFile(listFile, "utf8") : await get(listAddress));

/** Platform → sha256. The archives' names say armv6l where Go says arm. */
function archivesOf(release) {
  const entries = release.files
    .filter(({ kind }) => kind === "archive")
    .map(({ os, arch, sha256 }) => [`${os}-${arch === "armv6l" ? "arm" : arch}`, sha256]);
  const known = new Map(entries);
  return Object.fromEntries(
    platforms
      .filter((one) => /^[0-9a-f]{64}$/.test(known.get(one)))
      .map((one) => [one, known.get(one)]),
  );
}

const newest = new Map();
for (const release of list) {
  const [, minor, patch] = /^go1\.(\d+)\.(\d+)$/.exec(release.version) ?? [];
  if (patch === undefined || Number(minor) < oldestMinor) continue;
  const archives = archivesOf(release);
  if (!mainPlatforms.every((platform) => platform in archives)) continue;
  if (Number(newest.get(Number(minor))?.patch ?? -1) >= Number(patch)) continue;
  newest.set(Number(minor), { patch, archives });
}

const releases = [];
for (const [minor, { patch, archives }] of [...newest].sort(([left], [right]) => left - right)) {
  const version = `1.${minor}.${patch}`;
  const h1 = {};
  for (const platform of platforms) {
    const sum = await sums.lookup("golang.org/toolchain", `v0.0.1-go${version}.${platform}`);
    if (sum !== null) h1[platform] = sum;
  }
  process.stdout.write(
    `go${version}: h1 of ${Object.keys(h1).length}, archives of ${Object.keys(archives).length} platforms\n`,
  );
  releases.push({ version, h1, archives });
}

const data = {
  defaultMinor,
  archiveUrl: "https://go.dev/dl/{version}.{os}-{arch}.{extension}",
  archiveHosts: ["go.dev", "dl.google.com"],
  releases,
};
const text = [
  'import type { GoTable } from "../go/table.ts";',
  "",
  "/** Written by scripts/update-go-toolchains.mjs; do not edit. */",
  `export const goTable: GoTable = ${JSON.stringify(data, null, 2)};`,
  "",
].join("\n");
await writeFile(
  join(import.meta.dirname, "../packages/capability/toolchains/src/data/go.ts"),
  text,
);
process.stdout.write(
  "written; now format it: npx biome check --write packages/capability/toolchains/src/data\n",
);
