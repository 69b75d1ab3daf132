import { describe, expect, test } from "@jest/globals";
import { UserError } from "@multiarch/diagnostics";
import { checkLabels, isHosted, type RunsOn, siteOf } from "../src/index.ts";

/** As somebody would write it who hopes that it is evaluated. */
const expression = "$".concat("{{ matrix.runner }}");
const today = "2026-11-21";

function refusal(runsOn: RunsOn, day = today): UserError {
  try {
    checkLabels(runsOn, day, "here");
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error("it was accepted");
}

const warnings = (runsOn: RunsOn, day = today): string[] =>
  checkLabels(runsOn, day, "here").map(({ code }) => code);

describe("labels", () => {
  test.each([
    ["ubuntu-24.04"],
    ["Ubuntu-24.04-ARM"],
    ["macos-26-intel"],
    ["windows-11-arm"],
    ["ubuntu-latest"],
  ])("%s is GitHub's and fine", (label) => {
    expect(warnings(label)).toEqual([]);
    expect(isHosted(label)).toBe(true);
  });

  test.each([
    ["macos-13", "macos-15-intel"],
    ["ubuntu-20.04", "ubuntu-24.04"],
    ["macos-14", "macos-26"],
    ["macos-14-large", "macos-26-large"],
  ])("%s was retired: use %s", (label, successor) => {
    expect(refusal(label)).toMatchObject({ id: "MA212", details: { expected: successor } });
  });

  test("a label that retires within 90 days is warned of, and is an error from that day on", () => {
    expect(warnings("ubuntu-22.04", "2026-11-21")).toEqual([]);
    expect(warnings("ubuntu-22.04", "2027-01-16")).toEqual([]);
    expect(warnings("ubuntu-22.04", "2027-01-17")).toEqual(["label-retiring"]);
    expect(warnings("ubuntu-22.04", "2027-04-16")).toEqual(["label-retiring"]);
    expect(refusal("ubuntu-22.04", "2027-04-17")).toMatchObject({
      id: "MA212",
      details: { expected: "ubuntu-24.04" },
    });
    expect(warnings("macos-15-intel", "2027-07-01")).toEqual(["label-retiring"]);
    expect(refusal("macos-15-intel", "2027-08-01").id).toBe("MA212");
    // The days on which jobs with it fail on purpose, and what to write instead, belong to the warning.
    expect(checkLabels("ubuntu-22.04", "2027-02-01", "here")[0]?.text).toMatch(
      /retires in 2027-04-17 .*2027-03-23.*; use ubuntu-24\.04, here/,
    );
  });

  test.each([
    ["ubunut-24.04", "ubuntu-24.04"],
    ["ubuntu-2404", "ubuntu-24.04"],
    ["ubuntu-24.04-arm64", "ubuntu-24.04-arm"],
    ["ubuntu-latest-arm", "ubuntu-26.04-arm"],
    ["macos-latest-intel", "macos-26-intel"],
    ["windows-latest-arm", "windows-11-arm"],
    ["window-latest", "windows-latest"],
    ["macos-26-inte", "macos-26-intel"],
    ["selfhosted", "self-hosted"],
  ])("%s is a typo of %s", (label, meant) => {
    expect(refusal(label)).toMatchObject({ id: "MA213", details: { expected: meant } });
  });

  test.each([
    ["ubuntu-24.04-riscv"],
    ["ubuntu-28.04"],
    ["macos-27"],
    ["my-arc-set"],
    ["depot-ubuntu-24.04-arm-16"],
    ["buildjet-8vcpu-ubuntu-2204-arm"],
    ["ubuntu-latest-16-cores"],
    ["gpu"],
  ])("%s may be somebody's own: a warning that such a job waits", (label) => {
    expect(warnings(label)).toEqual(["label-unknown"]);
    expect(isHosted(label)).toBe(false);
  });

  test("beside self-hosted and in groups, labels are their owner's", () => {
    expect(warnings(["self-hosted", "ubunut-24.04"])).toEqual([]);
    expect(warnings(["Self-Hosted ", "dgx"])).toEqual([]);
    expect(warnings({ group: "rise", labels: "ubunut" })).toEqual([]);
  });

  test.each<[string, RunsOn]>([
    ["an expression", expression],
    ["a line end", "ubuntu-24.04\n"],
    ["a list in one text", "self-hosted,arm64"],
    ["nothing", ""],
    ["spaces", "  "],
    ["no labels", []],
    ["an expression in a list", ["self-hosted", expression]],
    ["a line end in a group", { group: "a\nb" }],
    ["300 characters", "x".repeat(300)],
  ])("%s is no label", (_, runsOn) => {
    expect(refusal(runsOn).id).toBe("MA211");
  });
});

describe("the machine that labels promise", () => {
  test.each<[RunsOn, unknown]>([
    ["ubuntu-24.04-arm", { os: "linux", arch: "arm64", kind: "hosted" }],
    ["macos-15-large", { os: "darwin", arch: "x64", kind: "hosted" }],
    [["self-hosted", "Linux", "ARM64"], { os: "linux", arch: "arm64", kind: "self-hosted" }],
    [["self-hosted", "arm64", "dgx"], { os: null, arch: "arm64", kind: "self-hosted" }],
    [["self-hosted", "macOS", "X64"], { os: "darwin", arch: "x64", kind: "self-hosted" }],
    ["my-arc-set", { os: null, arch: null, kind: "self-hosted" }],
    [{ group: "rise" }, { os: null, arch: null, kind: "self-hosted" }],
    [["ubuntu-24.04", "gpu"], { os: null, arch: null, kind: "self-hosted" }],
  ])("%j", (runsOn, place) => {
    expect(siteOf(runsOn).place).toEqual(place);
  });
});
