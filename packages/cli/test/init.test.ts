import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { prebuiltProject } from "../../../test/support/project.ts";
import { put, temporaryFolder, tree } from "../../../test/support/temporary.ts";
import { document, run } from "./session.ts";

const program = {
  "go.mod": "module example.com/tool\n\ngo 1.25\n",
  "main.go": "package main\n\nfunc main() {}\n",
};
const workflow = ".github/workflows/release.yml";

async function project(files: Readonly<Record<string, string>> = program): Promise<string> {
  const root = await temporaryFolder();
  await put(root, files);
  return root;
}

describe("init", () => {
  test("writes the workflow, and says what comes next", async () => {
    const root = await project();
    const { code, stdout, messages } = await run(["init"], root);
    expect([code, stdout]).toEqual([0, `written ${workflow}\n`]);
    expect(messages).toContain(
      "for more kinds of packages: `npm: true` and `wheel: true` in multiarch.yml",
    );
    expect(messages).toContain("next: commit and push; a pull request or a tag such as v1.0.0");
    expect(Object.keys(await tree(root)).sort()).toEqual([workflow, "go.mod", "main.go"]);
    expect((await run(["init"], root)).stdout).toBe(`unchanged ${workflow}\n`);
  });

  test("says nothing of packages that are made already; the version may be the manifest's", async () => {
    const root = await project({
      "Cargo.toml": '[package]\nname = "tool"\nversion = "1.2.3"\n',
      "src/main.rs": "fn main() {}\n",
      "multiarch.yml": "npm: true\nwheel: true\n",
    });
    const { code, messages } = await run(["init"], root);
    expect(code).toBe(0);
    expect(messages).not.toContain("more packages");
    expect(messages).toContain("the version's tag");
  });

  test("writes down what flags say", async () => {
    const root = await project();
    expect((await run(["init", "--npm-scope", "@me"], root)).stdout).toContain(
      "written multiarch.yml",
    );
    expect(await readFile(join(root, "multiarch.yml"), "utf8")).toBe('npm: {"scope":"@me"}\n');
  });

  test("--json is one document and nothing else", async () => {
    const ended = await run(["init", "--json"], await project());
    expect(document(ended)).toEqual({ files: [{ path: workflow, status: "written" }] });
    expect(ended.messages).toBe("");
  });

  test("changes no workflow that is there", async () => {
    const root = await project({ ...program, [workflow]: "name: mine\n" });
    const { code, stdout, messages } = await run(["init"], root);
    expect([code, stdout]).toEqual([1, ""]);
    expect(messages).toContain(`MA150 ${workflow} exists with other content`);
    expect(await readFile(join(root, workflow), "utf8")).toBe("name: mine\n");
  });

  test("says when a file is in the way of its folder", async () => {
    const { code, messages } = await run(["init"], await project({ ...program, ".github": "" }));
    expect(code).toBe(1);
    expect(messages).toContain(
      process.platform === "win32" ? ".github" : "MA411 cannot write: a file",
    );
  });
});

test("a file, or nothing, is no project", async () => {
  const root = await project();
  const file = await run(["plan", "main.go"], root);
  expect([file.code, file.messages]).toEqual([
    1,
    expect.stringContaining("the project is no folder"),
  ]);
  const none = await run(["plan", "nowhere"], root);
  expect(none.messages).toContain("the project folder does not exist");
  expect(none.messages).toContain("do: name the folder of the project");
});

test("a version that is none of the project's own is told at the end", async () => {
  const root = await prebuiltProject({ targets: ["linux-x64"], config: { version: undefined } });
  const { code, messages } = await run(["release", "--no-install-test"], root);
  expect(code).toBe(0);
  expect(messages.split("\n").at(-1)).toContain("notice: 0.0.0-dev.0 is not to be published: ");
});
