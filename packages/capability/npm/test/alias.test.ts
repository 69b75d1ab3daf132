import { basename, join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import {
  buildNpmPackages,
  type NpmPackage,
  planNpmNames,
  whyInvalidVersion,
} from "../src/index.ts";
import {
  described,
  glibc,
  manifestOf,
  meta,
  musl,
  settings,
  temporary,
  windows,
  written,
} from "./fixtures.ts";

const alias = { ...settings, scope: null, main: "@me/tool", layout: "alias" } as const;

async function build(version: string): Promise<NpmPackage[]> {
  const binaries = [
    await written("linux-x64-gnu", glibc("2.28")),
    await written("linux-x64-musl", musl),
    await written("windows-x64", windows),
  ];
  const outputFolder = join(await temporary(), "npm");
  return buildNpmPackages({ settings: alias, meta: { ...meta, version }, binaries, outputFolder });
}

describe("the layout alias", () => {
  let packages: NpmPackage[];
  beforeAll(async () => {
    packages = await build("1.2.3");
  });

  test("has one name, and a version for each platform; the main one comes last", () => {
    expect(packages.map(({ name, version, main }) => [name, version, main])).toEqual([
      ["@me/tool", "1.2.3-linux-x64-gnu", false],
      ["@me/tool", "1.2.3-linux-x64-musl", false],
      ["@me/tool", "1.2.3-win32-x64", false],
      ["@me/tool", "1.2.3", true],
    ]);
    expect(packages.map(({ file }) => basename(file))).toEqual([
      "me-tool-1.2.3-linux-x64-gnu.tgz",
      "me-tool-1.2.3-linux-x64-musl.tgz",
      "me-tool-1.2.3-win32-x64.tgz",
      "me-tool-1.2.3.tgz",
    ]);
  });

  test("gives each platform a tag of its own, so that latest is never moved", async () => {
    expect(packages.map(({ to }) => to.tag)).toEqual([
      "linux-x64-gnu",
      "linux-x64-musl",
      "win32-x64",
      undefined,
    ]);
    expect(await manifestOf(packages[0] as NpmPackage)).toMatchObject({
      name: "@me/tool",
      version: "1.2.3-linux-x64-gnu",
      libc: ["glibc"],
      publishConfig: { access: "public", tag: "linux-x64-gnu" },
    });
  });

  test("pins aliases, which are what the launcher finds in node_modules", async () => {
    expect(await manifestOf(packages[3] as NpmPackage)).toMatchObject({
      name: "@me/tool",
      version: "1.2.3",
      optionalDependencies: {
        "@me/tool-linux-x64-gnu": "npm:@me/tool@1.2.3-linux-x64-gnu",
        "@me/tool-linux-x64-musl": "npm:@me/tool@1.2.3-linux-x64-musl",
        "@me/tool-win32-x64": "npm:@me/tool@1.2.3-win32-x64",
      },
    });
    const plan = planNpmNames(alias, meta, [described("linux-x64")]);
    expect(plan).toMatchObject({
      prefix: "@me/tool-",
      platforms: [{ name: "@me/tool", version: "1.2.3-linux-x64", folder: "@me/tool-linux-x64" }],
    });
  });

  test("keeps a prerelease a prerelease", async () => {
    const made = await build("1.2.3-beta.1");
    expect(made.map(({ version }) => version)).toContain("1.2.3-beta.1-linux-x64-gnu");
    for (const { version } of made) expect(whyInvalidVersion(version)).toBeNull();
    expect(made.map(({ to }) => to.tag)).toEqual([
      "beta-linux-x64-gnu",
      "beta-linux-x64-musl",
      "beta-win32-x64",
      "beta",
    ]);
  });
});
