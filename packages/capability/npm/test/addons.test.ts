import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { Facts } from "@multiarch/contracts";
import { buildNpmPackages, type NpmPackage, type NpmSettings, planNpmNames } from "../src/index.ts";
import {
  described,
  describedAddon,
  glibc,
  macos,
  manifestOf,
  meta,
  musl,
  settings,
  temporary,
  untar,
  windows,
  written,
  writtenAddon,
} from "./fixtures.ts";

const withAddon: NpmSettings = { ...settings, addon: "index" };
const content = new TextEncoder().encode("x");

const place = (target: string, facts: Partial<Facts>) => {
  const [platform] = planNpmNames(withAddon, meta, [describedAddon(target, facts)]).platforms;
  return [platform?.suffix, platform?.libc, platform?.glibc];
};

describe("where an addon may be installed", () => {
  test("its libc is the one that it is linked with; static says nothing of a library", () => {
    expect(place("linux-x64-gnu", { ...glibc("2.17"), static: null, interp: null })).toEqual([
      "linux-x64-gnu",
      "glibc",
      "2.17",
    ]);
    expect(place("linux-x64", { ...musl, static: null, interp: null })).toEqual([
      "linux-x64-musl",
      "musl",
      null,
    ]);
    expect(place("darwin-arm64", macos("arm64"))).toEqual(["darwin-arm64", null, null]);
    expect(place("darwin-universal", macos("x64", "arm64"))).toEqual([
      "darwin-universal",
      null,
      null,
    ]);
    expect(place("windows-x64", windows)).toEqual(["win32-x64", null, null]);
  });

  test("one that names no libc is for what was asked for; asked for neither, it serves both", () => {
    const silent = { libc: null, static: null, needed: [], glibcMin: null };
    expect(place("linux-x64-musl", silent)).toEqual(["linux-x64-musl", "musl", null]);
    expect(place("linux-x64-gnu", silent)).toEqual(["linux-x64-gnu", "glibc", null]);
    expect(place("linux-x64", silent)).toEqual(["linux-x64", null, null]);
    expect(() => place("linux-x64", { ...silent, needed: ["libx.so"] })).toThrow(
      /MA805 [\s\S]*an exact target/,
    );
  });

  test("one that names no libc and was asked for as both is one package where the style has one name", () => {
    const silent = { libc: null, static: null, needed: [] };
    const gnu = describedAddon("linux-x64-gnu", silent);
    const same = { ...describedAddon("linux-x64-musl", silent), sha256: gnu.sha256 };
    const esbuild = { ...withAddon, names: "esbuild" } as const;
    expect(planNpmNames(esbuild, meta, [gnu, same]).platforms).toMatchObject([
      { suffix: "linux-x64", libc: null, targets: ["linux-x64-gnu", "linux-x64-musl"] },
    ]);
    expect(planNpmNames(withAddon, meta, [gnu, same]).platforms).toMatchObject([
      { suffix: "linux-x64-gnu", libc: "glibc" },
      { suffix: "linux-x64-musl", libc: "musl" },
    ]);
  });

  test("WebAssembly is no platform of Node", () => {
    const wasm = describedAddon("wasm32-wasip1", { format: "wasm", os: "wasi", arch: "wasm32" });
    const found = planNpmNames(withAddon, meta, [wasm, describedAddon("darwin-x64", macos("x64"))]);
    expect(found.none).toEqual([
      { target: "wasm32-wasip1", why: expect.stringContaining("does not load wasm addons") },
    ]);
  });
});

describe("every target has every file", () => {
  test.each([
    [
      "an addon that the settings do not name",
      settings,
      [describedAddon("darwin-x64", macos("x64"))],
    ],
    ["a target without the addon", withAddon, [described("darwin-x64", macos("x64"))]],
    ["an addon of another name", withAddon, [describedAddon("darwin-x64", macos("x64"), "other")]],
    [
      "a target whose addon is missing",
      withAddon,
      [
        describedAddon("darwin-x64", macos("x64")),
        described("darwin-arm64", macos("arm64"), "index"),
      ],
    ],
  ])("%s", (_what, given, binaries) => {
    expect(() => planNpmNames(given, meta, binaries)).toThrow(/MA805/);
  });

  test("files of one target that are for different libcs", () => {
    const files = [
      described("linux-x64", musl),
      describedAddon("linux-x64", { ...glibc("2.17"), static: null }),
    ];
    expect(() => planNpmNames(withAddon, meta, files)).toThrow(/MA805 .*different platforms/);
  });

  test("an addon's name is checked before it becomes a path", () => {
    const files = [describedAddon("darwin-x64", macos("x64"), "../x")];
    expect(() => planNpmNames({ ...withAddon, addon: "../x" }, meta, files)).toThrow(/MA801/);
    for (const addon of ["install-help", "Binary-Path"]) {
      const own = [describedAddon("darwin-x64", macos("x64"), addon)];
      expect(() => planNpmNames({ ...withAddon, addon }, meta, own)).toThrow(/MA801 .*module/);
    }
  });
});

async function build(changes: Partial<NpmSettings>, executables: boolean): Promise<NpmPackage[]> {
  const library = { ...glibc("2.31"), static: null, interp: null };
  const binaries = [
    await writtenAddon("linux-x64-gnu", library, changes.addon ?? "index"),
    await writtenAddon("windows-x64", windows, changes.addon ?? "index"),
    ...(executables
      ? [await written("linux-x64-gnu", glibc("2.17")), await written("windows-x64", windows)]
      : []),
  ];
  const outputFolder = join(await temporary(), "npm");
  return buildNpmPackages({ settings: { ...withAddon, ...changes }, meta, binaries, outputFolder });
}

const shape = async ({ file }: NpmPackage) =>
  (await untar(file)).map(({ name, mode }) => `${mode.toString(8)} ${name.slice(8)}`);

describe("packages of an addon", () => {
  test("the addon alone: its file is main of the platform package, and no command is promised", async () => {
    const [gnu, , main] = await build({}, false);
    expect(await shape(gnu as NpmPackage)).toEqual([
      "644 LICENSE",
      "644 README.md",
      "644 index.node",
      "644 package.json",
    ]);
    expect(await manifestOf(gnu as NpmPackage)).toMatchObject({
      main: "index.node",
      files: ["index.node"],
      libc: ["glibc"],
    });
    expect(await shape(main as NpmPackage)).toEqual([
      "644 LICENSE",
      "644 README.md",
      "644 index.d.ts",
      "644 index.js",
      "644 install-help.js",
      "644 package.json",
    ]);
    const manifest = await manifestOf(main as NpmPackage);
    expect(manifest).toMatchObject({ main: "index.js", types: "index.d.ts" });
    expect(manifest).not.toHaveProperty("bin");
  });

  test("beside a command: both in one platform package, each with its mode", async () => {
    const [gnu, windowsPackage, main] = await build({}, true);
    expect(await shape(gnu as NpmPackage)).toEqual([
      "644 LICENSE",
      "644 README.md",
      "755 bin/tool",
      "644 index.node",
      "644 package.json",
    ]);
    expect(await shape(windowsPackage as NpmPackage)).toContain("755 bin/tool.exe");
    expect(await manifestOf(gnu as NpmPackage)).toMatchObject({
      main: "index.node",
      files: ["bin", "index.node"],
    });
    expect((gnu as NpmPackage).from).toHaveLength(2);
    const readme = (await untar((gnu as NpmPackage).file)).find(({ name }) => /README/.test(name));
    expect(readme?.content.toString()).toContain("Needs glibc 2.31");
    expect(await shape(main as NpmPackage)).toEqual([
      "644 LICENSE",
      "644 README.md",
      "755 bin/tool.js",
      "644 binary-path.d.ts",
      "644 binary-path.js",
      "644 index.d.ts",
      "644 index.js",
      "644 install-help.js",
      "644 package.json",
    ]);
  });

  test("napi-rs' names reach the file itself", async () => {
    const [gnu, msvc] = await build({ names: "napi", addon: "thing", scope: null }, false);
    expect(gnu?.name).toBe("tool-linux-x64-gnu");
    expect(await manifestOf(gnu as NpmPackage)).toMatchObject({
      main: "thing.linux-x64-gnu.node",
    });
    expect(await shape(msvc as NpmPackage)).toContain("644 thing.win32-x64-msvc.node");
  });

  test("the project's own types replace ours", async () => {
    const packages = await build({ files: [{ name: "index.d.ts", content }] }, false);
    const main = await untar(packages[2]?.file ?? "");
    const types = main.filter(({ name }) => name === "package/index.d.ts");
    expect(types.map((one) => one.content.toString())).toEqual(["x"]);
  });
});
