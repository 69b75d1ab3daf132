import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import {
  buildNpmPackages,
  type NpmPackage,
  type NpmSettings,
  type PackageMeta,
} from "../src/index.ts";
import {
  glibc,
  manifestOf,
  meta,
  musl,
  settings,
  temporary,
  untar,
  windows,
  written,
} from "./fixtures.ts";

async function build(changes: Partial<NpmSettings> = {}, about: Partial<PackageMeta> = {}) {
  const binaries = [
    await written("windows-x64", windows),
    await written("linux-x64-gnu", glibc("2.34")),
    await written("linux-x64-musl", musl),
  ];
  const packages = await buildNpmPackages({
    settings: { ...settings, ...changes },
    meta: { ...meta, ...about },
    binaries,
    outputFolder: join(await temporary(), "npm"),
  });
  return { packages, binaries };
}

const names = (members: readonly { name: string }[]) => members.map(({ name }) => name);

describe("a scoped project of three platforms", () => {
  let packages: NpmPackage[];
  let binaries: Awaited<ReturnType<typeof build>>["binaries"];
  beforeAll(async () => {
    ({ packages, binaries } = await build());
  });

  test("is published platforms first, by name, the main package last", () => {
    expect(packages.map(({ name, main, target }) => [name, main, target])).toEqual([
      ["@tool/linux-x64-gnu", false, "linux-x64-gnu"],
      ["@tool/linux-x64-musl", false, "linux-x64-musl"],
      ["@tool/win32-x64", false, "windows-x64"],
      ["tool", true, null],
    ]);
    expect(packages.map(({ file }) => basename(file))).toEqual([
      "tool-linux-x64-gnu-1.2.3.tgz",
      "tool-linux-x64-musl-1.2.3.tgz",
      "tool-win32-x64-1.2.3.tgz",
      "tool-1.2.3.tgz",
    ]);
    expect(packages.map(({ to }) => to)).toEqual(packages.map(() => ({ access: "public" })));
    expect(packages[0]?.from).toEqual([
      { leg: "linux-x64-gnu", file: "tool", sha256: binaries[1]?.sha256 },
    ]);
  });

  test("carries the very bytes, executable in the tarball itself", async () => {
    const gnu = await untar(packages[0]?.file ?? "");
    expect(names(gnu)).toEqual([
      "package/LICENSE",
      "package/README.md",
      "package/bin/tool",
      "package/package.json",
    ]);
    expect(gnu.map(({ mode }) => mode.toString(8))).toEqual(["644", "644", "755", "644"]);
    expect(gnu.every(({ mtime }) => mtime === meta.epoch)).toBe(true);
    expect(gnu[2]?.content.toString()).toBe("bytes of tool for linux-x64-gnu");
    expect(gnu[1]?.content.toString()).toContain(binaries[1]?.sha256);
    expect(gnu[1]?.content.toString()).toContain("glibc 2.34");
    expect(names(await untar(packages[2]?.file ?? ""))).toContain("package/bin/tool.exe");
  });

  test("says what a platform package was made from, so that anybody can compare", async () => {
    const { packages: again } = await build({}, { commit: "0123abcd" });
    const readme = async (one: NpmPackage | undefined) =>
      (await untar(one?.file ?? ""))
        .find(({ name }) => name === "package/README.md")
        ?.content.toString();
    expect(await readme(again[0])).toBe(
      `# tool for linux-x64-gnu

Native executables of tool 1.2.3, built for linux-x64-gnu (\`x86_64-unknown-linux-gnu\`).
Do not install this package by itself: tool does.

- \`tool\`, SHA-256 \`${binaries[1]?.sha256}\`

Needs glibc 2.34 or later.

Built from https://code.example/me/tool, commit \`0123abcd\`.
`,
    );
    // A short id stands for two triples, so none is named.
    expect(await readme(again[2])).toContain("built for windows-x64.\n");
  });

  test("platform manifests say where they fit, and nothing that makes a package manager drop or run them", async () => {
    expect(await manifestOf(packages[0] as NpmPackage)).toEqual({
      name: "@tool/linux-x64-gnu",
      version: "1.2.3",
      description: expect.stringContaining("linux-x64-gnu"),
      license: "MIT",
      repository: { type: "git", url: "git+https://code.example/me/tool.git" },
      homepage: "https://tool.example",
      os: ["linux"],
      cpu: ["x64"],
      libc: ["glibc"],
      preferUnplugged: true,
      files: ["bin"],
      publishConfig: { access: "public" },
    });
    const onWindows = await manifestOf(packages[2] as NpmPackage);
    expect(onWindows).toMatchObject({ os: ["win32"], cpu: ["x64"] });
    expect(onWindows).not.toHaveProperty("libc");
  });

  test("the main manifest pins exactly what was made", async () => {
    const main = packages[3] as NpmPackage;
    expect(names(await untar(main.file))).toEqual([
      "package/LICENSE",
      "package/README.md",
      "package/bin/tool.js",
      "package/index.d.ts",
      "package/index.js",
      "package/install-help.js",
      "package/package.json",
    ]);
    const manifest = await manifestOf(main);
    expect(manifest).toMatchObject({
      name: "tool",
      description: "A tool",
      bin: { tool: "bin/tool.js" },
      optionalDependencies: {
        "@tool/linux-x64-gnu": "1.2.3",
        "@tool/linux-x64-musl": "1.2.3",
        "@tool/win32-x64": "1.2.3",
      },
    });
    for (const absent of ["scripts", "dependencies", "engines", "exports", "os", "cpu"]) {
      expect(manifest).not.toHaveProperty(absent);
    }
  });
});

test("the same input gives the same bytes, in another order too", async () => {
  const { packages, binaries } = await build();
  const again = await buildNpmPackages({
    settings,
    meta,
    binaries: [...binaries].reverse(),
    outputFolder: await temporary(),
  });
  expect(again.map(({ integrity }) => integrity)).toEqual(
    packages.map(({ integrity }) => integrity),
  );
  expect(new Set(packages.map(({ integrity }) => integrity)).size).toBe(packages.length);
});

test("the hashes are those of the files", async () => {
  const { createHash } = await import("node:crypto");
  for (const { file, size, sha256, integrity } of (await build()).packages) {
    const bytes = await readFile(file);
    expect(bytes.byteLength).toBe(size);
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
    expect(integrity).toBe(`sha512-${createHash("sha512").update(bytes).digest("base64")}`);
  }
});

test("a prerelease carries its tag, in the manifest too: a bare npm publish must not move latest", async () => {
  const { packages } = await build({ access: null }, { version: "1.2.3-beta.1" });
  expect(packages.map(({ to }) => to)).toEqual([
    { access: "public", tag: "beta" },
    { access: "public", tag: "beta" },
    { access: "public", tag: "beta" },
    { tag: "beta" },
  ]);
  expect(await manifestOf(packages[3] as NpmPackage)).toMatchObject({
    publishConfig: { tag: "beta" },
  });
});

test("a project without documents gets a README of its own", async () => {
  const { packages } = await build(
    {},
    { readme: null, licenses: [], description: null, license: null },
  );
  const main = await untar(packages[3]?.file ?? "");
  expect(main.find(({ name }) => name === "package/README.md")?.content.toString()).toContain(
    "# tool",
  );
  expect(await manifestOf(packages[3] as NpmPackage)).not.toHaveProperty("license");
});

test("further files go into the main package, but never over one of ours", async () => {
  const content = new TextEncoder().encode("x");
  const { packages } = await build({ files: [{ name: "man/tool.1", content }] });
  expect(names(await untar(packages[3]?.file ?? ""))).toContain("package/man/tool.1");
  for (const name of ["Package.json", "bin/other", "license", "lib/other.node"]) {
    await expect(build({ files: [{ name, content }] })).rejects.toThrow(/MA806/);
  }
});
