import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { releaseToFetch, suitable, wantedVersion } from "../src/go/choose.ts";
import type { GoTable } from "../src/go/table.ts";
import { compareGoVersions, type GoVersion, parseGoVersion } from "../src/go/version.ts";

const parse = (text: string): GoVersion => {
  const version = parseGoVersion(text);
  if (version === null) throw new Error(`${text} is no version`);
  return version;
};

describe("Go versions", () => {
  test.each([
    ["1.25", "1.25", "1.25"],
    ["go 1.25", "1.25", "1.25"],
    ["go1.25.3", "1.25.3", "1.25"],
    ["toolchain go1.26.1", "1.26.1", "1.26"],
    ["1.27rc1", "1.27rc1", "1.27"],
    ["go1.26.8 X:nodwarf5", "1.26.8", "1.26"],
    ["go1.24.3-vendor.2", "1.24.3", "1.24"],
    [" 1.20 ", "1.20", "1.20"],
  ])("%j is read", (line, text, minor) => {
    expect(parseGoVersion(line)).toMatchObject({ text, minor });
  });

  test.each(["", "latest", "devel go1.28-abc", "1", "v1.25", "1.25.x", "1.25.3.4", "../1.25"])(
    "%j is none",
    (line) => {
      expect(parseGoVersion(line)).toBeNull();
    },
  );

  test("the order is that of the go command", () => {
    const ascending = [
      "1.9.7",
      "1.18beta1",
      "1.18rc1",
      "1.18",
      "1.18.1",
      "1.20.14",
      "1.21",
      "1.21rc2",
      "1.21.0",
      "1.21.1",
      "1.21.13",
      "1.22",
      "1.100.0",
      "2.0.0",
    ];
    for (const [at, one] of ascending.entries()) {
      for (const [other, two] of ascending.entries()) {
        expect(Math.sign(compareGoVersions(parse(one), parse(two)))).toBe(Math.sign(at - other));
      }
    }
    expect(compareGoVersions(parse("1.20"), parse("1.20.0"))).toBe(0);
  });

  test("whatever is written, reading never throws, and what is read is read again alike", () => {
    const parts = fc.constantFrom(
      "go",
      "1",
      ".",
      "21",
      "25",
      "rc",
      "beta",
      "-x",
      " ",
      "toolchain ",
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 9 }), (pieces) => {
        const version = parseGoVersion(pieces.join(""));
        if (version === null) return;
        expect(parseGoVersion(version.text)).toEqual(version);
      }),
    );
  });
});

const table: GoTable = {
  defaultMinor: "1.25",
  archiveUrl: "",
  archiveHosts: [],
  releases: ["1.21.13", "1.24.13", "1.25.14", "1.26.7"].map((version) => ({
    version,
    h1: {},
    archives: {},
  })),
};

describe("which release is fetched", () => {
  test.each([
    [null, "1.25.14"],
    ["default", "1.25.14"],
    ["1.25", "1.25.14"],
    ["1.25.14", "1.25.14"],
    ["1.25rc2", "1.25.14"],
    ["toolchain go1.24.1", "1.24.13"],
    // A patch that the table does not have yet: the next minor version, for an older one would refuse to build.
    ["1.25.15", "1.26.7"],
    ["1.22", "1.24.13"],
    ["1.17", "1.21.13"],
    ["1.26.8", undefined],
    ["1.27", undefined],
  ])("%j: %j", (line, expected) => {
    expect(releaseToFetch(table, wantedVersion(line))?.version).toBe(expected);
  });

  test("a line that names no version is refused", () => {
    expect(() => wantedVersion("latest")).toThrow(/MA353[\s\S]*latest/);
  });
});

describe("which installed Go serves", () => {
  test.each([
    ["1.25", ["1.25.1"], "1.25.1"],
    ["1.25", ["1.24.9"], undefined],
    ["1.25.4", ["1.25.3"], undefined],
    ["1.25.4", ["1.25.3", "1.25.4"], "1.25.4"],
    // The exact minor version wins wherever it is; a newer one serves as well.
    ["1.25", ["1.26.1", "1.25.0"], "1.25.0"],
    ["1.25", ["1.27.0", "1.26.1"], "1.27.0"],
    ["1.25", ["1.25rc1"], "1.25rc1"],
    [null, ["1.9", "1.26.1"], "1.9"],
    [null, [], undefined],
  ])("%j of %j: %j", (line, installed, expected) => {
    const candidates = installed.map((text) => ({ version: parse(text) }));
    expect(suitable(candidates, wantedVersion(line))?.version.text).toBe(expected);
  });
});
