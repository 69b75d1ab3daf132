import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { pep440Version } from "../src/index.ts";

test.each([
  ["1.2.3", "1.2.3"],
  ["1.2.3-beta.1", "1.2.3b1"],
  ["1.2.3-alpha.2", "1.2.3a2"],
  ["1.2.3-rc.1", "1.2.3rc1"],
  ["1.2.3-rc1", "1.2.3rc1"],
  ["1.2.3-RC1", "1.2.3rc1"],
  ["1.2.3-a1", "1.2.3a1"],
  ["1.2.3-b-1", "1.2.3b1"],
  ["1.2.3-beta", "1.2.3b0"],
  ["1.2.3-dev5", "1.2.3.dev5"],
  ["1.2.3-dev.5", "1.2.3.dev5"],
  ["0.0.0-dev.0", "0.0.0.dev0"],
  ["0.0.0-dev.g0a1b2c3d", "0.0.0.dev0+g0a1b2c3d"],
])("%s is %s", (semver, expected) => {
  expect(pep440Version(semver)).toBe(expected);
});

describe("no spelling in Python", () => {
  test.each([
    ["1.2.3-next.1", /next\.1[\s\S]*do: write 1\.2\.3-alpha\.1, 1\.2\.3-beta\.1/],
    ["1.2.3-beta.1.2", /beta\.1\.2/],
    ["1.2.3-0", /"0"/],
    ["1.2.3-pre.1", /pre\.1/],
    ["1.2.3-rc01", /rc01/],
    ["1.2.3+build", /build metadata[\s\S]*do: write 1\.2\.3$/],
    ["1.2.3-rc.1+5", /build metadata[\s\S]*do: write 1\.2\.3-rc\.1$/],
    ["1.2", /not a semantic version/],
    ["v1.2.3", /not a semantic version/],
    ["01.2.3", /not a semantic version/],
    ["1.2.3\n", /not a semantic version/],
  ])("%j", (semver, message) => {
    expect(() => pep440Version(semver)).toThrow(message);
    expect(() => pep440Version(semver)).toThrow(/^MA821/);
  });
});

test("what is accepted is normalised PEP 440, and never one version for two numbers", () => {
  const word = fc.constantFrom("alpha.", "beta.", "rc.", "dev.");
  const version = fc.tuple(fc.nat(), fc.nat(), fc.nat(), word, fc.nat());
  fc.assert(
    fc.property(version, version, (left, right) => {
      const [one, other] = [left, right].map(([major, minor, patch, label, count]) =>
        pep440Version(`${major}.${minor}.${patch}-${label}${count}`),
      );
      expect(one).toMatch(/^\d+\.\d+\.\d+(a|b|rc|\.dev)\d+$/);
      expect(one === other).toBe(left.join() === right.join());
    }),
  );
});
