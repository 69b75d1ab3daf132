import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { buildNpmPackages, type NpmSettings, planNpmNames } from "../src/index.ts";
import {
  described,
  glibc,
  manifestOf,
  meta,
  settings,
  temporary,
  untar,
  written,
} from "./fixtures.ts";

const content = new TextEncoder().encode("x");
const file = (name: string) => ({ name, content });

async function main(manifest: object | null, changes: Partial<NpmSettings> = {}) {
  const packages = await buildNpmPackages({
    settings: {
      ...settings,
      ...changes,
      manifest: manifest === null ? null : JSON.stringify(manifest),
    },
    meta,
    binaries: [await written("linux-x64-gnu", glibc("2.17"))],
    outputFolder: join(await temporary(), "npm"),
  });
  const [platform, made] = packages;
  if (platform === undefined || made === undefined) throw new Error("nothing was made");
  return {
    platform: await manifestOf(platform),
    manifest: await manifestOf(made),
    names: (await untar(made.file)).map(({ name }) => name.slice(8)),
  };
}

describe("the project's own package.json", () => {
  test("keeps what describes and loads its JavaScript half", async () => {
    const kept = {
      keywords: ["fast"],
      author: "Some Body",
      main: "./dist/main.js",
      types: "dist/main.d.ts",
      exports: {
        ".": { types: "./dist/main.d.ts", import: "./dist/main.mjs", default: "./dist/main.js" },
      },
      engines: { node: ">=18" },
      dependencies: { left: "^1.0.0" },
      peerDependencies: { right: "2" },
      sideEffects: false,
    };
    const { manifest, names } = await main(
      { ...kept, name: "other", version: "0.0.0", private: true },
      { files: ["dist/main.js", "dist/main.mjs", "dist/main.d.ts"].map(file) },
    );
    expect(manifest).toMatchObject({ ...kept, name: "tool", version: "1.2.3" });
    // The first condition that fits counts, so the order is part of what was written.
    expect(JSON.stringify(manifest.exports)).toBe(JSON.stringify(kept.exports));
    expect(manifest.files).toEqual(["bin", "index.js", "index.d.ts", "install-help.js", "dist"]);
    expect(names).toContain("dist/main.mjs");
    expect(manifest).not.toHaveProperty("private");
  });

  test("never brings scripts, nor what only the repository needs", async () => {
    const { manifest } = await main({
      scripts: { postinstall: "node evil.js" },
      devDependencies: { jest: "1" },
      bundleDependencies: ["x"],
      workspaces: ["a"],
      overrides: { a: "1" },
      bin: { other: "other.js" },
      os: ["linux"],
      cpu: ["x64"],
      libc: ["glibc"],
      napi: {},
      gypfile: true,
      publishConfig: { tag: "wrong", access: "restricted", provenance: true, directory: "dist" },
    });
    expect(Object.keys(manifest).sort()).toEqual([
      "bin",
      "description",
      "files",
      "homepage",
      "license",
      "main",
      "name",
      "optionalDependencies",
      "publishConfig",
      "repository",
      "type",
      "types",
      "version",
    ]);
    expect(manifest.bin).toEqual({ tool: "bin/tool.js" });
    expect(manifest.publishConfig).toEqual({ provenance: true, access: "public" });
  });

  test("as an ES module package gets our modules as CommonJS all the same", async () => {
    const { manifest, names } = await main(
      { type: "module", exports: "./lib/main.js" },
      { files: [file("lib/main.js")] },
    );
    expect(manifest).toMatchObject({ type: "module", bin: { tool: "bin/tool.cjs" } });
    expect(manifest).not.toHaveProperty("main");
    expect(names).toEqual(
      expect.arrayContaining(["bin/tool.cjs", "index.cjs", "index.d.cts", "lib/main.js"]),
    );
  });

  test("keeps optional dependencies of its own, and not platforms of an earlier version", async () => {
    const { manifest } = await main({
      optionalDependencies: { fsevents: "2", "@tool/win32-x64": "1.0.0", "@tool/window": "1" },
    });
    expect(manifest.optionalDependencies).toEqual({
      fsevents: "2",
      "@tool/window": "1",
      "@tool/linux-x64-gnu": "1.2.3",
    });
  });

  test.each([
    ["main", { main: "dist/none.js" }],
    ["types", { types: "dist/none.d.ts" }],
    ["exports", { exports: { ".": { import: "./dist/none.mjs" } } }],
    ["dependencies", { dependencies: { sibling: "workspace:*" } }],
    ["optionalDependencies", { optionalDependencies: { sibling: "file:../sibling" } }],
  ])("is refused where %s could not work once published", async (field, manifest) => {
    await expect(main(manifest)).rejects.toThrow(new RegExp(`MA807 ${field}`));
  });

  test.each([
    ["index.js", { main: "index.js" }],
    ["index", { main: "./index" }],
    [
      "package.json",
      { main: "index.js", exports: { "./package.json": "./package.json", ".": "./index.js" } },
    ],
    ["patterns", { exports: { "./dist/*": "./dist/*.js", ".": "./index.js" } }],
  ])("may name %s", async (_what, manifest) => {
    expect((await main(manifest)).manifest).toMatchObject(manifest);
  });

  test("leaves the module of ours another name where it has an index.js", async () => {
    const { manifest, names } = await main({}, { files: [file("index.js")] });
    expect(names).toEqual(
      expect.arrayContaining(["binary-path.js", "binary-path.d.ts", "index.js"]),
    );
    expect(manifest).not.toHaveProperty("main");
    const plan = planNpmNames({ ...settings, files: [file("index.js")] }, meta, [
      described("linux-x64"),
    ]);
    expect(plan.main).toMatchObject({ locator: "binary-path", ending: ".js", addon: null });
  });
});

test("the project's platform folders may describe a package, and nothing that its bytes say", async () => {
  const { platform } = await main(null, {
    platformFields: {
      "linux-x64-gnu": {
        description: "For most of Linux",
        keywords: ["fast"],
        publishConfig: { registry: "https://npm.example/", provenance: true, access: "restricted" },
        os: ["win32"],
        libc: ["musl"],
        engines: { node: ">= 10" },
        scripts: { install: "evil" },
        bin: "x",
        main: "other.node",
      },
    },
  });
  expect(platform).toMatchObject({
    description: "For most of Linux",
    keywords: ["fast"],
    os: ["linux"],
    libc: ["glibc"],
    publishConfig: { registry: "https://npm.example/", provenance: true, access: "public" },
  });
  for (const absent of ["engines", "scripts", "bin", "main"]) {
    expect(platform).not.toHaveProperty(absent);
  }
});

test("a document that npm.files names as well is one file", async () => {
  const [license] = meta.licenses;
  if (license === undefined) throw new Error("the fixture has no licence");
  const { names } = await main(null, { files: [license] });
  expect(names.filter((name) => name === "LICENSE")).toHaveLength(1);
});
