import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Leg, Plan, Release } from "@multiarch/contracts";
import {
  formatBytes,
  formatDuration,
  installTable,
  legTable,
  packageTable,
  plainTable,
} from "@multiarch/report";
import { glibcProgram } from "../../../../test/support/binaries.ts";
import {
  type Delivery,
  deliver,
  failLeg,
  mergeDelivery,
} from "../../../../test/support/delivery.ts";
import { prebuiltProject } from "../../../../test/support/project.ts";

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1.0 kB"],
  [999_949, "999.9 kB"],
  [999_950, "1.0 MB"],
  [3_600_000, "3.6 MB"],
  [2_500_000_000_000, "2500.0 GB"],
])("%d bytes are %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [0, "0.0 s"],
  [440, "0.4 s"],
  [59_949, "59.9 s"],
  [59_950, "1 m 0 s"],
  [72_000, "1 m 12 s"],
  [3_600_000, "60 m 0 s"],
])("%d ms are %s", (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

test("columns are as wide as their widest cell, and lines end where their text ends", () => {
  const rows = [
    ["linux-x64", "this machine", ""],
    ["any", "x", "y"],
  ];
  expect(plainTable({ headers: ["target", "where", "z"], rows })).toBe(
    "target     where         z\nlinux-x64  this machine\nany        x             y",
  );
});

describe("tables of a release", () => {
  let delivery: Delivery;
  let release: Release;
  let plan: Plan;
  let legs: Leg[];

  beforeAll(async () => {
    const targets = [
      "linux-arm64",
      "linux-x64-gnu",
      "windows-x64",
      { id: "linux-riscv64", optional: true },
    ];
    const programs = { "linux-x64-gnu": glibcProgram("x64", "2.9"), "linux-riscv64": null };
    const config = { npm: true };
    delivery = await deliver(await prebuiltProject({ targets, programs, config }));
    ({ release } = await mergeDelivery(delivery));
    plan = { ...delivery.plan, excluded: [{ target: "darwin-x64", why: "needs a macOS machine" }] };
    legs = Object.values(delivery.legs).map((leg) => ({
      ...leg,
      timings: [
        { phase: "compile", ms: 1500 },
        { phase: "read", ms: 500 },
      ],
    }));
  });

  const lines = (made: readonly Leg[], missing: Release["missing"] = []) => {
    const { headers, rows } = legTable(plan, made, missing);
    return rows.map((row) =>
      Object.fromEntries(headers.map((header, index) => [header, row[index]])),
    );
  };

  test("one line for each row of the plan, and for each target that it leaves out", () => {
    const table = lines(legs, release.missing);
    expect(table.map(({ target }) => target)).toEqual([
      "linux-arm64",
      "linux-riscv64",
      "linux-x64-gnu",
      "windows-x64",
      "darwin-x64",
    ]);
    const size = (id: string): string => formatBytes(delivery.legs[id]?.files[0]?.size ?? 0);
    expect(table[0]).toEqual({
      target: "linux-arm64",
      where: "this machine",
      how: expect.stringMatching(/^(host|cross)$/),
      why: expect.stringMatching(/./),
      size: size("linux-arm64"),
      glibc: "static",
      ran: "not run: smoke is false in the configuration",
      time: "2.0 s",
    });
    expect(table[1]).toMatchObject({
      size: "missing (optional in the configuration)",
      ran: "MA306 no prebuilt file for linux-riscv64",
    });
    expect(table[2]).toMatchObject({ glibc: "2.9" });
    expect(table[3]).toMatchObject({ glibc: "–" });
    expect(table[4]).toMatchObject({ where: "left out", why: "needs a macOS machine", size: "" });
  });

  test("the highest glibc of a leg counts, by numbers and not by letters", () => {
    const [leg] = legs.filter(({ row }) => row === "linux-x64-gnu");
    const [file] = leg?.files ?? [];
    if (leg === undefined || !file?.facts) throw new Error("no leg was built");
    const newer = { ...file, facts: { ...file.facts, glibcMin: "2.17" } };
    const table = lines([{ ...leg, files: [newer, file] }]);
    expect(table.find(({ target }) => target === "linux-x64-gnu")).toMatchObject({ glibc: "2.17" });
  });

  test("a failed leg tells its error and phase", () => {
    const [leg] = legs;
    if (leg === undefined) throw new Error("no leg was built");
    const table = lines([failLeg(leg)]);
    expect(table[0]).toMatchObject({ size: "failed", ran: "MA382 in compile", time: "2.0 s" });
    // No leg yet: a plan's own table.
    expect(table[2]).toMatchObject({ size: "", ran: "", time: "" });
  });

  test("runners of any form are shown", () => {
    const rows = plan.rows.map((row) => ({
      ...row,
      runs_on: { group: "big" },
      place: { os: null, arch: null, kind: "self-hosted" as const },
    }));
    expect(legTable({ ...plan, rows }, [], []).rows[0]?.[1]).toBe("group big");
  });

  test("one line for each package", () => {
    const { headers, rows } = packageTable(release);
    expect(headers).toEqual(["package", "kind", "target", "size", "sha256"]);
    expect(rows).toHaveLength(release.packages.length);
    const sums = release.packages.find(({ kind }) => kind === "sums");
    expect(rows).toContainEqual([
      "SHA256SUMS",
      "sums",
      "all",
      formatBytes(sums?.size ?? 0),
      sums?.sha256.slice(0, 12),
    ]);
    expect(rows.map(([name]) => name)).toContain("tool-linux-arm64@1.2.3");
  });

  test("one line for each installation", () => {
    const one = {
      package: "tool",
      manager: "npm",
      version: "11.0.0",
      status: "ok",
      why: null,
    } as const;
    expect(installTable({ ...release, installs: [one] }).rows).toEqual([
      ["tool", "npm", "11.0.0", "ok", ""],
    ]);
  });
});
