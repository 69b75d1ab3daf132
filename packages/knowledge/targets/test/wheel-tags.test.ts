import { describe, expect, test } from "@jest/globals";
import { parseTarget, platformsOfWheel, servesTarget, targetOfTags } from "../src/index.ts";

test("platform tags of a file name", () => {
  expect(
    platformsOfWheel("a-1-2-cp313-cp313-manylinux_2_17_x86_64.manylinux2014_x86_64.whl"),
  ).toEqual(["manylinux_2_17_x86_64", "manylinux2014_x86_64"]);
  expect(platformsOfWheel("a-1-py3-none-any.whl")).toEqual(["any"]);
});

describe("what platform tags are for", () => {
  test.each([
    ["manylinux2014_x86_64.manylinux_2_17_x86_64", "linux-x64-gnu"],
    ["manylinux1_i686", "linux-ia32-gnu"],
    ["musllinux_1_2_aarch64", "linux-arm64-musl"],
    ["manylinux_2_17_x86_64.musllinux_1_1_x86_64", "linux-x64"],
    ["linux_armv6l", "linux-armv6"],
    ["macosx_10_12_x86_64", "darwin-x64"],
    ["macosx_10_12_universal2", "darwin-universal"],
    ["macosx_10_12_x86_64.macosx_13_0_arm64", "darwin-universal"],
    ["win_amd64", "windows-x64"],
    ["win32", "windows-ia32-msvc"],
    ["android_24_arm64_v8a", "android-arm64"],
    ["any", null],
    ["ios_13_0_arm64_iphoneos", null],
    ["manylinux_2_17_x86_64.win_amd64", null],
    ["manylinux_2_17_x86_64.manylinux_2_17_aarch64", null],
  ])("%s: %s", (tags, expected) => {
    expect(targetOfTags(tags.split("."))).toBe(expected);
  });

  test.each([
    ["manylinux_2_17_x86_64", "linux-x64-gnu", true],
    ["manylinux_2_17_x86_64", "linux-x64", true],
    ["manylinux_2_17_x86_64", "linux-x64-musl", false],
    ["musllinux_1_2_x86_64", "linux-x64", true],
    ["manylinux_2_17_aarch64", "linux-x64", false],
    ["win_amd64", "windows-x64-gnu", true],
    ["macosx_11_0_universal2", "darwin-arm64", true],
    ["macosx_10_9_x86_64.macosx_11_0_arm64", "darwin-universal", true],
    ["macosx_11_0_arm64", "darwin-universal", false],
    ["macosx_11_0_arm64", "darwin-x64", false],
    ["any", "any", true],
    ["any", "linux-x64", false],
    ["win_amd64", "any", false],
  ])("%s serves %s: %s", (tags, target, expected) => {
    expect(servesTarget(tags.split("."), parseTarget(target))).toBe(expected);
  });
});
