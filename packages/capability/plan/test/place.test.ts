import { describe, expect, test } from "@jest/globals";
import type { BuilderName } from "@multiarch/contracts";
import { parseTarget, rows } from "@multiarch/targets";
import {
  glibcFloor,
  type LocalMachine,
  placeHosted,
  placeLocal,
  representative,
  whyImpossible,
} from "../src/place.ts";

const linuxMachine = "linux x64 hosted";

describe("hosted runners", () => {
  type Row = [builder: BuilderName, target: string, label: string, place: string, tool: string];
  const table: Row[] = [
    // What crosses without loss never leaves the cheapest runner.
    ["go", "linux-x64", "ubuntu-24.04", linuxMachine, "host"],
    ["go", "linux-arm64", "ubuntu-24.04", linuxMachine, "cross"],
    ["go", "darwin-arm64", "ubuntu-24.04", linuxMachine, "cross"],
    ["go", "windows-arm64", "ubuntu-24.04", linuxMachine, "cross"],
    ["go", "freebsd-x64", "ubuntu-24.04", linuxMachine, "cross"],
    ["prebuilt", "darwin-x64", "ubuntu-24.04", linuxMachine, "cross"],
    ["prebuilt", "linux-x64-musl", "ubuntu-24.04", linuxMachine, "host"],
    // Everything else goes to its own machine where there is one; Linux through zig, for a libc older than the runner's.
    ["cargo", "linux-x64", "ubuntu-24.04", linuxMachine, "cross"],
    ["cargo", "linux-x64-gnu", "ubuntu-24.04", linuxMachine, "cross"],
    ["cargo", "linux-arm64-gnu", "ubuntu-24.04-arm", "linux arm64 hosted", "cross"],
    ["cargo", "linux-riscv64", "ubuntu-24.04", linuxMachine, "cross"],
    ["cargo", "darwin-arm64", "macos-26", "darwin arm64 hosted", "host"],
    ["cargo", "darwin-x64", "macos-15-intel", "darwin x64 hosted", "host"],
    ["cargo", "windows-x64", "windows-2025", "windows x64 hosted", "host"],
    ["cargo", "windows-arm64", "windows-11-arm", "windows arm64 hosted", "host"],
    ["cargo", "freebsd-x64", "ubuntu-24.04", linuxMachine, "cross"],
    ["command", "linux-arm64", "ubuntu-24.04-arm", "linux arm64 hosted", "host"],
    ["command", "darwin-arm64", "macos-26", "darwin arm64 hosted", "host"],
    ["command", "linux-s390x", "ubuntu-24.04", linuxMachine, "cross"],
  ];

  test.each(table)("%s %s → %s (%s, %s)", (builder, target, label, place, tool) => {
    const placed = placeHosted(parseTarget(target), builder);
    const { os, arch, kind } = placed.place;
    expect([placed.runsOn, `${os} ${arch} ${kind}`, placed.tool]).toEqual([label, place, tool]);
    expect(placed.cpu).toBe("native");
    expect(placed.why).not.toBe("");
  });

  test("every target that can be built has a place, and the place is what its label is", () => {
    const machines = new Map([
      ["ubuntu-24.04", linuxMachine],
      ["ubuntu-24.04-arm", "linux arm64 hosted"],
      ["macos-26", "darwin arm64 hosted"],
      ["macos-15-intel", "darwin x64 hosted"],
      ["windows-2025", "windows x64 hosted"],
      ["windows-11-arm", "windows arm64 hosted"],
    ]);
    for (const { id } of rows) {
      for (const builder of ["go", "cargo", "command", "prebuilt"] as const) {
        const target = parseTarget(id);
        if (whyImpossible(target, builder) !== null) continue;
        const { runsOn, place, tool } = placeHosted(target, builder);
        const machine = `${place.os} ${place.arch} ${place.kind}`;
        expect([id, builder, machine]).toEqual([id, builder, machines.get(runsOn)]);
        // Only where the system is the machine's own may nothing be crossed.
        const own = representative(target, builder).os === place.os;
        expect([id, builder, own || tool === "cross"]).toEqual([id, builder, true]);
      }
    }
  });
});

describe("this machine", () => {
  const rust = (targets: string[] = [], canAddTargets = false): LocalMachine["rust"] => ({
    targets,
    canAddTargets,
  });
  const linux: LocalMachine = { os: "linux", arch: "x64", rust: rust([], true) };
  const mac: LocalMachine = { os: "darwin", arch: "arm64", rust: rust([], true) };
  const windows: LocalMachine = { os: "windows", arch: "x64", rust: rust([], true) };

  type Row = [builder: BuilderName, target: string, machine: LocalMachine, tool: string];
  const reached: Row[] = [
    ["go", "linux-x64", linux, "host"],
    ["go", "windows-arm64", linux, "cross"],
    ["go", "darwin-arm64", mac, "host"],
    ["prebuilt", "darwin-x64", windows, "cross"],
    ["command", "linux-arm64", linux, "cross"],
    ["cargo", "linux-x64", linux, "cross"],
    ["cargo", "linux-arm64-gnu", mac, "cross"],
    ["cargo", "darwin-arm64", mac, "host"],
    ["cargo", "darwin-x64", mac, "host"],
    ["cargo", "windows-x64-msvc", windows, "host"],
    ["cargo", "freebsd-x64", linux, "cross"],
    ["cargo", "linux-x64-gnu", { ...linux, rust: rust(["x86_64-unknown-linux-gnu"]) }, "cross"],
  ];

  test.each(reached)("%s %s is built here", (builder, target, machine, tool) => {
    const { os, arch } = machine;
    expect(placeLocal(parseTarget(target), builder, machine)).toMatchObject({
      runsOn: "local",
      place: { os, arch, kind: "local" },
      tool,
    });
  });

  type Unreached = [target: string, machine: LocalMachine, why: string];
  const unreached: Unreached[] = [
    ["linux-x64", { ...linux, rust: null }, "no cargo on PATH"],
    ["windows-x64-gnu", linux, "MinGW needs a Windows machine"],
    ["darwin-arm64", linux, "Apple's SDK"],
    ["windows-x64-msvc", linux, "needs a Windows machine"],
    ["windows-x64", mac, "needs a Windows machine"],
    [
      "linux-arm64-musl",
      { ...linux, rust: rust(["x86_64-unknown-linux-gnu"]) },
      "the standard library for aarch64-unknown-linux-musl is not installed here",
    ],
    [
      "linux-x64",
      { ...linux, rust: rust(["x86_64-unknown-linux-gnu"]) },
      "x86_64-unknown-linux-musl is not installed here; the one for linux-x64-gnu is",
    ],
  ];

  test.each(unreached)("cargo cannot build %s here, and says why", (target, machine, why) => {
    const placed = placeLocal(parseTarget(target), "cargo", machine);
    expect("unreachable" in placed ? placed.unreachable : "").toContain(why);
  });
});

test("the floor is the configured one, else the table's, where a glibc is linked", () => {
  const floor = (target: string, builder: BuilderName, configured: string | null = null) =>
    glibcFloor(parseTarget(target), builder, configured);
  expect(floor("linux-x64-gnu", "cargo")).toBe("2.17");
  expect(floor("linux-x64-gnu", "cargo", "2.28")).toBe("2.28");
  expect(floor("linux-x64", "cargo", "2.28")).toBeNull();
  // There is no musl for it, so that cargo links glibc.
  expect(floor("linux-ppc64", "cargo")).toBe("2.17");
  expect(floor("linux-x64", "go")).toBeNull();
  expect(floor("darwin-arm64", "cargo", "2.28")).toBeNull();
  const placed = placeHosted(parseTarget("linux-x64-gnu"), "cargo", "2.28");
  expect(placed.why).toBe("hosted native runner, linked by zig for glibc 2.28 as the floor");
});

test("a short id stands for the static row where a builder links statically", () => {
  const standing = (target: string, builder: BuilderName): string =>
    representative(parseTarget(target), builder).id;
  expect(standing("linux-x64", "cargo")).toBe("linux-x64-musl");
  expect(standing("linux-x64", "go")).toBe("linux-x64-gnu");
  expect(standing("linux-x64-gnu", "cargo")).toBe("linux-x64-gnu");
  expect(standing("windows-x64", "cargo")).toBe("windows-x64-msvc");
  expect(standing("linux-ppc64", "cargo")).toBe("linux-ppc64-gnu");
});

test("some targets no machine can build", () => {
  const why = (target: string, builder: BuilderName) => whyImpossible(parseTarget(target), builder);
  expect(why("darwin-universal", "go")).toBe("Go has no target for darwin-universal");
  expect(why("darwin-universal", "cargo")).toBe("Rust has no target for darwin-universal");
  expect(why("darwin-universal", "prebuilt")).toBeNull();
  expect(why("any", "command")).toContain("platforms only");
  expect(why("any", "prebuilt")).toBeNull();
});
