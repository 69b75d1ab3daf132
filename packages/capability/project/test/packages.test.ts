import { describe, expect, test } from "@jest/globals";
import { silentLog } from "@multiarch/diagnostics";
import { loadProject, type Project } from "../src/index.ts";
import { temporary, userError } from "./temporary.ts";

const goMain = "package main\n\nfunc main() {}\n";
const base = {
  "go.mod": "module example.com/Tool\n\ngo 1.25\n",
  "cmd/a/main.go": goMain,
  "cmd/b/main.go": goMain,
  "gen/main.go": goMain,
};

async function loadIn(root: string): Promise<Project> {
  return loadProject(root, { env: {}, log: silentLog });
}

async function load(config: string, files: Record<string, string> = {}): Promise<Project> {
  return loadIn(await temporary({ ...base, ...files, "multiarch.yml": config }));
}

describe("packages and executables", () => {
  test.each<[string, string, [string, string[]][]]>([
    ["one with every product", "", [["Tool", ["a", "b"]]]],
    ["one with those that are named", "bins: [b]\n", [["Tool", ["b"]]]],
    ["what is no product can be named", "bins: [gen]\n", [["Tool", ["gen"]]]],
    ["one named package has them all", "packages: [{ name: x }]\n", [["x", ["a", "b"]]]],
    [
      "several",
      "packages: [{ name: x, bins: [a] }, { name: y, bins: [b, gen] }]\n",
      [
        ["x", ["a"]],
        ["y", ["b", "gen"]],
      ],
    ],
    [
      "several, called like their executables",
      "packages: [{ name: a }, { name: b }]\n",
      [
        ["a", ["a"]],
        ["b", ["b"]],
      ],
    ],
  ])("%s", async (_what, config, expected) => {
    const { packages } = await load(config);
    expect(packages.map(({ name, bins }) => [name, bins])).toEqual(expected);
  });

  test.each<[string, string, string, string, RegExp]>([
    ["an unknown executable", "bins: [a, bb]\n", "MA134", "multiarch.yml:1:11", /did you mean b\?/],
    [
      "one in two packages",
      "packages: [{ name: x, bins: [a] }, { name: y, bins: [a] }]\n",
      "MA134",
      "multiarch.yml:1:54",
      /two places/,
    ],
    [
      "bins beside packages",
      "bins: [a]\npackages: [{ name: x }]\n",
      "MA125",
      "multiarch.yml:1:1",
      /beside/,
    ],
    [
      "two packages of one name",
      "packages: [{ name: x, bins: [a] }, { name: x, bins: [b] }]\n",
      "MA125",
      "multiarch.yml:1:44",
      /two packages/,
    ],
    [
      "a package without executables",
      "packages: [{ name: x, bins: [] }]\n",
      "MA134",
      "multiarch.yml:1:29",
      /no executable/,
    ],
    [
      "a package whose name is no executable",
      "packages: [{ name: x }, { name: b }]\n",
      "MA134",
      "multiarch.yml:1:12",
      /no executable x/,
    ],
  ])("%s is refused", async (_what, config, id, where, message) => {
    const error = await userError(load(config));
    expect([error.id, error.details.where]).toEqual([id, where]);
    expect(error.message).toMatch(message);
  });

  test("what is left out is told, unless the configuration chose", async () => {
    const told: string[] = [];
    const log = { ...silentLog, info: (text: string) => void told.push(text) };
    const root = await temporary(base);
    await loadProject(root, { env: {}, log });
    expect(told).toEqual(["gen (gen) is not released; name it under bins to add it"]);
    await loadProject(root, { env: {}, log, overrides: { bins: ["a"] } });
    expect(told).toHaveLength(1);
  });

  test("two programs of one name are refused only when they are wanted", async () => {
    const files = { "x/same/main.go": goMain, "y/same/main.go": goMain };
    expect((await load("", files)).packages[0]?.bins).toEqual(["a", "b"]);
    const error = await userError(load("bins: [same]\n", files));
    expect([error.id, error.details.found]).toEqual(["MA134", "x/same, y/same"]);
  });
});

describe("what packages are made into", () => {
  const outputs = async (config: string, files: Record<string, string> = {}) =>
    (await load(config, files)).packages.map((one) => one.outputs);

  test("archives, unless the configuration says more", async () => {
    const documents = { LICENSE: "", "LICENCE-MIT": "", COPYING: "", NOTICE: "", "README.md": "" };
    expect(await outputs("", documents)).toEqual([
      {
        archive: {
          name: "{package}-{version}-{id}",
          include: ["LICENSE*", "LICENCE*", "COPYING*", "NOTICE*", "README*"],
          files: ["COPYING", "LICENCE-MIT", "LICENSE", "NOTICE", "README.md"],
          format: "auto",
        },
      },
    ]);
    expect(await outputs("archive: false\n")).toEqual([{}]);
  });

  test("npm and wheel by true, with the defaults filled in", async () => {
    expect((await outputs("npm: true\nwheel: true\narchive: false\n"))[0]).toEqual({
      npm: {
        scope: null,
        main: "tool",
        layout: "prefixed",
        names: "node",
        access: "public",
        addon: null,
        files: [],
      },
      wheel: { name: "Tool", requiresPython: ">=3.8", module: false },
    });
  });

  test("a scope means the layout scoped, with or without its @", async () => {
    for (const scope of ["'@me'", "me"]) {
      const [made] = await outputs(`npm: { scope: ${scope} }\n`);
      expect(made?.npm).toMatchObject({ scope: "@me", layout: "scoped" });
    }
    const [made] = await outputs("npm: { layout: alias, main: other, names: napi }\n");
    expect(made?.npm).toMatchObject({ layout: "alias", main: "other", names: "napi" });
  });

  test("the wheel takes name and Python from pyproject.toml", async () => {
    const files = { "pyproject.toml": '[project]\nname = "py-tool"\nrequires-python = ">=3.10"\n' };
    const [made] = await outputs("wheel: true\n", files);
    expect(made?.wheel).toMatchObject({ name: "py-tool", requiresPython: ">=3.10" });
    const [own] = await outputs("wheel: { name: mine, requires-python: '>=3.9' }\n", files);
    expect(own?.wheel).toMatchObject({ name: "mine", requiresPython: ">=3.9" });
  });

  test("a package's own settings over those of the top", async () => {
    const made = await outputs(
      `npm: { scope: me, access: restricted }
wheel: true
packages:
  - { name: x, bins: [a], npm: { main: ex, access: public }, wheel: false }
  - { name: y, bins: [b], npm: { main: "@me/y" }, archive: false }
`,
    );
    expect(made[0]?.npm).toMatchObject({ scope: "@me", main: "ex", access: "public" });
    expect(made[1]?.npm).toMatchObject({ scope: "@me", main: "@me/y", access: "restricted" });
    expect(made.map((one) => Object.keys(one))).toEqual([
      ["npm", "archive"],
      ["npm", "wheel"],
    ]);
  });

  test.each<[string, string, string, RegExp]>([
    ["scoped without a scope", "npm: { layout: scoped }\n", "MA125", /no scope/],
    [
      "one npm name for several packages",
      "npm: { main: x }\npackages: [{ name: a }, { name: b }]\n",
      "MA125",
      /npm\.main would give several/,
    ],
    [
      "one wheel name for several packages",
      "wheel: { name: x }\npackages: [{ name: a }, { name: b }]\n",
      "MA125",
      /wheel\.name would give several/,
    ],
    ["an unknown placeholder", "archive: { name: '{pakage}-{id}' }\n", "MA103", /\{package\}/],
    ["a placeholder without a value", "archive: { name: '{rust}' }\n", "MA103", /\{rust\}/],
    [
      "one archive name for several targets",
      "archive: { name: '{package}-{os}' }\n",
      "MA125",
      /Tool-linux/,
    ],
    [
      "one archive name for several packages",
      "archive: { name: '{id}' }\npackages: [{ name: a }, { name: b }]\n",
      "MA125",
      /two archives/,
    ],
  ])("%s is refused", async (_what, config, id, message) => {
    const error = await userError(load(config));
    expect(error.id).toBe(id);
    expect(error.message).toMatch(message);
  });
});
