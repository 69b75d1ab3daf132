import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { architectures, operatingSystems } from "@multiarch/contracts";
import {
  type NamingSystem,
  nameIn,
  namingSystems,
  ownIds,
  parseTarget,
  rows,
} from "../src/index.ts";

/** Written down from the sources that src/data/processors.ts names, not from the code. A space separates several names. */
const golden = readFileSync(new URL("names.golden.txt", import.meta.url), "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()));
const [header = [], ...lines] = golden;

describe("the table", () => {
  test("has exactly the 38 targets, in this order", () => {
    expect(lines).toHaveLength(38);
    expect(rows.map(({ id }) => id)).toEqual(lines.map(([id]) => id));
  });

  test.each(lines.map((line) => [line[0] ?? "", line] as const))("names of %s", (id, line) => {
    const row = rows.find((one) => one.id === id);
    expect(row).toBeDefined();
    if (row === undefined) return;
    const lists: Partial<Record<string, readonly string[]>> = {
      wheel: row.wheelTags,
      uname: row.unameMachines,
      homebrew: row.homebrew,
    };
    const found = header.map((system) => {
      const names = lists[system];
      if (names !== undefined) return names.join(" ") || "-";
      const known = namingSystems.find((one): one is NamingSystem => one === system);
      return known === undefined ? "no such system" : (nameIn(row, known) ?? "-");
    });
    expect(found).toEqual(line);
  });

  test("speaks the vocabulary of facts", () => {
    for (const row of rows) {
      expect(operatingSystems).toContain(row.os);
      expect([...architectures, "universal"]).toContain(row.arch);
      expect(row.armVersion !== null).toBe(row.arch === "arm");
    }
  });

  test("ids are made of system, processor and ABI, and fit where contracts want an id", () => {
    for (const id of ownIds) expect(id).toMatch(/^[a-z0-9-]{1,64}$/);
    for (const row of rows) {
      if (row.abi !== null) expect(row.id.endsWith(`-${row.abi}`)).toBe(true);
    }
  });

  test("a glibc floor belongs to glibc, libc follows the ABI", () => {
    for (const row of rows.filter(({ os }) => os === "linux")) {
      expect(row.glibcFloor !== null).toBe(row.libc === "glibc");
      expect(row.abi).toBe(row.libc === "glibc" ? "gnu" : "musl");
    }
  });

  test("short ids are these", () => {
    const short = ownIds.filter((id) => parseTarget(id).short);
    expect(short).toEqual([
      "linux-x64",
      "linux-ia32",
      "linux-arm64",
      "linux-armv7",
      "linux-armv6",
      "linux-armv5",
      "linux-ppc64le",
      "linux-s390x",
      "linux-riscv64",
      "linux-loong64",
      "linux-mips64le",
      "linux-mipsle",
      "linux-ppc64",
      "windows-x64",
      "windows-ia32",
      "windows-arm64",
    ]);
  });

  test("Go's variables name the processor level, and the version of 32-bit Arm", () => {
    const go = (id: string) => rows.find((row) => row.id === id)?.go;
    expect(go("linux-x64-gnu")).toEqual({ GOOS: "linux", GOARCH: "amd64", GOAMD64: "v1" });
    expect(go("linux-armv7-musl")).toEqual({ GOOS: "linux", GOARCH: "arm", GOARM: "7" });
    expect(go("linux-armv6-gnu")).toMatchObject({ GOARM: "6" });
    expect(go("linux-armv5-gnu")).toMatchObject({ GOARM: "5" });
    expect(go("windows-arm64-msvc")).toMatchObject({ GOOS: "windows", GOARCH: "arm64" });
    expect(go("darwin-universal")).toBeNull();
  });

  test("npm's fields", () => {
    const npm = (id: string) => rows.find((row) => row.id === id)?.npm;
    expect(npm("linux-arm64-musl")).toEqual({ os: ["linux"], cpu: ["arm64"], libc: ["musl"] });
    expect(npm("windows-ia32-msvc")).toEqual({ os: ["win32"], cpu: ["ia32"], libc: null });
    // Node has one word for both byte orders.
    expect(npm("linux-ppc64le-gnu")?.cpu).toEqual(["ppc64"]);
    expect(npm("darwin-universal")?.cpu).toEqual(["x64", "arm64"]);
    expect(npm("wasm32-wasip1")).toEqual({ os: null, cpu: ["wasm32"], libc: null });
  });
});
