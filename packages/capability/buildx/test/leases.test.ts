import { existsSync } from "node:fs";
import { mkdir, readdir, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { put } from "../../../../test/support/temporary.ts";
import { cleanUpBuildx, readKept } from "../src/clean-up.ts";
import { hasEnded, type JobMark, thisJob } from "../src/job.ts";
import {
  allLeases,
  type Lease,
  newLeaseFolder,
  parseLease,
  readLease,
  writeLease,
} from "../src/lease.ts";
import { surroundings } from "./surroundings.ts";

const id = "0123456789abcdef";
const lease: Lease = {
  schema: "multiarch.buildx/1",
  id,
  job: { pid: 1, start: "7", boot: "b", namespace: "n", since: 0 },
  buildx: "/usr/libexec/docker/cli-plugins/docker-buildx",
  builder: "mine",
  created: true,
  nodes: ["node1"],
  keepState: false,
  context: `multiarch-${id}`,
  cleanup: true,
  containers: ["buildx_buildkit_mine0"],
  dockerFolder: "/home/me/.docker",
};

describe("a lease", () => {
  test("is read as it was written, in a folder of its user", async () => {
    const { folder } = await surroundings();
    const made = await newLeaseFolder(join(folder, "multiarch"));
    await writeLease(join(folder, "multiarch"), { ...lease, id: made.id, context: null });
    expect(await readLease(join(folder, "multiarch"), made.id)).toMatchObject({ builder: "mine" });
    if (process.platform !== "win32") {
      expect((await stat(made.folder)).mode & 0o777).toBe(0o700);
      expect((await stat(join(made.folder, "lease.json"))).mode & 0o777).toBe(0o600);
    }
  });

  test.each([
    ["another kind", { schema: "multiarch.buildx/2" }],
    ["another id", { id: "fedcba9876543210" }],
    ["a builder that is an option", { builder: "--all-inactive" }],
    ["a node that is an option", { nodes: ["--use"] }],
    ["a container that is an option", { containers: ["-f"] }],
    ["a context that is not ours", { context: "production" }],
    ["a program that is not buildx", { buildx: "/bin/rm" }],
    ["a program by a relative name", { buildx: "buildx" }],
    ["no word about who made it", { created: undefined }],
    ["a job without a number", { job: { ...lease.job, pid: "1" } }],
  ])("of %s is not obeyed", (_what, change) => {
    expect(parseLease(JSON.stringify(lease), id)).toEqual(lease);
    expect(parseLease(JSON.stringify({ ...lease, ...change }), id)).toBeNull();
  });

  test("any text is a lease or none", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parseLease(text, id)).toBeNull();
      }),
    );
  });

  test("folders without one are cleared away when they are old; those with one that cannot be read stay", async () => {
    const { folder: jobs } = await surroundings();
    const names = ["0".repeat(16), "1".repeat(16), "2".repeat(16)];
    for (const name of names) await mkdir(join(jobs, name));
    await put(join(jobs, names[2] ?? ""), { "lease.json": '{"schema":"multiarch.buildx/9"}' });
    const longAgo = new Date(Date.now() - 7_200_000);
    for (const name of names.slice(1)) await utimes(join(jobs, name), longAgo, longAgo);
    expect(await allLeases(jobs, Date.now)).toEqual([]);
    expect((await readdir(jobs)).sort()).toEqual([names[0], names[2]]);
  });
});

describe("a job", () => {
  test("lives as long as the process that started the step", async () => {
    const here = await surroundings({ parent: process.pid });
    const mark = thisJob(here);
    expect(hasEnded(mark, here)).toBe(false);
    // No process has this number: Linux ends at 2^22.
    expect(hasEnded({ ...mark, pid: 2 ** 30 }, here)).toBe(true);
  });

  test.each<[string, Partial<JobMark>, boolean]>([
    ["the same", {}, false],
    ["another process of its number", { start: "999" }, true],
    ["before the machine was started again", { boot: "other" }, true],
    ["in another container", { namespace: "other", start: "999" }, false],
    ["in another container, a week ago", { namespace: "other", since: -7 * 86_400_000 }, true],
  ])("%s", async (_what, change, expected) => {
    const { folder } = await surroundings();
    const stat = `42 (a) b) S ${[...Array(18).keys()].join(" ")} 777 0`;
    await put(folder, { "sys/kernel/random/boot_id": "boot\n", "42/stat": stat });
    const here = { parent: 42, proc: folder, now: () => 0 };
    const mark = thisJob(here);
    expect(mark).toMatchObject({ pid: 42, start: "777", boot: "boot" });
    expect(hasEnded({ ...mark, ...change }, here)).toBe(expected);
  });

  test("of a container has its first process, because the step's parent is outside", async () => {
    expect(thisJob({ parent: 0, proc: "/nowhere", now: () => 0 }).pid).toBe(1);
  });
});

describe("what a post step is told", () => {
  test.each([
    ["nothing", null],
    ["no JSON", "x"],
    ["an id that is a path", JSON.stringify({ id: "../../../etc", jobs: "/x/multiarch" })],
    ["a folder that is not ours", JSON.stringify({ id, jobs: "/etc" })],
    ["a relative folder", JSON.stringify({ id, jobs: "multiarch" })],
    ["too much", JSON.stringify({ id, jobs: `/${"a".repeat(9000)}/multiarch` })],
  ])("%s is not obeyed", (_what, text) => {
    expect(readKept(text)).toBeNull();
  });

  test("a lease that is gone is nothing to do", async () => {
    const { folder, log } = await surroundings();
    const jobs = join(folder, "multiarch");
    await mkdir(jobs);
    const remover = { env: {}, log, proc: "/proc", now: Date.now };
    await cleanUpBuildx(JSON.stringify({ id, jobs }), remover, false);
    expect(log.lines).toEqual(["info: nothing is left to clean up"]);
  });

  test("a buildx that is gone makes no post step red, and the lease stays for a later job", async () => {
    const { folder, log } = await surroundings();
    const jobs = join(folder, "multiarch");
    await mkdir(join(jobs, id), { recursive: true });
    await writeLease(jobs, { ...lease, buildx: join(folder, "docker-buildx") });
    const remover = { env: {}, log, proc: "/proc", now: Date.now };
    await cleanUpBuildx(JSON.stringify({ id, jobs }), remover, false);
    expect(log.lines.join()).toContain("warning: the builder could not be removed");
    expect(existsSync(join(jobs, id, "lease.json"))).toBe(true);
  });
});
