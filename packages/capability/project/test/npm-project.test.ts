import { symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { silentLog } from "@multiarch/diagnostics";
import { loadProject, type NpmSettings, type Project, withNpmFiles } from "../src/index.ts";
import { unfitName } from "../src/outputs/npm-files.ts";
import { temporary, userError } from "./temporary.ts";

type Files = Readonly<Record<string, string>>;

const addon = 'prebuilt: { files: "{bin}.{napi}.node" }\n';
const both = 'prebuilt: { files: ["out/{id}/{bin}{exe}", "{bin}.{napi}.node"] }\n';

async function load(config: string, files: Files): Promise<Project> {
  const root = await temporary({ ...files, "multiarch.yml": config });
  return loadProject(root, { env: {}, log: silentLog });
}

async function npmOf(config: string, files: Files = {}): Promise<NpmSettings> {
  const { packages } = await load(config, files);
  const npm = packages[0]?.outputs.npm;
  if (npm === undefined) throw new Error("no npm packages are made");
  return npm;
}

const json = (value: unknown) => JSON.stringify(value);

/** As `napi create-npm-dirs` writes it. */
const folder = (name: string, changes: object = {}) =>
  json({
    name,
    version: "1.0.0",
    os: ["linux"],
    cpu: ["x64"],
    libc: ["glibc"],
    main: "thing.linux-x64-gnu.node",
    files: ["thing.linux-x64-gnu.node"],
    keywords: ["fast"],
    license: "MIT",
    publishConfig: { registry: "https://npm.example/", access: "public" },
    ...changes,
  });

const napi = {
  "package.json": json({
    name: "@me/thing",
    version: "2.0.0",
    main: "index.js",
    types: "index.d.ts",
    files: ["index.js", "index.d.ts"],
    scripts: { prepublishOnly: "napi prepublish" },
    napi: {
      binaryName: "thing",
      targets: ["x86_64-unknown-linux-gnu", "aarch64-apple-darwin", "wasm32-wasip1-threads"],
    },
  }),
  "Cargo.toml":
    '[package]\nname = "thing-crate"\nversion = "0.0.0"\n[lib]\ncrate-type = ["cdylib"]\n',
  "src/lib.rs": "",
};

describe("a project of napi-rs whose addons are built", () => {
  test("needs nothing but where its files are", async () => {
    const project = await load(addon, {
      ...napi,
      "npm/linux-x64-gnu/package.json": folder("@me/thing-linux-x64-gnu"),
    });
    expect(project).toMatchObject({ builder: "prebuilt", name: "thing", version: "2.0.0" });
    expect(project.targets).toEqual(["linux-x64-gnu", "darwin-arm64"]);
    const [one] = project.packages;
    expect(one).toMatchObject({ bins: [], name: "thing" });
    expect(Object.keys(one?.outputs ?? {})).toEqual(["npm"]);
    expect(one?.outputs.npm).toEqual({
      scope: null,
      main: "@me/thing",
      layout: "prefixed",
      names: "napi",
      access: "public",
      addon: "thing",
      files: ["index.js", "index.d.ts"],
      filesFrom: "package.json",
      manifest: napi["package.json"],
      platformFields: {
        "linux-x64-gnu": {
          keywords: ["fast"],
          publishConfig: { registry: "https://npm.example/", access: "public" },
        },
      },
    });
    expect(project.warnings).toEqual([
      { code: "npm-wasm", text: expect.stringContaining("wasm32-wasip1-threads") },
    ]);
  });

  test("in the spelling of napi-rs 2, with the targets that it adds", async () => {
    const manifest = (triples: object) =>
      json({ name: "thing", version: "1.0.0", napi: { name: "old", triples } });
    const targets = async (triples: object) =>
      (await load(addon, { "package.json": manifest(triples) })).targets;
    expect(await targets({ additional: ["aarch64-unknown-linux-musl"] })).toEqual([
      "darwin-x64",
      "windows-x64-msvc",
      "linux-x64-gnu",
      "linux-arm64-musl",
    ]);
    expect(await targets({ defaults: false, additional: ["universal-apple-darwin"] })).toEqual([
      "darwin-universal",
    ]);
    expect((await npmOf(addon, { "package.json": manifest({}) })).addon).toBe("old");
  });

  test.each([
    ["@me/thing-linux-x64-gnu", null, "prefixed"],
    ["@me/linux-x64-gnu", "@me", "scoped"],
    ["@me/binding-linux-x64-gnu", "@me/binding", "prefixed"],
  ])("%s gives the scope and the layout", async (name, scope, layout) => {
    const files = { ...napi, "npm/linux-x64-gnu/package.json": folder(name) };
    expect(await npmOf(addon, files)).toMatchObject({ scope, layout, main: "@me/thing" });
  });

  test("what multiarch.yml says wins", async () => {
    const files = { ...napi, "npm/linux-x64-gnu/package.json": folder("@me/thing-linux-x64-gnu") };
    const config = `${addon}npm: { scope: other, names: node, addon: index, main: "@me/thing" }\ntargets: [linux-x64]\n`;
    expect(await npmOf(config, files)).toMatchObject({
      scope: "@other",
      layout: "scoped",
      names: "node",
      addon: "index",
    });
  });

  test("a napi.packageName is what names start with", async () => {
    const manifest = json({
      name: "thing",
      version: "1.0.0",
      napi: { binaryName: "t", packageName: "@me/t" },
    });
    expect(await npmOf(addon, { "package.json": manifest })).toMatchObject({
      main: "thing",
      scope: "@me/t",
    });
  });

  test("wrong platforms and harmful fields of its folders are told, and left out", async () => {
    const { warnings } = await load(addon, {
      ...napi,
      "npm/linux-x64-gnu/package.json": folder("@me/thing-linux-x64-gnu", {
        libc: ["musl"],
        scripts: { postinstall: "x" },
        engines: { node: ">= 10" },
      }),
      "npm/darwin-arm64/package.json": folder("@me/thing-darwin-arm64", {
        os: ["darwin"],
        engines: { node: ">= 10" },
      }),
    });
    const texts = warnings.map(({ text }) => text);
    expect(texts).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^scripts of npm\/linux-x64-gnu\/package.json is left out/),
        expect.stringMatching(/^engines of .* and 1 more is left out/),
        expect.stringMatching(/^libc of npm\/linux-x64-gnu.*is musl.*it is glibc/),
        expect.stringMatching(/^cpu of npm\/darwin-arm64.*is x64.*it is arm64/),
        expect.stringMatching(/^libc of npm\/darwin-arm64.*it is none/),
      ]),
    );
  });

  test.each<[string, Files, RegExp]>([
    [
      "names that do not start alike",
      {
        "npm/linux-x64-gnu/package.json": folder("@me/thing-linux-x64-gnu"),
        "npm/linux-x64-musl/package.json": folder("@you/thing-linux-x64-musl"),
      },
      /MA137[\s\S]*@me\/thing-…[\s\S]*@you\/thing-…/,
    ],
    [
      "a name that does not end as its folder",
      { "npm/linux-x64-gnu/package.json": folder("@me/thing-linux-x64") },
      /MA137[\s\S]*ends with linux-x64-gnu/,
    ],
    [
      "names that no layout gives",
      { "npm/linux-x64-gnu/package.json": folder("other-linux-x64-gnu") },
      /MA137[\s\S]*neither with a scope/,
    ],
    [
      "a folder that is not JSON",
      { "npm/linux-x64-gnu/package.json": "{" },
      /MA133[\s\S]*npm\/linux-x64-gnu/,
    ],
  ])("%s are refused", async (_what, files, message) => {
    expect((await userError(load(addon, { ...napi, ...files }))).message).toMatch(message);
  });
});

describe("package.json of another purpose", () => {
  const go = {
    "go.mod": "module example.com/tool\n\ngo 1.25\n",
    "main.go": "package main\n\nfunc main() {}\n",
  };

  test("is left alone: of tools, or of another name", async () => {
    for (const manifest of [{ name: "website" }, { name: "tool", private: true }, {}]) {
      const npm = await npmOf("npm: true\n", { ...go, "package.json": json(manifest) });
      expect(npm).toMatchObject({ main: "tool", names: "node" });
      expect(npm).not.toHaveProperty("manifest");
    }
  });

  test("is the package's where the names agree, or npm.main says so", async () => {
    const files = { ...go, "package.json": json({ name: "@me/tool", keywords: ["x"] }) };
    expect(await npmOf("npm: true\n", files)).toMatchObject({
      main: "@me/tool",
      manifest: json({ name: "@me/tool", keywords: ["x"] }),
    });
    const named = { ...go, "package.json": json({ name: "@me/other" }) };
    expect(await npmOf('npm: { main: "@me/other" }\n', named)).toHaveProperty("manifest");
  });

  test("what it keeps from the public stays restricted", async () => {
    const access = async (config: string, publishConfig: object) => {
      const manifest = json({ name: "@me/tool", publishConfig });
      return (await npmOf(config, { ...go, "package.json": manifest })).access;
    };
    expect(await access("npm: true\n", { access: "restricted" })).toBe("restricted");
    expect(await access("npm: { access: public }\n", { access: "restricted" })).toBe("public");
    expect(await access("npm: true\n", { access: "nonsense" })).toBe("public");
  });

  test("is not read where no npm packages are made", async () => {
    expect(
      (await load("", { ...go, "package.json": "{" })).packages[0]?.outputs.npm,
    ).toBeUndefined();
  });
});

describe("settings that contradict each other", () => {
  const plain = { "package.json": json({ name: "tool", version: "1.0.0" }) };
  test.each([
    [
      "an addon that nothing brings",
      'prebuilt: { files: "out/{id}/{bin}{exe}" }\nnpm: { addon: index }\n',
      /npm|addon index/,
    ],
    [
      "a file that no addon is named for",
      `${addon}npm: { scope: me }\n`,
      /npm\.addon does not name/,
    ],
    ["a file and no npm packages", addon, /no npm packages are made/],
    ["npm: false", `${addon}npm: false\n`, /no npm packages are made/],
    [
      "alias with two names",
      `${both}npm: { addon: x, layout: alias, scope: me, main: tool }
`,
      /npm\.main and npm\.scope both say/,
    ],
    [
      "restricted without a scope",
      `${both}npm: { addon: x, access: restricted }\n`,
      /npm\.main with a scope/,
    ],
    [
      "one name for two packages",
      'prebuilt: { files: "out/{id}/{bin}{exe}" }\nnpm: { scope: "@me/cli" }\npackages: [{ name: a }, { name: b }]\n',
      /npm\.scope would give several packages one name/,
    ],
  ])("%s", async (_what, config, message) => {
    const error = await userError(load(config, plain));
    expect(error.id).toBe("MA125");
    expect(error.message).toMatch(message);
  });

  test("a builder that builds no addons", async () => {
    for (const config of [
      "build: { command: [make] }\nnpm: { addon: index }\n",
      "builder: go\nnpm: { addon: index }\n",
      "build: { command: [make] }\npackages: [{ name: a, npm: { addon: index } }]\n",
    ]) {
      expect((await userError(load(config, plain))).message).toMatch(/MA132 .*already built/);
    }
  });
});

test("a scope is a part of the one name of the layout alias", async () => {
  const plain = { "package.json": json({ name: "tool", version: "1.0.0" }) };
  for (const scope of ["me", "@me/tool"]) {
    const config = `${both}npm: { addon: x, layout: alias, scope: "${scope}" }\n`;
    expect(await npmOf(config, plain)).toMatchObject({ main: "@me/tool", scope: null });
  }
  const named = await npmOf(`${both}npm: { addon: x, layout: alias, main: other }\n`, plain);
  expect(named).toMatchObject({ main: "other", scope: null });
});

describe("an addon and executables", () => {
  test("of one package", async () => {
    const { packages } = await load(`${both}npm: { addon: index }\n`, {
      "package.json": json({ name: "tool", version: "1.0.0" }),
    });
    expect(packages).toMatchObject([
      { bins: ["tool"], outputs: { npm: { addon: "index" }, archive: {} } },
    ]);
  });

  test("of two packages", async () => {
    const config = `${both}packages: [{ name: cli, bins: [cli] }, { name: lib, bins: [], npm: { addon: index, main: "@me/lib" } }]\n`;
    const { packages } = await load(config, {});
    expect(packages.map(({ outputs }) => Object.keys(outputs))).toEqual([["archive"], ["npm"]]);
  });
});

describe("files of the main package", () => {
  const config = (files: string) => `${both}npm: { addon: index, files: ${files} }\n`;
  const files = {
    "package.json": json({
      name: "tool",
      version: "1.0.0",
      files: ["dist", "bin", "index.js", "!dist/x.js", "gone", "*.node"],
    }),
    "index.d.ts": "types",
    "index.js": "theirs",
    "index.linux-x64-gnu.node": "binary",
    "bin/tool.js": "theirs",
    "dist/main.js": "main",
    "dist/deep/more.js": "more",
    "README.md": "# tool",
  };
  const resolved = async (text: string, more: Files = {}) => {
    const project = await withNpmFiles(await load(text, { ...files, ...more }));
    return { project, names: project.packages[0]?.outputs.npm?.files };
  };

  test("are what the patterns match when the plan is made, folders as a whole", async () => {
    const { project, names } = await resolved(config("[dist, '*.d.ts']"));
    expect(names).toEqual(["dist/deep/more.js", "dist/main.js", "index.d.ts"]);
    expect(project.documents).toEqual([
      "README.md",
      "dist/deep/more.js",
      "dist/main.js",
      "index.d.ts",
    ]);
  });

  test("are those of package.json where nothing is said, without what we make ourselves", async () => {
    const { names } = await resolved(`${both}npm: { addon: index }\n`);
    expect(names).toEqual(["dist/deep/more.js", "dist/main.js"]);
  });

  test("need not be there before: only the plan needs them", async () => {
    const project = await load(config("[lib/**]"), files);
    expect(project.packages[0]?.outputs.npm?.files).toEqual(["lib/**"]);
    expect((await userError(withNpmFiles(project))).message).toMatch(
      /MA135 .*lib\/\*\*[\s\S]*before the plan/,
    );
  });

  test("are never links out of the project, nor huge", async () => {
    const root = await temporary({ ...files, "lib/own.js": "", "multiarch.yml": config("[lib]") });
    const outside = await temporary({ "secret.txt": "secret" });
    await symlink(join(outside, "secret.txt"), join(root, "lib", "secret.txt"));
    const project = await loadProject(root, { env: {}, log: silentLog });
    const { packages, warnings } = await withNpmFiles(project);
    expect(packages[0]?.outputs.npm?.files).toEqual(["lib/own.js"]);
    expect(warnings).toContainEqual({
      code: "document-outside",
      text: expect.stringContaining("lib/secret.txt"),
    });
    await writeFile(join(root, "lib", "huge.js"), Buffer.alloc(8 * 1024 * 1024 + 1));
    expect((await userError(withNpmFiles(project))).message).toMatch(
      /MA135 lib\/huge.js is too large/,
    );
  });

  test("have names that every system takes for one file", () => {
    const check = (name: string) => (name.includes("aux") ? "a device" : null);
    expect(unfitName(["lib/a.js", "lib/b.js"], check)).toBeNull();
    expect(unfitName(["lib/a.js", "lib/aux.js"], check)).toEqual({
      name: "lib/aux.js",
      why: "a device",
    });
    expect(unfitName(["lib/A.js", "lib/a.js"], check)).toEqual({
      name: "lib/a.js",
      why: "it differs from lib/A.js only in capitals",
    });
  });

  test("leave a project without any as it is", async () => {
    const project = await load("npm: true\nbuild: { command: [make] }\n", { Makefile: "" });
    expect(await withNpmFiles(project)).toBe(project);
  });
});
