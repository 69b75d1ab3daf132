import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { silentLog } from "@multiarch/diagnostics";
import {
  type ConfigInput,
  initFiles,
  loadProject,
  type Project,
  writeInitFiles,
} from "../src/index.ts";
import { put, temporary, userError } from "./temporary.ts";

const go = {
  "go.mod": "module example.com/tool\n\ngo 1.25\n",
  "main.go": "package main\n\nfunc main() {}\n",
};

async function load(root: string, overrides?: ConfigInput): Promise<Project> {
  const given = overrides === undefined ? {} : { overrides };
  return loadProject(root, { env: {}, log: silentLog, ...given });
}

const workflow = `name: release
on: { push: { tags: ["v*"] }, pull_request: {} }
permissions: {}
jobs:
  release:
    uses: org/multiarch/.github/workflows/build.yml@v1
    permissions: { contents: read, actions: read }
`;

describe("init", () => {
  test("writes the seven lines, and a second time nothing", async () => {
    const root = await temporary(go);
    const files = initFiles(await load(root));
    expect(files).toEqual([{ path: ".github/workflows/release.yml", content: workflow }]);
    const project = await load(root);
    expect(await writeInitFiles(project, files)).toEqual([
      { path: ".github/workflows/release.yml", status: "written" },
    ]);
    expect(await readFile(join(root, ".github/workflows/release.yml"), "utf8")).toBe(workflow);
    const again = await load(root);
    expect(await writeInitFiles(again, initFiles(again))).toEqual([
      { path: ".github/workflows/release.yml", status: "unchanged" },
    ]);
  });

  test("writes down what flags said, so that the workflow does the same; a second time nothing", async () => {
    const root = await temporary({
      ...go,
      "Cargo.toml": '[package]\nname = "x"\n',
      "src/main.rs": "",
    });
    const overrides: ConfigInput = {
      builder: "go",
      targets: ["linux/amd64", { id: "linux-riscv64", optional: true }],
      npm: { scope: "me" },
    };
    const project = await load(root, overrides);
    const files = initFiles(project);
    expect(files[1]).toEqual({
      path: "multiarch.yml",
      content: `builder: "go"
npm: {"scope":"@me"}
targets: [{"id":"linux-x64"},{"id":"linux-riscv64","optional":true}]
`,
    });
    await writeInitFiles(project, files);
    const again = await load(root);
    expect(again.config).toEqual(project.config);
    expect(initFiles(again)).toHaveLength(1);
    const repeated = await load(root, overrides);
    const statuses = (await writeInitFiles(repeated, initFiles(repeated))).map((one) => one.status);
    expect(new Set(statuses)).toEqual(new Set(["unchanged"]));
  });

  test("overwrites nothing: with one file in the way, none is written", async () => {
    const root = await temporary({ ...go, "multiarch.yml": "targets: [linux-x64]\n" });
    const project = await load(root, { targets: ["darwin-arm64"] });
    const error = await userError(writeInitFiles(project, initFiles(project)));
    expect(error.id).toBe("MA150");
    expect(error.details.what).toContain("multiarch.yml");
    await expect(readFile(join(root, ".github/workflows/release.yml"))).rejects.toThrow("ENOENT");
    await put(root, { ".github/workflows/release.yml": "name: mine\n" });
    const own = await load(root);
    expect((await userError(writeInitFiles(own, initFiles(own)))).details.what).toContain(
      "release.yml",
    );
  });

  test("a checkout with CRLF counts as unchanged", async () => {
    const root = await temporary({
      ...go,
      ".github/workflows/release.yml": workflow.replaceAll("\n", "\r\n"),
    });
    const project = await load(root);
    expect(await writeInitFiles(project, initFiles(project))).toMatchObject([
      { status: "unchanged" },
    ]);
  });

  test("in a sub-folder the workflow stands in the repository and names the folder", () => {
    const files = initFiles({
      root: "/w/repo/examples/tool",
      repositoryRoot: "/w/repo",
      overridden: false,
      config: {},
    } as Project);
    expect(files).toEqual([
      {
        path: ".github/workflows/release.yml",
        content: workflow.replace(
          "    permissions: {",
          '    with: { working-directory: "examples/tool" }\n    permissions: {',
        ),
      },
    ]);
  });
});
