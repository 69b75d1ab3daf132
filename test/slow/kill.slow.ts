import { type ChildProcess, spawn } from "node:child_process";
import { cp, readdir, readFile, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { cleanStale } from "@multiarch/archive";
import { digest, parseDocument } from "@multiarch/contracts";
import { programFor } from "../support/binaries.ts";
import { bundle } from "../support/bundle.ts";
import { prebuiltProject } from "../support/project.ts";
import { temporaryFolder, tree } from "../support/temporary.ts";
import { root } from "./support/components.ts";

const targets = ["linux-x64", "linux-arm64", "darwin-arm64", "windows-x64"];
const kills = 20;

/** Equal on every run (mulberry32): a failure can be looked at again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Programs large enough that most of the time goes into packing them. */
function programs(random: () => number): Record<string, Uint8Array> {
  return Object.fromEntries(
    targets.map((target) => {
      const words = Array.from({ length: 150_000 }, () => Math.floor(random() * 4096).toString(36));
      return [target, Buffer.concat([programFor(target), Buffer.from(words.join(" "))])];
    }),
  );
}

let project: string;
let earlier: string;
let parent: string;
let clean: Record<string, string>;
let old: Record<string, string>;
let duration: number;

function start(folder: string): ChildProcess {
  const args = ["release", folder, "--no-install-test"];
  return spawn(process.execPath, [join(root, "dist/cli/index.js"), ...args], {
    cwd: parent,
    stdio: ["ignore", "ignore", "pipe"],
  });
}

async function ended(child: ChildProcess): Promise<{ code: number | null; stderr: string }> {
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, stderr };
}

async function release(folder: string): Promise<Record<string, string>> {
  expect(await ended(start(folder))).toMatchObject({ code: 0 });
  return tree(join(parent, "release"));
}

beforeAll(async () => {
  const config = { npm: { scope: "@me" }, wheel: true };
  const random = seeded(20_260_901);
  project = await prebuiltProject({ targets, config, programs: programs(random) });
  const before = { ...config, version: "1.2.2" };
  earlier = await prebuiltProject({ targets, config: before, programs: programs(random) });
  parent = await temporaryFolder();
  old = await release(earlier);
  await cp(join(parent, "release"), join(parent, "old"), { recursive: true });
  clean = await release(project);
  const started = performance.now();
  expect(await release(project)).toEqual(clean);
  duration = performance.now() - started;
  await rm(join(parent, "release"), { recursive: true });
});

/** What a release must be for somebody who finds it: every file that it lists, with the hash that it says. */
async function checkComplete(folder: string): Promise<void> {
  const bytes = await readFile(join(folder, "release.json"));
  const { value } = parseDocument("release", bytes, "release.json");
  for (const { file, sha256 } of value.packages) {
    expect([file, digest(await readFile(join(folder, file)))]).toEqual([file, sha256]);
  }
  for (const { row, sha256 } of value.legs) {
    const leg = await readFile(join(folder, "legs", row, "leg.json"));
    expect([row, digest(leg)]).toEqual([row, sha256]);
  }
}

test("what a process of another container is making is left alone, although its number is nobody's here", async () => {
  const folder = await temporaryFolder();
  const script = await bundle(
    join(import.meta.dirname, "support/stage-child.ts"),
    join(await temporaryFolder(), "stage.mjs"),
  );
  // What Docker does, but for the name of the machine, which containers on the host's network share.
  const namespaces = ["--user", "--map-root-user", "--pid", "--fork"];
  const container = spawn("unshare", [...namespaces, process.execPath, script, folder], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const staged = await new Promise<string>((resolve, reject) => {
    container.once("error", reject);
    container.once("exit", (code) => reject(new Error(`unshare ended with ${code}`)));
    container.stdout.setEncoding("utf8").once("data", resolve);
  });
  expect(await cleanStale(folder)).toEqual([]);
  expect(await readdir(folder)).toEqual([basename(staged.trim())]);
  container.stdin.end();
  await new Promise((resolve) => container.once("close", resolve));
});

describe.each([
  ["where there was no release", null],
  ["over an earlier release", "old"],
])("killed at twenty moments %s", (_what, kept) => {
  const random = seeded(kept === null ? 1 : 2);
  const found = { absent: 0, old: 0, new: 0, killed: 0 };

  test.each(Array.from({ length: kills }, (_, index) => index))("moment %i", async () => {
    const final = join(parent, "release");
    await rm(final, { recursive: true, force: true });
    if (kept !== null) await cp(join(parent, kept), final, { recursive: true });
    const child = start(project);
    const timer = setTimeout(() => child.kill("SIGKILL"), random() * duration);
    const { code } = await ended(child);
    clearTimeout(timer);
    if (code === null) found.killed++;
    else expect(code).toBe(0);

    if ((await readdir(parent)).includes("release")) {
      await checkComplete(final);
      const left = await tree(final);
      const isNew = left["release.json"] === clean["release.json"];
      expect(left).toEqual(isNew ? clean : old);
      expect([isNew, kept]).not.toEqual([false, null]);
      found[isNew ? "new" : "old"]++;
    } else found.absent++;

    // The next run needs no help, and cleans up after the one that died.
    expect(await release(project)).toEqual(clean);
    const beside = await readdir(parent);
    expect(beside.filter((name) => name.startsWith(".multiarch-"))).toEqual([]);
  });

  test("most of the runs were really killed", () => {
    expect(found.absent + found.old + found.new).toBe(kills);
    expect(found.killed).toBeGreaterThan(kills / 4);
  });
});
