import { expect, test } from "@jest/globals";
import { silentLog } from "@multiarch/diagnostics";
import { parse } from "yaml";
import { configSchema, keysWithoutEffect, loadProject } from "../src/index.ts";
import { temporary } from "./temporary.ts";

const examples: Readonly<Record<string, string>> = {
  image: "{ context: . }",
  docker: "{ stage: export }",
  sign: "{ command: [./sign.sh] }",
  release: "{ draft: true }",
  test: "{ command: [./test.sh] }",
  bench: "{ command: [./bench.sh] }",
  rules: "[{ when: { event: push }, targets: [linux-x64] }]",
  runners: "{ default: [ubuntu-24.04] }",
  matrix: "{ test: { target: [linux-x64] } }",
  cache: "never",
  "build.secret-env": "[TOKEN]",
  "build.lto": "true",
  "build.entry": "main.py",
  "build.cache-paths": "[.ccache]",
  "packages.image": "[{ name: tool, image: { context: . } }]",
};

async function warned(config: Readonly<Record<string, unknown>>): Promise<string[]> {
  const root = await temporary({
    "multiarch.yml": JSON.stringify({ name: "tool", prebuilt: { files: "out/{id}" }, ...config }),
  });
  const { warnings } = await loadProject(root, { env: {}, log: silentLog });
  return warnings.filter(({ code }) => code === "key-without-effect").map(({ text }) => text);
}

test.each(keysWithoutEffect)("nobody can think that %s did something", async (key) => {
  const [top = "", below] = key.split(".");
  const value: unknown = parse(examples[key] ?? "");
  const config = { [top]: below === undefined || top === "packages" ? value : { [below]: value } };
  expect(await warned(config)).toEqual([`${key} has no effect in this version`]);
});

test("a target's own settings are looked at too", async () => {
  const targets = [{ id: "linux-x64", build: { lto: true } }];
  expect(await warned({ targets })).toEqual(["build.lto has no effect in this version"]);
});

test("each is a key of the table", () => {
  const keys = Object.keys(configSchema.entries);
  const top = keysWithoutEffect.map((key) => key.split(".")[0] ?? "");
  expect(top.filter((key) => !keys.includes(key))).toEqual([]);
});
