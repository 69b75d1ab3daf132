import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "../lib/bundle.mjs";
import { nodeCommand, root } from "../lib/components.mjs";
import { runOnce } from "../lib/measure.mjs";
import { table, time, verdict } from "../lib/report.mjs";

const megabytes = 20;
const goal = 200;
const majors = [24, 20];
const preload = join(import.meta.dirname, "..", "lib", "resident.cjs");

/** One wheel serves both targets of such a pair, and a release refuses two of one name: the other is left out. */
const twins = ["linux-armv6-musl", "linux-armv7-musl", "windows-x64-gnu"];
const runs = [
  { what: "archives, npm", leftOut: [], outputs: { npm: true } },
  { what: "archives, npm, wheels", leftOut: twins, outputs: { npm: true, wheel: true } },
];

/** The most memory that a merge holds, of a leg of 20 MB for every target there is. */
export async function measure(folder) {
  const programs = join(folder, "programs");
  const write = await bundle("write-programs", folder);
  await runOnce([process.execPath, write, programs, String(megabytes * 1e6)]);
  const rows = [];
  for (const { what, leftOut, outputs } of runs) {
    const targets = readdirSync(programs).filter((id) => id !== "own" && !leftOut.includes(id));
    const { store, plan } = await deliver(folder, programs, targets, outputs);
    for (const major of majors) {
      const merged = await merge(folder, nodeCommand(major), store, plan);
      const found = Math.ceil(merged.peak / 1e6);
      rows.push([
        `${targets.length} of ${megabytes} MB`,
        what,
        merged.version,
        `${found} MB`,
        `${verdict(found <= goal)}`,
        `${time(merged.wall)} (CPU ${time(merged.cpu)})`,
        `${merged.files}`,
      ]);
    }
    rmSync(store, { recursive: true });
  }
  const headers = ["legs", "made of them", "Node", "resident at most", `goal ≤ ${goal} MB`];
  return table([...headers, "wall", "files"], rows);
}

/** The plan and all legs, in a store like that of a workflow's artifacts. */
async function deliver(folder, programs, targets, outputs) {
  const settings = {
    name: "tool",
    version: "1.0.0",
    smoke: false,
    ...outputs,
    targets,
    prebuilt: { files: "programs/{id}/tool{exe}" },
  };
  // JSON is YAML. The programs lie beside it.
  writeFileSync(join(programs, "..", "multiarch.yml"), JSON.stringify(settings));
  const store = join(folder, "store");
  const work = join(folder, "work");
  mkdirSync(work);
  const deliverer = await bundle("deliver", folder);
  const { output } = await runOnce([process.execPath, deliverer, folder, store, work]);
  rmSync(work, { recursive: true });
  return { store, plan: output.trim() };
}

async function merge(folder, node, store, plan) {
  const release = join(folder, "release");
  const peakFile = join(folder, "peak");
  const ran = await runOnce([node, "--require", preload, join(root, "dist/merge/index.js")], {
    cwd: folder,
    env: {
      MULTIARCH_TRANSPORT: `directory:${store}`,
      GITHUB_WORKSPACE: folder,
      GITHUB_ACTIONS: undefined,
      INPUT_PLAN: plan,
      INPUT_UPLOAD: "false",
      "INPUT_INSTALL-TEST": "false",
      "INPUT_OUTPUT-DIR": release,
      PEAK_FILE: peakFile,
    },
  });
  const made = readdirSync(release, { recursive: true, withFileTypes: true });
  const version = (await runOnce([node, "-v"])).output.trim();
  const peak = Number(readFileSync(peakFile, "utf8"));
  const files = made.filter((entry) => entry.isFile() && !entry.parentPath.includes("legs"));
  rmSync(release, { recursive: true });
  return { ...ran, version, peak, files: files.length };
}
