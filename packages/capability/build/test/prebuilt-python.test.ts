import { chmod, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { digest } from "@multiarch/contracts";
import { linuxLibrary } from "../../../../test/support/libraries.ts";
import { prebuiltProject } from "../../../../test/support/project.ts";
import { recordingLog } from "../../../../test/support/recording-log.ts";
import { tree } from "../../../../test/support/temporary.ts";
import { readTreePath, treePath } from "../src/index.ts";
import { buildRow } from "./built.ts";

const dist = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [`dist/${name}`, `bytes of ${name}`]));
const gnu = "tool-1.2.3-cp38-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64.whl";
const musl = "tool-1.2.3-cp38-abi3-musllinux_1_2_x86_64.whl";
const mac = "tool-1.2.3-cp38-abi3-macosx_11_0_universal2.whl";
const windows = "tool-1.2.3-cp38-abi3-win_amd64.whl";
const every = "tool-1.2.3-py3-none-any.whl";
const sdist = "tool-1.2.3.tar.gz";

describe("wheels and sdists that another tool made", () => {
  const prebuilt = { files: ["dist/*.whl", "dist/*.tar.gz"] };
  const targets = ["linux-x64-gnu", "linux-x64", "darwin-arm64", "darwin-x64", "any"];
  const files = dist(gnu, musl, mac, windows, every, sdist);
  const project = (more = {}) => prebuiltProject({ targets, config: { prebuilt }, files, ...more });

  test.each([
    ["linux-x64-gnu", [gnu]],
    ["linux-x64", [gnu, musl]],
    ["darwin-arm64", [mac]],
    ["darwin-x64", [mac]],
    ["any", [every, sdist]],
  ])("%s takes %j", async (target, expected) => {
    const { leg, folder } = await buildRow(await project(), target);
    expect(leg.error).toBeNull();
    expect(leg.files.map(({ path }) => path)).toEqual(expected.map((name) => `files/tool/${name}`));
    for (const file of leg.files) {
      const bytes = await readFile(join(folder, file.path));
      expect(file).toMatchObject({
        package: "tool",
        kind: file.path.endsWith(".whl") ? "wheel" : "sdist",
        mode: "0644",
        facts: null,
        sha256: digest(bytes),
      });
      expect(file.id).toMatch(/^[a-z0-9-]{1,64}$/);
    }
    expect(new Set(leg.files.map(({ id }) => id)).size).toBe(expected.length);
  });

  test("a wheel that no target takes is told once", async () => {
    const log = recordingLog();
    const root = await project();
    await buildRow(root, "linux-x64-gnu", { log });
    await buildRow(root, "darwin-x64", { log });
    const told = log.lines.filter((line) => line.includes("is for none of the targets"));
    expect(told).toEqual([`warning: dist/${windows} is for none of the targets and is left out`]);
  });

  test("a row without a wheel fails, and says which there are", async () => {
    const root = await prebuiltProject({
      targets: ["linux-arm64-gnu"],
      config: { prebuilt: { files: "dist/*.whl" } },
      files,
    });
    const { leg } = await buildRow(root, "linux-arm64-gnu");
    expect(leg.error).toMatchObject({ code: "MA306" });
    expect(leg.error?.text).toContain("no prebuilt wheel for linux-arm64-gnu");
    expect(leg.error?.text).toContain(gnu);
  });

  test("commands beside them, in folders of their own", async () => {
    const config = { prebuilt: { files: ["out/{id}/tool{exe}", "wheels/{id}/*.whl"] } };
    const own = { [`wheels/linux-x64/${gnu}`]: "wheel", [`wheels/linux-arm64/${gnu}`]: "not ours" };
    const root = await prebuiltProject({ targets: ["linux-x64"], config, files: own });
    const { leg } = await buildRow(root, "linux-x64");
    expect(leg.files.map(({ kind, sha256 }) => [kind, sha256 === digest("wheel")])).toEqual([
      ["executable", false],
      ["wheel", true],
    ]);
  });

  test("of several packages the one whose name the file has", async () => {
    const config = {
      prebuilt,
      packages: [
        { name: "tool", bins: ["tool"], wheel: true },
        { name: "tool-server", bins: ["server"], wheel: { name: "Tool.Server-Py" } },
      ],
    };
    const server = "tool_server_py-1.2.3-cp38-abi3-manylinux_2_17_x86_64.whl";
    const root = await prebuiltProject({
      targets: ["linux-x64-gnu", "any"],
      config,
      files: dist(gnu, server),
    });
    const { leg } = await buildRow(root, "linux-x64-gnu");
    expect(leg.files.map(({ package: owner }) => owner)).toEqual(["tool", "tool-server"]);
  });

  test("what packed files hold is not touched by transform", async () => {
    const build = { transform: [["false", "{file}"]] };
    const root = await prebuiltProject({
      targets: ["linux-x64-gnu"],
      config: { prebuilt: { files: "dist/*.whl" }, build },
      files,
    });
    expect((await buildRow(root, "linux-x64-gnu")).leg.result).toBe("ok");
  });
});

describe("a package tree", () => {
  const module = linuxLibrary({ module: "_native", glibc: "2.17" });
  const files = {
    "py/linux-x64-gnu/pkg/__init__.py": "from ._native import *\n",
    "py/linux-x64-gnu/pkg/_native.abi3.so": module,
    "py/linux-x64-gnu/pkg/run.sh": "#!/bin/sh\n",
    "py/linux-x64-gnu/pkg/__pycache__/a.cpython-313.pyc": "old",
    "py/linux-x64-gnu/pkg/old.pyc": "old",
  };
  const project = (more: Record<string, string | Uint8Array> = {}, tree: unknown = "py/{id}") =>
    prebuiltProject({
      targets: ["linux-x64-gnu"],
      config: { prebuilt: { tree } },
      files: { ...files, ...more },
    });

  test("each file, what is native and what may be executed, nothing that Python left behind", async () => {
    const root = await project();
    await chmod(join(root, "py/linux-x64-gnu/pkg/run.sh"), 0o755);
    const { leg, folder } = await buildRow(root, "linux-x64-gnu");
    expect(leg.error).toBeNull();
    const script = process.platform === "win32" ? "0644" : "0755";
    expect(leg.files.map(({ path, kind, mode, facts }) => [path, kind, mode, facts?.type])).toEqual(
      [
        ["files/tool/@python/0/pkg/__init__.py", "other", "0644", undefined],
        ["files/tool/@python/0/pkg/_native.abi3.so", "library", "0755", "library"],
        ["files/tool/@python/0/pkg/run.sh", "other", script, undefined],
      ],
    );
    expect(new Set(leg.files.map(({ id }) => id)).size).toBe(3);
    expect(Object.keys(await tree(folder))).toHaveLength(4);
    expect(leg.smoke).toEqual([]);
  });

  test("several trees stay apart", async () => {
    const { leg } = await buildRow(await project({}, ["py/{id}", "py/{id}"]), "linux-x64-gnu");
    expect(new Set(leg.files.map(({ path }) => readTreePath(path)?.index))).toEqual(
      new Set([0, 1]),
    );
    expect(new Set(leg.files.map(({ id }) => id)).size).toBe(6);
  });

  test("a library for another target fails the leg", async () => {
    const { windowsLibrary } = await import("../../../../test/support/libraries.ts");
    const root = await project({ "py/linux-x64-gnu/pkg/other.pyd": windowsLibrary() });
    expect((await buildRow(root, "linux-x64-gnu")).leg.error).toMatchObject({ code: "MA311" });
  });

  test("a damaged library fails the leg; data that only begins like one does not", async () => {
    const damaged = await project({ "py/linux-x64-gnu/pkg/_n.abi3.so": module.subarray(0, 80) });
    expect((await buildRow(damaged, "linux-x64-gnu")).leg.error?.code).toMatch(/^MA6/);
    const data = await project({ "py/linux-x64-gnu/pkg/data.bin": "MZ is how this text begins" });
    expect((await buildRow(data, "linux-x64-gnu")).leg.error).toBeNull();
  });

  test("links, and folders that are not there or not the only one", async () => {
    const root = await project();
    await symlink("_native.abi3.so", join(root, "py/linux-x64-gnu/pkg/alias.so"));
    expect((await buildRow(root, "linux-x64-gnu")).leg.error).toMatchObject({ code: "MA309" });
    const none = await project({}, "missing/{id}");
    expect((await buildRow(none, "linux-x64-gnu")).leg.error).toMatchObject({ code: "MA306" });
    const file = await project({ plain: "x" }, "plain");
    expect((await buildRow(file, "linux-x64-gnu")).leg.error).toMatchObject({ code: "MA306" });
  });
});

test("a tree's path in a leg is read back", () => {
  expect(readTreePath(`files/tool/${treePath(3, "pkg/a/b.py")}`)).toEqual({
    index: 3,
    name: "pkg/a/b.py",
  });
  for (const path of [
    "files/tool/tool",
    "files/@python/0/x",
    "files/tool/@python/x/y",
    "files/tool/@python/0/",
  ]) {
    expect(readTreePath(path)).toBeNull();
  }
});
