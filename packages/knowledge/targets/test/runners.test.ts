import { describe, expect, test } from "@jest/globals";
import { findRunnerLabel, hostedLabel, rows, runnerLabels } from "../src/index.ts";

describe("runner labels", () => {
  test("are 31, each once, in lower case", () => {
    expect(runnerLabels).toHaveLength(34);
    expect(new Set(runnerLabels.map(({ label }) => label)).size).toBe(34);
    for (const { label } of runnerLabels) expect(label).toBe(label.toLowerCase());
  });

  test("the processor of a Mac does not follow from its label's looks", () => {
    expect(findRunnerLabel("macos-15")?.arch).toBe("arm64");
    expect(findRunnerLabel("macos-15-large")?.arch).toBe("x64");
    expect(findRunnerLabel("macos-15-xlarge")?.arch).toBe("arm64");
    expect(findRunnerLabel("macos-13")?.arch).toBe("x64");
    expect(findRunnerLabel("xcode-27")?.arch).toBe("arm64");
    expect(findRunnerLabel("macos-26-intel")?.arch).toBe("x64");
    expect(findRunnerLabel(" Ubuntu-24.04-ARM ")?.arch).toBe("arm64");
    expect(findRunnerLabel("windows-11-vs2026-arm")?.arch).toBe("arm64");
  });

  test("labels that people expect and GitHub does not have", () => {
    for (const label of ["ubuntu-latest-arm", "windows-latest-arm", "macos-latest-intel"]) {
      expect(findRunnerLabel(label)).toBeUndefined();
    }
  });

  test("a replacement is a label of the same system and processor that has not retired", () => {
    for (const { replacement, os, arch } of runnerLabels) {
      if (replacement === null) continue;
      expect(findRunnerLabel(replacement)).toMatchObject({ os, arch });
      expect(findRunnerLabel(replacement)?.status).not.toBe("retired");
    }
  });
});

describe("the hosted machine of a target", () => {
  test("is a known label, with that label's system and processor, and not retired or larger", () => {
    for (const row of rows) {
      const { label, os, arch } = hostedLabel(row);
      expect(findRunnerLabel(label)).toMatchObject({ label, os, arch, tier: "standard" });
    }
  });

  test("is native exactly where that machine runs the target's programs", () => {
    const native = rows.filter((row) => hostedLabel(row).native);
    for (const row of native) {
      const { os, arch } = hostedLabel(row);
      expect(row.os).toBe(os);
      const runs = arch === "x64" ? ["x64", "ia32"] : ["arm64", "universal"];
      expect(runs).toContain(row.arch);
    }
    expect(native.map(({ id }) => id)).toContain("linux-ia32-musl");
    // Some Arm processors no longer have 32 bits.
    expect(native.map(({ id }) => id)).not.toContain("linux-armv7-gnu");
  });
});
