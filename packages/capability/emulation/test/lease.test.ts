import { describe, expect, test } from "@jest/globals";
import { put, temporaryFolder } from "../../../../test/support/temporary.ts";
import { isLiving, type Lease, parseLease, sameTable } from "../src/lease.ts";
import { jobOf, lives, markOf } from "../src/processes.ts";

const here = { boot: "boot-1", processes: "pid:[1]", user: "user:[1]" };
const lease: Lease = {
  schema: "multiarch.emulation/1",
  id: "0123456789abcdef01234567",
  phase: "ready",
  place: here,
  table: "40",
  mounted: false,
  step: { pid: 100, start: "5000" },
  job: { pid: 90, start: "4000" },
  entries: [],
  created: 1_000,
};

/** The line that Linux shows for a process; the name is the nastiest it can be. */
const stat = (pid: number, start: string, state = "S"): string =>
  `${pid} (a) b (c) ${state} 1 ${Array.from({ length: 17 }, () => "0").join(" ")} ${start} 0 0\n`;

async function proc(processes: Readonly<Record<number, string>>): Promise<string> {
  const folder = await temporaryFolder();
  await put(
    folder,
    Object.fromEntries(Object.entries(processes).map(([pid, text]) => [`${pid}/stat`, text])),
  );
  return folder;
}

describe("processes", () => {
  test("are known by number and start", async () => {
    const folder = await proc({ 90: stat(90, "4000") });
    expect(markOf(folder, 90)).toEqual({ pid: 90, start: "4000" });
    expect(lives(folder, { pid: 90, start: "4000" })).toBe(true);
    // The number was given to another.
    expect(lives(folder, { pid: 90, start: "3999" })).toBe(false);
    expect(lives(folder, { pid: 91, start: "4000" })).toBe(false);
  });

  test("that have ended and wait to be asked after are gone", async () => {
    expect(markOf(await proc({ 90: stat(90, "4000", "Z") }), 90)).toBeNull();
  });

  test("without a parent belong to the first process of their container", async () => {
    const folder = await proc({ 1: stat(1, "7"), 90: stat(90, "4000") });
    expect(jobOf(folder, 90)).toEqual({ pid: 90, start: "4000" });
    expect(jobOf(folder, 0)).toEqual({ pid: 1, start: "7" });
  });
});

describe("a lease lives", () => {
  const now = 2_000;
  const both = { 90: stat(90, "4000"), 100: stat(100, "5000") };
  const jobOnly = { 90: stat(90, "4000") };
  const stepOnly = { 100: stat(100, "5000") };
  const old = now + 7 * 24 * 60 * 60 * 1000;
  const cases: [string, Partial<Lease>, Record<number, string>, number, boolean][] = [
    ["while its job does", {}, jobOnly, now, true],
    ["not after its job", {}, stepOnly, now, false],
    ["while its step is at work", { phase: "preparing" }, both, now, true],
    [
      "not when its step died at work, whoever else lives",
      { phase: "preparing" },
      jobOnly,
      now,
      false,
    ],
    ["when it is to be kept", { phase: "kept" }, {}, old, true],
    [
      "not after the machine was started again",
      { place: { ...here, boot: "boot-0" } },
      both,
      now,
      false,
    ],
    [
      "not after a start even when kept",
      { phase: "kept", place: { ...here, boot: "0" } },
      both,
      now,
      false,
    ],
    [
      "when its processes cannot be seen",
      { place: { ...here, processes: "pid:[2]" } },
      {},
      now,
      true,
    ],
    [
      "not longer than a job may take",
      { place: { ...here, processes: "pid:[2]" } },
      {},
      old,
      false,
    ],
  ];
  test.each(cases)("%s", async (_name, change, processes, time, answer) => {
    expect(isLiving({ ...lease, ...change }, here, await proc(processes), time)).toBe(answer);
  });
});

test("a lease speaks of one table", () => {
  expect(sameTable(lease, here, "40")).toBe(true);
  expect(sameTable(lease, here, "41")).toBe(false);
  // Not mounted yet, or no more: then it is the one of the user namespace.
  expect(sameTable({ ...lease, table: null }, here, "41")).toBe(true);
  expect(sameTable(lease, { ...here, user: "user:[2]" }, null)).toBe(false);
  expect(sameTable(lease, { ...here, boot: "boot-2" }, "40")).toBe(false);
});

describe("a file that anybody could have written", () => {
  const entry = { name: "multiarch-arm", interpreter: "/q", flags: "F", magic: "7f", mask: "ff" };
  test("is read when it is a lease", () => {
    expect(parseLease(JSON.stringify({ ...lease, entries: [entry] }))).toMatchObject({
      entries: [entry],
    });
  });

  test.each([
    ["", "not JSON"],
    ["null", "nothing"],
    [JSON.stringify({ ...lease, schema: "multiarch.emulation/2" }), "another version"],
    [JSON.stringify({ ...lease, id: "../../etc/passwd" }), "a path for an id"],
    [JSON.stringify({ ...lease, phase: "dead" }), "another phase"],
    [JSON.stringify({ ...lease, step: { pid: "1", start: "2" } }), "a text for a number"],
    [JSON.stringify({ ...lease, entries: [{ ...entry, name: "qemu-aarch64" }] }), "others' entry"],
    [JSON.stringify({ ...lease, entries: [{ ...entry, name: "multiarch-../status" }] }), "a path"],
    [JSON.stringify({ ...lease, entries: [{ ...entry, name: "status" }] }), "the switch of all"],
    [JSON.stringify({ ...lease, place: [] }), "a list for a place"],
  ])("%.20s… is refused: %s", (text) => {
    expect(parseLease(text)).toBeNull();
  });
});
