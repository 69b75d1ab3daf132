import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { embed } from "../launcher/embed.mjs";
import { helpText } from "../src/help-text.ts";
import { planNpmNames } from "../src/index.ts";
import { renderLauncher, renderTypes } from "../src/launcher.ts";
import { addonText, commandText, locatorText } from "../src/launcher-text.ts";
import { renderLoader } from "../src/loader.ts";
import { overrideVariable } from "../src/own-facts.ts";
import {
  described,
  describedAddon,
  glibc,
  macos,
  meta,
  musl,
  settings,
  windows,
} from "./fixtures.ts";

test("the texts in the modules are those of the folder launcher", async () => {
  const modules = Object.entries(embed());
  expect(modules).toHaveLength(2);
  for (const [name, text] of modules) {
    expect(await readFile(join(import.meta.dirname, `../src/${name}.ts`), "utf8")).toBe(text);
  }
  for (const text of [addonText, commandText, locatorText]) {
    expect(text.split("__PACKAGE__")).toHaveLength(2);
  }
});

describe("size", () => {
  const limit = 6144;
  const architectures = ["x64", "arm64", "arm", "ia32", "ppc64le", "s390x", "riscv64", "loong64"];
  /** The largest set that is published anywhere has 26 platforms. */
  const platforms = architectures
    .flatMap((name) => {
      const arch = name as "x64";
      return [
        [`linux-${name}-gnu`, { ...glibc("2.39"), arch }],
        [`linux-${name}-musl`, { ...musl, arch }],
        [`windows-${name}`, { ...windows, arch }],
        [`freebsd-${name}`, { os: "freebsd", arch }],
      ] as const;
    })
    .slice(0, 26);

  test("a launcher with 26 platforms that all have something to tell has at most 6 KiB", () => {
    const binaries = platforms.map(([target, facts]) => described(target, facts));
    const plan = planNpmNames({ ...settings, scope: "@a-long-scope" }, meta, binaries);
    expect(plan.platforms).toHaveLength(26);
    const command = renderLauncher(plan, meta.version, "tool");
    expect(Buffer.byteLength(command)).toBeLessThanOrEqual(limit);
    expect(Buffer.byteLength(renderLauncher(plan, meta.version))).toBeLessThanOrEqual(limit);
    expect(command).not.toMatch(/\/\/!|biome|^ /m);
  });

  test("a loader of as many, too, and the messages of both", () => {
    const addons = platforms.map(([target, facts]) => describedAddon(target, facts));
    const plan = planNpmNames({ ...settings, addon: "index" }, meta, addons);
    expect(plan.platforms).toHaveLength(26);
    expect(Buffer.byteLength(renderLoader(plan, meta.version))).toBeLessThanOrEqual(limit);
    expect(Buffer.byteLength(helpText)).toBeLessThanOrEqual(limit);
  });
});

test("the table says what each platform is bound to, and of glibc only what Node itself does not need", () => {
  const table = (names: "node" | "napi" | "biome") => {
    const binaries = [
      described("linux-x64-gnu", glibc("2.39")),
      described("linux-arm64-gnu", { ...glibc("2.17"), arch: "arm64" }),
      described("linux-x64-musl", musl),
      described("linux-riscv64-musl", { arch: "riscv64" }),
      described("darwin-arm64", macos("arm64")),
    ];
    const text = renderLauncher(planNpmNames({ ...settings, names }, meta, binaries), "1.0.0");
    return /built: "(.*)"/.exec(text)?.[1]?.split(" ");
  };
  expect(table("node")).toEqual([
    "darwin-arm64",
    "linux-arm64-gnu:28",
    "linux-riscv64",
    "linux-x64-gnu:39",
    "linux-x64-musl:musl",
  ]);
  // A name does not tell: napi-rs calls a static file as musl's.
  expect(table("napi")).toContain("linux-riscv64-musl");
  expect(table("napi")).toContain("linux-x64-musl:musl");
});

test("a suffix that does not begin with Node's words would never be found", () => {
  const plan = planNpmNames(settings, meta, [described("linux-x64-musl", musl)]);
  const [platform] = plan.platforms;
  if (platform === undefined) throw new Error("no platform");
  const strange = { ...plan, platforms: [{ ...platform, suffix: "linuxmusl-x64" }] };
  expect(() => renderLauncher(strange, "1.0.0")).toThrow(/linuxmusl-x64 is for linux x64/);
});

test("types name the commands, the one with the package's name first", () => {
  const both = [described("linux-x64", {}, "another"), described("linux-x64", {}, "tool")];
  expect(renderTypes(planNpmNames(settings, meta, both))).toContain(
    'binaryPath(name?: "tool" | "another"): string',
  );
});

test("every name has a variable that a shell can set", () => {
  const command = (name: string) => overrideVariable(name, "BINARY");
  expect(command("tool")).toBe("TOOL_BINARY_PATH");
  expect(command("my-tool.js")).toBe("MY_TOOL_JS_BINARY_PATH");
  expect(command("7zip")).toBe("_7ZIP_BINARY_PATH");
  const addons = [describedAddon("linux-x64-gnu", glibc("2.17"))];
  const plan = planNpmNames({ ...settings, main: "@me/sum", addon: "index" }, meta, addons);
  expect(renderLoader(plan, "1.0.0")).toContain('variable: "ME_SUM_ADDON_PATH"');
});

test("two commands cannot share a variable", () => {
  const both = [described("linux-x64", {}, "my-tool"), described("linux-x64", {}, "my.tool")];
  const plan = planNpmNames(settings, meta, both);
  expect(() => renderLauncher(plan, "1.0.0")).toThrow(/MA801 [\s\S]*MY_TOOL_BINARY_PATH/);
});
