import { describe, expect, test } from "@jest/globals";
import { silentLog } from "@multiarch/diagnostics";
import { documentPath, loadProject, prebuiltFiles } from "../src/index.ts";
import { temporary, userError } from "./temporary.ts";

const prebuilt = 'builder: prebuilt\nprebuilt: { files: "out/{id}" }\nwheel: true\n';

async function load(files: Record<string, string>, config = prebuilt) {
  const root = await temporary({ "multiarch.yml": config, ...files });
  return loadProject(root, { env: {}, log: silentLog });
}

const python = async (files: Record<string, string>, config?: string) =>
  (await load(files, config)).packages[0]?.outputs.wheel?.metadata;

const pyproject = `[project]
name = "my-tool"
version = "1.2rc1"
description = "From pyproject"
readme = { file = "docs/pypi.rst", content-type = "text/x-rst; charset=UTF-8" }
requires-python = ">=3.9"
license = "MIT"
license-files = ["LEGAL.txt", "licenses/*"]
keywords = ["one", "two words"]
authors = [{ name = "Ann Other" }, { name = "Bob, Jr.", email = "bob@mail.example" }, {}]
maintainers = [{ email = "team@mail.example" }]
classifiers = ["Topic :: Software Development"]
dependencies = ["click>=8", 'tomli; python_version < "3.11"']
[project.optional-dependencies]
Fast = ["uvloop"]
[project.urls]
"Source Code" = "https://code.example/me/tool"
Changelog = "https://tool.example/changes"
[project.scripts]
tool = "my_tool.cli:main"
[project.gui-scripts]
tool-window = "my_tool.window:main"
[project.entry-points."tool.plugins"]
own = "my_tool.plugin"
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
`;

describe("pyproject.toml", () => {
  const files = {
    "pyproject.toml": pyproject,
    "docs/pypi.rst": "Tool\n====\n",
    "README.md": "# Tool\n",
    "LEGAL.txt": "legal",
    "licenses/MIT.txt": "MIT",
  };

  test("every field of [project] that wheels have", async () => {
    const project = await load(files);
    expect(project).toMatchObject({
      name: "my-tool",
      version: "1.2.0-rc.1",
      description: "From pyproject",
      license: "MIT",
      repository: "https://code.example/me/tool",
      documents: ["LEGAL.txt", "README.md", "docs/pypi.rst", "licenses/MIT.txt"],
      licenseFiles: ["LEGAL.txt", "licenses/MIT.txt"],
      warnings: [],
    });
    expect(project.packages[0]?.outputs.wheel).toEqual({
      name: "my-tool",
      requiresPython: ">=3.9",
      module: false,
      metadata: {
        description: "From pyproject",
        license: "MIT",
        authors: [
          { name: "Ann Other", email: null },
          { name: "Bob, Jr.", email: "bob@mail.example" },
        ],
        maintainers: [{ name: null, email: "team@mail.example" }],
        keywords: ["one", "two words"],
        classifiers: ["Topic :: Software Development"],
        urls: [
          { label: "Source Code", url: "https://code.example/me/tool" },
          { label: "Changelog", url: "https://tool.example/changes" },
        ],
        dependencies: ["click>=8", 'tomli; python_version < "3.11"'],
        extras: { Fast: ["uvloop"] },
        entryPoints: {
          console_scripts: { tool: "my_tool.cli:main" },
          gui_scripts: { "tool-window": "my_tool.window:main" },
          "tool.plugins": { own: "my_tool.plugin" },
        },
        readme: "docs/pypi.rst",
        readmeText: null,
        readmeType: "text/x-rst; charset=UTF-8",
      },
    });
  });

  test("a readme and a licence that stand in it", async () => {
    const toml =
      '[project]\nname = "a"\nversion = "1.0.0"\nreadme = { text = "# A", content-type = "text/markdown" }\nlicense = { text = "BSD" }\n';
    expect(await python({ "pyproject.toml": toml })).toMatchObject({
      license: "BSD",
      readme: null,
      readmeText: "# A",
      readmeType: "text/markdown",
    });
  });

  test("names files that are not there: a warning for each", async () => {
    const { warnings } = await load({ "pyproject.toml": pyproject });
    expect(warnings.map(({ code }) => code).sort()).toEqual([
      "no-license-file",
      "no-license-file",
      "no-readme-file",
    ]);
  });

  test("is not needed, and not read when no wheel is made", async () => {
    const none = { "pyproject.toml": '[project]\nname = "a"\nversion = "1.0.0"\nreadme = "x"\n' };
    const project = await load(none, 'prebuilt: { files: "out/{id}" }\n');
    expect(project.warnings).toEqual([]);
    expect(project.packages[0]?.outputs.wheel).toBeUndefined();
  });

  test("fields of the build backend: told, and refused for trees, which need them", async () => {
    const toml = '[project]\nname = "a"\nversion = "1.0.0"\ndynamic = ["dependencies", "readme"]\n';
    const { warnings } = await load({ "pyproject.toml": toml });
    expect(warnings.map(({ code, text }) => [code, text.split(" to ")[0]])).toEqual([
      ["pyproject-dynamic", "pyproject.toml leaves dependencies"],
    ]);
    const tree = "prebuilt: { tree: 'out/{id}' }\n";
    const error = await userError(load({ "pyproject.toml": toml }, tree));
    expect(error.message).toMatch(/MA125 .*dependencies/);
  });
});

test("Cargo.toml of a workspace: what is inherited lies at its root", async () => {
  const root = await temporary({
    "Cargo.toml":
      '[workspace]\nmembers = ["tool"]\n[workspace.package]\nlicense-file = "LEGAL"\nreadme = "ABOUT.md"\nkeywords = ["shared"]\nauthors = ["Ann <ann@mail.example>", "Bob"]\n',
    LEGAL: "legal",
    "ABOUT.md": "about",
    "tool/Cargo.toml":
      '[package]\nname = "tool"\nversion = "1.2.3"\nedition = "2021"\ndocumentation = "https://docs.example/tool"\nlicense-file.workspace = true\nreadme.workspace = true\nkeywords.workspace = true\nauthors.workspace = true\n',
    "tool/src/main.rs": "fn main() {}\n",
    "tool/multiarch.yml": "wheel: true\n",
  });
  const project = await loadProject(`${root}/tool`, { env: {}, log: silentLog });
  expect(project).toMatchObject({ documents: ["ABOUT.md", "LEGAL"], licenseFiles: ["LEGAL"] });
  expect(documentPath(project, "LEGAL")).toBe(`${root}/LEGAL`);
  expect(project.packages[0]?.outputs.wheel?.metadata).toMatchObject({
    authors: [
      { name: "Ann", email: "ann@mail.example" },
      { name: "Bob", email: null },
    ],
    keywords: ["shared"],
    urls: [{ label: "Documentation", url: "https://docs.example/tool" }],
    readme: "ABOUT.md",
  });
});

test("package.json: a licence that is a file, an author in either form", async () => {
  const json = (author: unknown) =>
    JSON.stringify({
      name: "@me/a",
      version: "1.0.0",
      license: "SEE LICENSE IN EULA.txt",
      author,
      keywords: ["k"],
    });
  const project = await load({
    "package.json": json("Ann <ann@mail.example> (https://ann.example)"),
    "EULA.txt": "x",
  });
  expect(project).toMatchObject({
    license: null,
    licenseFiles: ["EULA.txt"],
    documents: ["EULA.txt"],
  });
  expect(project.packages[0]?.outputs.wheel?.metadata).toMatchObject({
    authors: [{ name: "Ann", email: "ann@mail.example" }],
    keywords: ["k"],
  });
  const other = await python({ "package.json": json({ name: "Ann" }), "EULA.txt": "x" });
  expect(other?.authors).toEqual([{ name: "Ann", email: null }]);
});

test("go.mod and multiarch.yml: lists of the configuration", async () => {
  const config = `${prebuilt.replace("wheel: true\n", "")}wheel: { keywords: [k], classifiers: ["Topic :: Utilities"] }\n`;
  const metadata = await python({ "go.mod": "module example.com/tool\n\ngo 1.25\n" }, config);
  expect(metadata).toMatchObject({
    keywords: ["k"],
    classifiers: ["Topic :: Utilities"],
    authors: [],
  });
});

test.each([
  ["1.2.3", "1.2.3"],
  ["v1.2", "1.2.0"],
  ["4", "4.0.0"],
  ["1.2.3a1", "1.2.3-alpha.1"],
  ["1.2.3.beta-04", "1.2.3-beta.4"],
  ["1.2.3C2", "1.2.3-rc.2"],
  ["1.2.3.dev", "1.2.3-dev.0"],
  ["2026.09.01", "2026.9.1"],
])("the version %s of pyproject.toml is %s", async (version, expected) => {
  const project = await load({
    "pyproject.toml": `[project]\nname = "a"\nversion = "${version}"\n`,
  });
  expect(project.version).toBe(expected);
});

test.each(["1.2.3.4", "1!1.2.3", "1.2.3.post1", "1.2.3a1.dev2", "x"])(
  "the version %s has no semantic spelling",
  async (version) => {
    const error = await userError(
      load({ "pyproject.toml": `[project]\nname = "a"\nversion = "${version}"\n` }),
    );
    expect(error.id).toBe("MA140");
  },
);

describe("prebuilt", () => {
  test("endings say what the files are", () => {
    const files = ["out/{id}/tool{exe}", "a.node", "dist/*.whl", "dist/*.tar.gz"];
    expect(prebuiltFiles({ prebuilt: { files, tree: ["out/{id}/python"] } })).toEqual({
      commands: ["out/{id}/tool{exe}"],
      addons: ["a.node"],
      wheels: ["dist/*.whl"],
      sdists: ["dist/*.tar.gz"],
      trees: ["out/{id}/python"],
    });
    expect(prebuiltFiles({}).trees).toEqual([]);
  });

  test.each(["prebuilt: { files: 'dist/*.whl' }\n", "prebuilt: { tree: 'out/{id}' }\n"])(
    "files for Python make wheels an output: %s",
    async (config) => {
      const project = await load({}, `name: tool\n${config}`);
      expect(project.packages[0]?.outputs.wheel?.name).toBe("tool");
      expect((await userError(load({}, `name: tool\nwheel: false\n${config}`))).id).toBe("MA125");
    },
  );

  test("an sdist needs the target any, which the defaults then hold", async () => {
    const files = "name: tool\nprebuilt: { files: dist/*.tar.gz }\n";
    expect((await load({}, files)).targets).toContain("any");
    const error = await userError(load({}, `${files}targets: [linux-x64]\n`));
    expect(error.message).toMatch(/MA125 .*target any/);
    expect((await load({}, `${files}targets: [any]\n`)).targets).toEqual(["any"]);
  });

  test("names something", async () => {
    expect((await userError(load({}, "prebuilt: {}\n"))).id).toBe("MA123");
  });
});
