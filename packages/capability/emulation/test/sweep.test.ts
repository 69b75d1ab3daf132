import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { recordingLog } from "../../../../test/support/recording-log.ts";
import { put, temporaryFolder } from "../../../../test/support/temporary.ts";
import type { Entry } from "../src/entry-text.ts";
import type { Lease, LeasedEntry } from "../src/lease.ts";
import { writeLease } from "../src/lease-folder.ts";
import { sweep, type Workplace } from "../src/sweep.ts";
import type { Table } from "../src/table.ts";

const here = { boot: "boot-1", processes: "pid:[1]", user: "user:[1]" };

function entry(word: string): LeasedEntry {
  const name = `multiarch-${word}`;
  return { name, interpreter: `/q/${word}`, flags: "POCF", magic: "7f", mask: "ff" };
}

let count = 0;
function lease(alive: boolean, words: readonly string[], change: Partial<Lease> = {}): Lease {
  return {
    schema: "multiarch.emulation/1",
    id: (++count).toString(16).padStart(24, "0"),
    phase: "ready",
    place: here,
    table: "40",
    mounted: false,
    step: { pid: 7, start: "1" },
    job: { pid: alive ? 1 : 9, start: "1" },
    entries: words.map(entry),
    created: 0,
    ...change,
  };
}

/** What the kernel does, for as much as sweeping asks of it. */
function table(present: Map<string, Entry>, identity: string | null = "40"): Table {
  const refuse = async (): Promise<void> => {
    throw new Error("not asked for here");
  };
  return {
    folder: "/proc/sys/fs/binfmt_misc",
    identity: () => identity,
    enabled: () => true,
    names: () => [...present.keys()].sort(),
    entry: (name) => present.get(name) ?? null,
    mount: refuse,
    unmount: refuse,
    register: refuse,
    remove: async (name) => {
      if (!present.delete(name)) throw new Error(`${name} is not there`);
    },
  };
}

async function workplace(
  leases: readonly Lease[],
  present: Map<string, Entry>,
  identity?: string | null,
): Promise<Workplace & { readonly lines: string[] }> {
  const [proc, folder] = [await temporaryFolder(), await temporaryFolder()];
  await put(proc, { "1/stat": `1 (init) S 0 ${"0 ".repeat(17)}1 0\n` });
  for (const one of leases) await writeLease(folder, one);
  const log = recordingLog();
  const surroundings = {
    env: {},
    log,
    platform: "linux",
    machineArch: "x64",
    kernel: "6.18.0",
    userId: 0,
    proc,
    toolCache: folder,
    temporaryFolder: folder,
    now: () => 1_000,
  };
  return {
    surroundings,
    privilege: "own",
    table: table(present, identity),
    place: here,
    folder,
    lines: log.lines,
  };
}

const registered = (...words: string[]): Map<string, Entry> =>
  new Map(words.map((word) => [`multiarch-${word}`, { ...entry(word), enabled: true }]));

describe("sweeping", () => {
  test("removes what only the dead relied on", async () => {
    const present = registered("aarch64", "riscv64", "s390x");
    present.set("qemu-aarch64", { ...entry("aarch64"), enabled: true });
    const dead = lease(false, ["aarch64", "riscv64"]);
    const alive = lease(true, ["aarch64", "s390x"]);
    const place = await workplace([dead, alive], present);
    expect(await sweep(place, null)).toMatchObject({ removed: ["multiarch-riscv64"] });
    expect([...present.keys()].sort()).toEqual([
      ...["multiarch-aarch64", "multiarch-s390x", "qemu-aarch64"],
    ]);
    expect(await readdir(place.folder)).toEqual([`${alive.id}.json`]);
  });

  test("ends the given lease although its job lives", async () => {
    const present = registered("aarch64");
    const own = lease(true, ["aarch64"], { mounted: true });
    const place = await workplace([own], present);
    expect(await sweep(place, own.id)).toEqual({
      removed: ["multiarch-aarch64"],
      living: [],
      mounted: true,
    });
    expect(await readdir(place.folder)).toEqual([]);
  });

  test("leaves an entry of our name that somebody else has put there since", async () => {
    const present = registered("aarch64");
    present.set("multiarch-aarch64", { ...entry("aarch64"), interpreter: "/other", enabled: true });
    const place = await workplace([lease(false, ["aarch64"])], present);
    expect(await sweep(place, null)).toMatchObject({ removed: [] });
    expect(present.size).toBe(1);
  });

  test("leaves what is kept, also when the one that kept it ends", async () => {
    const present = registered("aarch64");
    const kept = lease(false, ["aarch64"], { phase: "kept" });
    const place = await workplace([kept], present);
    expect(await sweep(place, kept.id)).toMatchObject({ removed: [] });
    expect(await readdir(place.folder)).toHaveLength(1);
  });

  test("removes nothing while there is a lease that it cannot read", async () => {
    const present = registered("aarch64");
    const place = await workplace([lease(false, ["aarch64"])], present);
    await writeFile(
      join(place.folder, `${"f".repeat(24)}.json`),
      '{"schema":"multiarch.emulation/2"}',
    );
    expect(await sweep(place, null)).toMatchObject({ removed: [] });
    expect(place.lines.join()).toContain("cannot be read");
    expect(await readdir(place.folder)).toHaveLength(2);
  });

  test("clears away what a killed writer left, and no other file", async () => {
    const place = await workplace([], registered());
    await writeFile(join(place.folder, `${"f".repeat(24)}.json.part`), "{");
    await writeFile(join(place.folder, "README"), "not ours");
    await sweep(place, null);
    expect(await readdir(place.folder)).toEqual(["README"]);
  });

  test("leaves leases of another table alone, and what they name", async () => {
    const present = registered("aarch64");
    const other = lease(false, ["aarch64"], {
      table: "41",
      place: { ...here, user: "user:[2]" },
    });
    const place = await workplace([other], present);
    expect(await sweep(place, null)).toMatchObject({ removed: [], living: [] });
    expect(await readdir(place.folder)).toHaveLength(1);
  });

  test("forgets what was before the machine's last start", async () => {
    const present = registered("aarch64");
    const old = lease(true, ["aarch64"], { place: { ...here, boot: "boot-0" } });
    const place = await workplace([old], present);
    expect(await sweep(place, null)).toMatchObject({ removed: [] });
    expect(await readdir(place.folder)).toEqual([]);
  });

  test("whatever leases there are: what the living rely on stays, what only the dead had goes", async () => {
    const words = ["aarch64", "arm", "riscv64", "s390x"];
    const someWords = fc.uniqueArray(fc.constantFrom(...words));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ alive: fc.boolean(), words: someWords }), { maxLength: 6 }),
        someWords,
        async (jobs, there) => {
          const present = registered(...there);
          const place = await workplace(
            jobs.map((job) => lease(job.alive, job.words)),
            present,
          );
          await sweep(place, null);
          const named = (alive: boolean) =>
            new Set(jobs.filter((job) => job.alive === alive).flatMap((job) => job.words));
          const expected = there.filter((word) => named(true).has(word) || !named(false).has(word));
          expect([...present.keys()].sort()).toEqual(
            expected.map((word) => `multiarch-${word}`).sort(),
          );
        },
      ),
      { numRuns: 40 },
    );
  });
});
