import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { loadConfig } from "../src/config/load-config.ts";
import { put, temporary, userError } from "./temporary.ts";

async function load(text: string, overrides?: Parameters<typeof loadConfig>[2]) {
  const root = await temporary({ "multiarch.yml": text });
  return loadConfig(root, undefined, overrides);
}

describe("unknown keys", () => {
  test.each([
    ["at the top", "name: x\ntragets: [linux-x64]\n", "2:1", "tragets", "targets"],
    [
      "in an object",
      "name: x\nbuild:\n  cache-path: [a]\n",
      "3:3",
      "build.cache-path",
      "cache-paths",
    ],
    ["in an alternative", "npm: { scope: '@x', adon: a }\n", "1:21", "npm.adon", "addon"],
    [
      "in a list of alternatives",
      "targets:\n  - linux-x64\n  - { id: linux-arm64, timout: 9 }\n",
      "3:24",
      "targets[1].timout",
      "timeout",
    ],
    [
      "deep down",
      "targets: [{ id: linux-x64, build: { stripp: true } }]\n",
      "1:37",
      "targets[0].build.stripp",
      "strip",
    ],
    ["in a package", "packages: [{ name: a, bin: [b] }]\n", "1:23", "packages[0].bin", "bins"],
    ["in a rule", "rules: [{ when: { evnt: push } }]\n", "1:19", "rules[0].when.evnt", "event"],
    [
      "in a runner",
      "runners: { default: [{ runs_on: x }] }\n",
      "1:24",
      "runners.default[0].runs_on",
      "runs-on",
    ],
    ["a merge key", "<<: { name: x }\n", "1:1", "<<", null],
  ])("%s: place, and the nearest key", async (_what, text, place, name, close) => {
    const error = await userError(load(text));
    expect(error.id).toBe("MA122");
    expect(error.details.what).toBe(`unknown key ${name}`);
    expect(error.details.where).toBe(`multiarch.yml:${place}`);
    if (close === null) expect(error.details.fix).toBeUndefined();
    else expect(error.details.fix).toBe(`did you mean ${close}?`);
  });

  test("an unknown key is told before the values that it made wrong, and those with their places", async () => {
    const error = await userError(load("timeout: soon\nbulder: go\nnpm: 3\n"));
    expect(error.id).toBe("MA122");
    expect(error.details.where).toBe(
      "multiarch.yml:2:1 (then also: multiarch.yml:1:10, multiarch.yml:3:6)",
    );
  });
});

describe("wrong values", () => {
  test.each<[string, string, string, RegExp, string]>([
    ["a number as name", "name: 5\n", "1:7", /text/, "5"],
    ["an unquoted version", "version: 1.5\n", "1:10", /in quotes/, "1.5"],
    ["an empty key", "npm:\n", "1:5", /true, false or settings/, "nothing"],
    ["YAML 1.1 booleans", "build: { strip: yes }\n", "1:17", /true or false/, 'the text "yes"'],
    ["a capital True", "build: { strip: True }\n", "1:17", /true or false/, 'the text "True"'],
    ["a text as list", "targets: linux-x64\n", "1:10", /list of targets/, 'the text "linux-x64"'],
    [
      "a shell line",
      "build: { command: make all }\n",
      "1:19",
      /list of words/,
      'the text "make all"',
    ],
    ["an empty command", "build: { command: [] }\n", "1:19", /list of words/, "an empty list"],
    [
      "one command as commands",
      "build: { before: [make] }\n",
      "1:19",
      /list of words/,
      'the text "make"',
    ],
    ["an unknown builder", "builder: rust\n", "1:10", /one of auto, go, cargo/, 'the text "rust"'],
    ["a glibc of another kind", "glibc: '3.1'\n", "1:8", /2\.17/, 'the text "3.1"'],
    ["minutes with a unit", "timeout: 60m\n", "1:10", /whole minutes/, 'the text "60m"'],
    ["no minutes", "timeout: 0\n", "1:10", /from 1 to 7200/, "0"],
    ["half minutes", "timeout: 1.5\n", "1:10", /whole minutes/, "1.5"],
    [
      "a variable with =",
      "build: { env: { A=B: c } }\n",
      "1:17",
      /name of a variable/,
      'the text "A=B"',
    ],
    ["a list as variable", "build: { env: { A: [c] } }\n", "1:20", /text/, "a list"],
    [
      "an absolute pattern",
      "archive: { include: [/etc/passwd] }\n",
      "1:22",
      /inside the project/,
      'the text "/etc/passwd"',
    ],
    [
      "a pattern that climbs",
      "archive: { include: [a/../../b] }\n",
      "1:22",
      /inside the project/,
      'the text "a/../../b"',
    ],
    ["a name with a slash", "name: a/b\n", "1:7", /name of 1 to 128/, 'the text "a/b"'],
    ["a missing id", "targets: [{ optional: true }]\n", "1:11", /a value/, "nothing"],
    ["a missing rule", "rules: [{ targets: [linux-x64] }]\n", "1:9", /a value/, "nothing"],
    [
      "a scope with two slashes",
      "npm: { scope: '@a/b/c' }\n",
      "1:15",
      /npm scope/,
      'the text "@a/b/c"',
    ],
  ])("%s", async (_what, text, place, expected, found) => {
    const error = await userError(load(text));
    expect(error.id).toBe("MA123");
    expect(error.details.where).toBe(`multiarch.yml:${place}`);
    expect(error.details.expected).toMatch(expected);
    expect(error.details.found).toBe(found);
  });
});

describe("the file", () => {
  test("may be absent", async () => {
    const { config, file } = await loadConfig(await temporary());
    expect(config).toEqual({});
    expect(file).toEqual({
      path: null,
      sha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      value: {},
    });
  });

  test("may be empty", async () => {
    const { config, file } = await load("");
    expect(config).toEqual({});
    expect(file.path).toBe("multiarch.yml");
  });

  test("may have another name inside the project, then it must exist", async () => {
    const root = await temporary({ "ci/other.yml": "name: a\n" });
    expect((await loadConfig(root, "ci/other.yml")).config.name).toBe("a");
    expect((await loadConfig(root, "./ci/other.yml")).file.path).toBe("ci/other.yml");
    expect((await userError(loadConfig(root, "ci/no.yml"))).id).toBe("MA120");
    expect((await userError(loadConfig(join(root, "ci"), "../other.yml"))).id).toBe("MA120");
  });

  test.each(["multiarch.yaml", ".multiarch.yml"])("%s is not passed over", async (name) => {
    const error = await userError(loadConfig(await temporary({ [name]: "" })));
    expect(error.id).toBe("MA120");
    expect(error.details.fix).toBe("rename it to multiarch.yml");
  });

  test.each<[string, (root: string) => Promise<unknown>, RegExp]>([
    ["a folder", (root) => mkdir(join(root, "multiarch.yml")), /not a file/],
    [
      "a link that leads nowhere",
      (root) => symlink("gone", join(root, "multiarch.yml")),
      /nowhere/,
    ],
    [
      "too large",
      (root) => put(root, { "multiarch.yml": `# ${"x".repeat(300_000)}` }),
      /too large/,
    ],
    [
      "a link that leads out",
      async (root) => symlink(join(await temporary({ a: "" }), "a"), join(root, "multiarch.yml")),
      /out of the project/,
    ],
  ])("%s is refused", async (_what, prepare, message) => {
    const root = await temporary();
    await prepare(root);
    const error = await userError(loadConfig(root));
    expect(error.id).toBe("MA120");
    expect(error.details.what).toMatch(message);
  });

  test("bytes that are no UTF-8 are refused", async () => {
    const root = await temporary();
    const { writeFile } = await import("node:fs/promises");
    await writeFile(join(root, "multiarch.yml"), Buffer.from([0x6e, 0xff, 0xfe]));
    expect((await userError(loadConfig(root))).details.what).toMatch(/UTF-8/);
  });
});
