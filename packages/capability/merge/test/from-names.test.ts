import { describe, expect, test } from "@jest/globals";
import { isGlob } from "@multiarch/patterns";
import { parseTarget, rows } from "@multiarch/targets";
import { globPattern, namePattern } from "../src/from/glob.ts";
import { commandName, hintedRows } from "../src/from/name-words.ts";

describe("the command that a name tells", () => {
  test.each([
    // goreleaser, cargo-dist, cross and others, as they are published
    ["mytool_0.3.1_Darwin_arm64.tar.gz", "mytool"],
    ["mytool-v1.2.3-x86_64-unknown-linux-gnu.tar.gz", "mytool"],
    ["mytool-aarch64-apple-darwin", "mytool"],
    ["mytool-linux-amd64", "mytool"],
    ["mytool.linux-amd64", "mytool"],
    ["mytool-win64.exe", "mytool"],
    ["mytool-windows-x86-64.exe", "mytool"],
    ["my-tool_1.0.0-rc.1_linux_armv7", "my-tool"],
    ["jq-macos-arm64", "jq"],
    ["sentry-cli-Linux-x86_64", "sentry-cli"],
    ["sentry-cli-Darwin-universal", "sentry-cli"],
    ["linux-x64-mytool", "mytool"],
    ["mytool-linux-amd64-debug", "mytool-debug"],
    ["mac-cli-linux-x64", "mac-cli"],
    ["protoc-gen-go", "protoc-gen-go"],
    ["tool2", "tool2"],
    ["binary-1", "binary-1"],
    ["kalamcli-0.4.2-windows-x86_64.zip", "kalamcli"],
  ])("%s: %s", (name, command) => {
    expect(commandName([name])?.stem).toBe(command);
  });

  test.each([
    [["mytool_1.0_linux_amd64.tar.gz", "bin/x86_64-unknown-linux-musl"], "mytool"],
    [["downloads/esbuild/linux-x64"], "esbuild"],
    [["release.zip", "tool-linux-arm64.tar.gz", "tool-1.0/tool"], "tool"],
    [["whatever.zip", "ast-grep"], "ast-grep"],
  ])("%j: %s", (place, command) => {
    expect(commandName(place)?.stem).toBe(command);
  });

  test.each(["linux-amd64", "binary", "main.exe", "x86_64-unknown-linux-gnu", "a.out", "…"])(
    "%s tells none",
    (name) => {
      expect(commandName([name])).toBeNull();
    },
  );

  test("knows whether a name says a platform too", () => {
    expect(commandName(["tool-linux-x64"])?.platform).toBe(true);
    expect(commandName(["tool"])?.platform).toBe(false);
  });
});

describe("the target that a name hints at", () => {
  const arm = rows.filter(({ os, arch }) => os === "linux" && arch === "arm");
  const windows = parseTarget("windows-x64").rows;
  test.each([
    [["tool_linux_armv6.tar.gz", "tool"], arm, ["linux-armv6-gnu", "linux-armv6-musl"]],
    [["tool-arm-unknown-linux-musleabihf"], arm, ["linux-armv6-musl"]],
    [["armv7/tool"], arm, ["linux-armv7-gnu", "linux-armv7-musl"]],
    [["tool-x86_64-pc-windows-gnu.exe"], windows, ["windows-x64-gnu"]],
    [["tool-win32-x64-msvc.exe"], windows, ["windows-x64-msvc"]],
  ])("%j", (place, candidates, ids) => {
    expect(hintedRows(place, candidates)?.map(({ id }) => id)).toEqual(ids);
  });

  test("is none where the name says no more than the bytes, or means two things", () => {
    expect(hintedRows(["tool-linux-arm"], arm)).toBeNull();
    expect(hintedRows(["tool-armhf"], arm)).toBeNull();
    expect(hintedRows(["tool-windows-x64.exe"], windows)).toBeNull();
    expect(hintedRows([`tool-${"x-".repeat(500)}`], arm)).toBeNull();
  });
});

describe("patterns", () => {
  test.each([
    ["/a/dist/*.tar.gz", "/a/dist", ["one.tar.gz"], ["one.zip", "sub/one.tar.gz"]],
    ["/a/dist/**/tool", "/a/dist", ["tool", "x/y/tool"], ["x/tools"]],
    ["/a/dist/*-linux", "/a/dist", ["tool-linux", "tool-linux/bin/tool"], ["tool-mac/x-linux"]],
    ["/a/{one,two}/[ab]?", "/a", ["one/ax", "two/by"], ["one/cx", "three/ax"]],
    ["/a/dist/**", "/a/dist", ["x", "x/y"], []],
  ])("%s", (word, base, matching, others) => {
    expect(isGlob(word)).toBe(true);
    const pattern = globPattern(word);
    expect(pattern.base.replaceAll("\\", "/").replace(/(.)\/$/, "$1")).toBe(base);
    expect(matching.filter((name) => !pattern.matches(name))).toEqual([]);
    expect(others.filter((name) => pattern.matches(name))).toEqual([]);
  });

  test("of whole names", () => {
    expect(namePattern("bin-*")("bin-linux")).toBe(true);
    expect(namePattern("bin-*")("my-bin-linux")).toBe(false);
    expect(namePattern("a.b")("axb")).toBe(false);
  });
});
