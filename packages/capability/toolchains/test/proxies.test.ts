import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { defaultToolCache } from "@multiarch/toolchains";
import { goEnvFile, moduleProxies, parseGoEnvFile, proxyAddresses } from "../src/go/proxies.ts";
import { temporaryFolder } from "./fake-go.ts";

describe("GOPROXY", () => {
  test.each([
    ["https://a.example,direct", ["https://a.example"]],
    ["https://a.example/|https://b.example//,off", ["https://a.example", "https://b.example"]],
    ["direct", []],
    ["off", []],
    ["", []],
    [" https://a.example , b.example/go ", ["https://a.example", "https://b.example/go"]],
    ["file:///mirror", ["file:///mirror"]],
    ["https://me:pass@a.example/x", ["https://me:pass@a.example/x"]],
  ])("%j", (list, expected) => {
    expect(proxyAddresses(list)).toEqual(expected);
  });

  test("the file of settings", () => {
    const text =
      "\uFEFF# comment\nGOPROXY=https://a.example,direct\r\nGOFLAGS=-mod=mod -tags=x\n\nnot a line\nlower=1\nEMPTY=\n";
    expect([...parseGoEnvFile(text)]).toEqual([
      ["GOPROXY", "https://a.example,direct"],
      ["GOFLAGS", "-mod=mod -tags=x"],
      ["EMPTY", ""],
    ]);
  });

  test.each([
    ["linux", { HOME: "/h" }, "/h/.config/go/env"],
    ["linux", { HOME: "/h", XDG_CONFIG_HOME: "/c" }, "/c/go/env"],
    ["darwin", { HOME: "/h" }, "/h/Library/Application Support/go/env"],
    ["windows", { APPDATA: "/a" }, "/a/go/env"],
    ["windows", { USERPROFILE: "/u" }, "/u/AppData/Roaming/go/env"],
    ["linux", { HOME: "/h", GOENV: "/my/env" }, "/my/env"],
    ["linux", { HOME: "/h", GOENV: "off" }, null],
  ])("its place on %s with %j", (os, env, expected) => {
    const path = goEnvFile(env, os);
    expect(path?.replaceAll("\\", "/") ?? null).toBe(expected);
  });

  test("variable, then file, then what an installed Go says; no default of ours", async () => {
    await using home = await temporaryFolder();
    const env = { HOME: home.path };
    expect(await moduleProxies(env, "linux", null)).toEqual([]);
    expect(await moduleProxies(env, "linux", "https://old.example,direct")).toEqual([
      "https://old.example",
    ]);
    await mkdir(join(home.path, ".config/go"), { recursive: true });
    await writeFile(join(home.path, ".config/go/env"), "GOPROXY=https://file.example\n");
    expect(await moduleProxies(env, "linux", "https://old.example")).toEqual([
      "https://file.example",
    ]);
    expect(await moduleProxies({ ...env, GOENV: "off" }, "linux", null)).toEqual([]);
    const set = { ...env, GOPROXY: "https://set.example" };
    expect(await moduleProxies(set, "linux", null)).toEqual(["https://set.example"]);
    expect(await moduleProxies({ ...env, GOPROXY: "off" }, "linux", null)).toEqual([]);
  });
});

describe("the tool cache", () => {
  test.each([
    ["linux", { RUNNER_TOOL_CACHE: "/r", XDG_CACHE_HOME: "/x", HOME: "/h" }, "/r/multiarch"],
    ["linux", { XDG_CACHE_HOME: "/x", HOME: "/h" }, "/x/multiarch"],
    ["linux", { HOME: "/h" }, "/h/.cache/multiarch"],
    ["darwin", { HOME: "/h" }, "/h/.cache/multiarch"],
    ["windows", { LOCALAPPDATA: "/l", USERPROFILE: "/u" }, "/l/multiarch"],
    ["windows", { USERPROFILE: "/u" }, "/u/AppData/Local/multiarch"],
  ])("on %s with %j", (os, env, expected) => {
    expect(defaultToolCache(env, { os, arch: "x64" }).replaceAll("\\", "/")).toBe(expected);
  });
});
