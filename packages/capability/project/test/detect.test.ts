import { describe, expect, test } from "@jest/globals";
import { silentLog } from "@multiarch/diagnostics";
import { loadProject, type Project } from "../src/index.ts";
import { temporary, userError } from "./temporary.ts";

const goMain = "package main\n\nfunc main() {}\n";
const go = { "go.mod": "module example.com/tool\n\ngo 1.25\n", "main.go": goMain };
const cargo = {
  "Cargo.toml": '[package]\nname = "tool"\nversion = "1.2.3"\nedition = "2021"\n',
  "src/main.rs": "fn main() {}\n",
};

async function load(files: Record<string, string>, config = ""): Promise<Project> {
  const root = await temporary(config === "" ? files : { ...files, "multiarch.yml": config });
  return loadProject(root, { env: {}, log: silentLog });
}

describe("the builder", () => {
  test.each<[string, Record<string, string>, string, string]>([
    ["a Go module", go, "", "go"],
    ["a Cargo package", cargo, "", "cargo"],
    ["both, and one is named", { ...go, ...cargo }, "builder: cargo\n", "cargo"],
    ["a Go module beside a Rust library", { ...go, "Cargo.toml": cargo["Cargo.toml"] }, "", "go"],
    ["a Go library beside a Rust program", { ...cargo, "go.mod": go["go.mod"] }, "", "cargo"],
    ["a Rust program with a pyproject.toml", { ...cargo, "pyproject.toml": "" }, "", "cargo"],
    ["a Go program with a Dockerfile", { ...go, Dockerfile: "FROM scratch\n" }, "", "go"],
    ["a command", {}, "build: { command: [make] }\n", "command"],
    ["a command over a manifest", go, "build: { command: [make] }\n", "command"],
    [
      "a command for each target",
      {},
      "builder: command\ntargets: [{ id: linux-x64, build: { command: [a] } }]\n",
      "command",
    ],
    ["prebuilt files", {}, "prebuilt: { files: 'out/{id}' }\n", "prebuilt"],
    ["prebuilt files over a manifest", go, "prebuilt: { files: 'out/{id}' }\n", "prebuilt"],
  ])("%s", async (_what, files, config, builder) => {
    expect((await load(files, config)).builder).toBe(builder);
  });

  test.each<[string, Record<string, string>, string, string, RegExp]>([
    ["an empty folder", {}, "", "MA130", /go\.mod.*Cargo\.toml.*build\.command.*prebuilt/],
    ["two builders", { ...go, ...cargo }, "", "MA131", /builder: go/],
    [
      "a Go library",
      { "go.mod": go["go.mod"], "lib.go": "package lib\n" },
      "",
      "MA130",
      /no package main/,
    ],
    [
      "a Rust library",
      { "Cargo.toml": cargo["Cargo.toml"], "src/lib.rs": "" },
      "",
      "MA130",
      /no executable/,
    ],
    [
      "a named builder without its manifest",
      cargo,
      "builder: go\n",
      "MA130",
      /builder go finds nothing/,
    ],
    [
      "Python",
      { "pyproject.toml": '[build-system]\nbuild-backend = "maturin"\n' },
      "",
      "MA132",
      /builder maturin/,
    ],
    ["Zig", { "build.zig": "" }, "", "MA132", /builder zig/],
    ["a JavaScript command", { "package.json": '{"bin":"x.js"}' }, "", "MA132", /builder bun/],
    ["an addon", { "package.json": '{"napi":{}}' }, "", "MA132", /napi/],
    ["a Dockerfile", { Dockerfile: "" }, "", "MA132", /builder docker/],
    ["a builder that is not written yet", go, "builder: zig\n", "MA132", /no builder zig yet/],
    ["an addon by configuration", cargo, "npm: { addon: index }\n", "MA132", /addons/],
    [
      "prebuilt beside another builder",
      go,
      "builder: go\nprebuilt: { files: x }\n",
      "MA125",
      /prebuilt means nothing to builder go/,
    ],
    [
      "a command beside another builder",
      go,
      "builder: go\nbuild: { command: [a] }\n",
      "MA125",
      /build\.command means nothing/,
    ],
    [
      "a command beside prebuilt",
      go,
      "build: { command: [a] }\nprebuilt: { files: x }\n",
      "MA125",
      /each name a builder/,
    ],
    ["prebuilt without files", go, "builder: prebuilt\n", "MA123", /prebuilt\.files is missing/],
    [
      "command without one",
      go,
      "builder: command\ntargets: [linux-x64]\n",
      "MA123",
      /build\.command is missing/,
    ],
    ["a package.json that is none", { "package.json": "{" }, "", "MA133", /JSON/],
  ])("%s is refused", async (_what, files, config, id, message) => {
    const error = await userError(load(files, config));
    expect(error.id).toBe(id);
    expect(error.message).toMatch(message);
  });

  test("a folder that does not exist is refused", async () => {
    const error = await userError(loadProject("/nowhere/at/all", { env: {}, log: silentLog }));
    expect(error.id).toBe("MA130");
  });
});

describe("targets", () => {
  test("are what most people run, unless the configuration names them", async () => {
    const usual = [
      "linux-x64",
      "linux-arm64",
      "darwin-x64",
      "darwin-arm64",
      "windows-x64",
      "windows-arm64",
    ];
    expect((await load(go)).targets).toEqual(usual);
    expect((await load(go, "targets: [linux/arm64]\n")).targets).toEqual(["linux-arm64"]);
    expect((await load(go, "targets: []\n")).targets).toEqual([]);
  });
});
