import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { silentLog } from "@multiarch/diagnostics";
import { documentPath, isLicense, loadProject, mainReadme, type Project } from "../src/index.ts";
import { put, temporary, userError } from "./temporary.ts";

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

describe("documents", () => {
  test("are readme, licences and notices at the root, in any spelling, and what archives include", async () => {
    const project = await load("archive: { include: [README.md, 'docs/**', '*.1'] }\n", {
      "README.md": "",
      "readme.txt": "",
      "LICENSE-MIT": "",
      "LICENCE.apache": "",
      Copying: "",
      "NOTICE.txt": "",
      "CHANGELOG.md": "",
      "LICENSES/MIT.txt": "",
      "docs/a.md": "",
      "docs/deep/b.md": "",
      "docs/.hidden/c.md": "",
      "tool.1": "",
    });
    expect(project.packages[0]?.outputs.archive?.files).toEqual([
      "README.md",
      "docs/a.md",
      "docs/deep/b.md",
      "tool.1",
    ]);
    expect(project.documents).toEqual([
      "Copying",
      "LICENCE.apache",
      "LICENSE-MIT",
      "NOTICE.txt",
      "README.md",
      "docs/a.md",
      "docs/deep/b.md",
      "readme.txt",
      "tool.1",
    ]);
    expect(documentPath(project, "docs/a.md")).toBe(join(project.root, "docs/a.md"));
  });

  test("a pattern that matches nothing is refused, a default one is not", async () => {
    expect((await load("")).documents).toEqual([]);
    const error = await userError(load("archive: { include: [CHANGELOG*] }\n"));
    expect([error.id, error.details.where]).toEqual(["MA135", "multiarch.yml:1:22"]);
  });

  const member = {
    "Cargo.toml": '[workspace]\nmembers = ["crates/*"]\n',
    "LICENSE-MIT": "the licence",
    "README.md": "of the workspace",
    "SECRET.md": "",
    "crates/tool/Cargo.toml": '[package]\nname = "tool"\nversion = "1.0.0"\n',
    "crates/tool/src/main.rs": "",
  };

  test("licences, and nothing else, are taken from the workspace above when there are none", async () => {
    const root = await temporary(member);
    const project = await loadIn(join(root, "crates/tool"));
    expect(project.documents).toEqual(["LICENSE-MIT"]);
    expect(documentPath(project, "LICENSE-MIT")).toBe(join(root, "LICENSE-MIT"));
    expect(project.packages[0]?.outputs.archive?.files).toEqual(["LICENSE-MIT"]);
    await put(root, { "crates/tool/COPYING": "" });
    expect((await loadIn(join(root, "crates/tool"))).documents).toEqual(["COPYING"]);
  });

  test("a licence that the manifest names, also above", async () => {
    const root = await temporary({
      ...member,
      "legal/terms.txt": "",
      "crates/tool/Cargo.toml": `${member["crates/tool/Cargo.toml"]}license-file = "../../legal/terms.txt"\n`,
    });
    const project = await loadIn(join(root, "crates/tool"));
    expect(project.documents).toContain("terms.txt");
    expect(documentPath(project, "terms.txt")).toBe(join(root, "legal/terms.txt"));
    // One of its own by that name comes first.
    await put(root, {
      "crates/tool/terms.txt": "",
      "crates/tool/multiarch.yml": "archive: { include: [terms.txt] }\n",
    });
    const own = await loadIn(join(root, "crates/tool"));
    expect(own.documents).toEqual(["LICENSE-MIT", "terms.txt"]);
  });

  test("a licence that the manifest names and that is not there, or not of the project, is told", async () => {
    const manifest = member["crates/tool/Cargo.toml"];
    const root = await temporary({ ...member, secret: "" });
    for (const [path, code] of [
      ["gone.txt", "no-license-file"],
      ["../../../secret", "no-license-file"],
      [join(await temporary({ secret: "" }), "secret"), "document-outside"],
    ]) {
      await put(root, { "crates/tool/Cargo.toml": `${manifest}license-file = '${path}'\n` });
      const project = await loadIn(join(root, "crates/tool"));
      expect(project.documents).toEqual(["LICENSE-MIT"]);
      expect(project.warnings.map((warning) => warning.code)).toEqual([code]);
    }
  });

  test("a link inside the workspace is followed, one that leads out is left out and told", async () => {
    const root = await temporary(member);
    const outside = await temporary({ secret: "" });
    await symlink("../../LICENSE-MIT", join(root, "crates/tool/LICENSE"));
    await symlink(join(outside, "secret"), join(root, "crates/tool/README"));
    await symlink("nowhere", join(root, "crates/tool/NOTICE"));
    const project = await loadIn(join(root, "crates/tool"));
    expect(project.documents).toEqual(["LICENSE"]);
    expect(project.warnings).toEqual([
      {
        code: "document-outside",
        text: "README leads out of the project and is left out",
      },
    ]);
  });
});

describe("names of documents", () => {
  test.each<[string[], string | null]>([
    [["README-VIM.md", "README.md"], "README.md"],
    [["README.zh.md", "Readme.MD", "README.rst"], "Readme.MD"],
    [["README.de.md", "README.rst"], "README.rst"],
    [["README.german.md", "README.de.md"], "README.de.md"],
    [["LICENSE", "docs/README.md"], null],
  ])("of %j the readme is %j", (names, expected) => {
    expect(mainReadme(names)).toBe(expected);
  });

  test.each<[string, boolean]>([
    ["LICENSE", true],
    ["licence-mit.txt", true],
    ["COPYING", true],
    ["NOTICE.md", true],
    ["README.md", false],
    ["docs/LICENSE", false],
  ])("%s is a licence: %j", (name, expected) => {
    expect(isLicense(name)).toBe(expected);
  });
});
