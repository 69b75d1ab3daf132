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

describe("name and manifest", () => {
  test("a Go module", async () => {
    const project = await load({
      ...go,
      "go.mod": "module github.com/me/tool/v3\n\ngo 1.25\ntoolchain go1.25.4\n",
      "cmd/extra/main.go": goMain,
      "gen/main.go": goMain,
    });
    expect(project).toMatchObject({
      name: "tool",
      version: "0.0.0-dev.0",
      versionFrom: "development",
      publishable: false,
      repository: "https://github.com/me/tool",
      commit: null,
      ref: null,
      epoch: 315_532_800,
      packages: [{ name: "tool", bins: ["extra", "tool"] }],
      manifestDetails: {
        kind: "go",
        module: "github.com/me/tool/v3",
        goVersion: "1.25",
        toolchain: "go1.25.4",
        mains: [
          { name: "tool", path: "." },
          { name: "extra", path: "cmd/extra" },
        ],
      },
    });
  });

  test("one Go program by its path", async () => {
    const files = { ...go, "a/x/main.go": goMain, "b/x/main.go": goMain };
    const project = await load(files, "build: { entry: ./b/x }\n");
    expect(project.packages[0]?.bins).toEqual(["x"]);
    expect(project.manifestDetails).toMatchObject({ mains: [{ name: "x", path: "b/x" }] });
    const error = await userError(load(files, "build: { entry: c }\n"));
    expect(error.details).toMatchObject({
      where: "multiarch.yml:1:17",
      expected: "one of ., a/x, b/x",
    });
  });

  test("a Cargo package", async () => {
    const project = await load({
      "Cargo.toml":
        '[package]\nname = "tool-rs"\nversion = "1.2.3"\nedition = "2021"\ndescription = """\nA tool\n  Classifier: x"""\nlicense = "MIT"\nrepository = "git@github.com:me/tool.git"\nhomepage = "https://tool.example"\n[[bin]]\nname = "tool"\npath = "src/main.rs"\n',
      "src/main.rs": "",
    });
    expect(project).toMatchObject({
      name: "tool-rs",
      version: "1.2.3",
      versionFrom: "manifest",
      publishable: true,
      description: "A tool Classifier: x",
      license: "MIT",
      repository: "https://github.com/me/tool",
      homepage: "https://tool.example",
      packages: [{ name: "tool-rs", bins: ["tool"] }],
      manifestDetails: {
        kind: "cargo",
        workspaceRoot: project.root,
        packages: [{ name: "tool-rs", bins: ["tool"] }],
      },
    });
  });

  const workspace = {
    "Cargo.toml": '[workspace]\nmembers = ["*"]\n',
    "one/Cargo.toml": '[package]\nname = "one"\nversion = "1.0.0"\n',
    "one/src/main.rs": "",
    "two/Cargo.toml": '[package]\nname = "two"\nversion = "2.0.0"\n',
    "two/src/main.rs": "",
    "two/src/bin/helper.rs": "",
  };

  test("packages of different versions need a decision", async () => {
    const error = await userError(load(workspace));
    expect([error.id, error.details.found]).toEqual(["MA141", "one 1.0.0, two 2.0.0"]);
    expect(await load(workspace, "version: 3.0.0\nname: both\n")).toMatchObject({
      name: "both",
      version: "3.0.0",
      packages: [{ name: "both", bins: ["helper", "one", "two"] }],
    });
    const one = await load(workspace, "bins: [helper]\nname: x\n");
    expect(one.version).toBe("2.0.0");
    expect(one.manifestDetails).toMatchObject({ packages: [{ name: "two", bins: ["helper"] }] });
  });

  test("a package of the configuration is the Cargo package of its name", async () => {
    const project = await load(
      workspace,
      "version: 3.0.0\nname: x\npackages: [{ name: two }, { name: uno, bins: [one] }]\n",
    );
    expect(project.packages).toMatchObject([
      { name: "two", bins: ["helper", "two"] },
      { name: "uno", bins: ["one"] },
    ]);
  });

  test.each<[string, Record<string, string>, { name: string; version: string }]>([
    ["Cargo.toml", cargo, { name: "tool", version: "1.2.3" }],
    [
      "pyproject.toml",
      { "pyproject.toml": '[project]\nname = "py"\nversion = "2.0.0"\n' },
      { name: "py", version: "2.0.0" },
    ],
    [
      "package.json",
      { "package.json": '{"name":"@me/js","version":"3.0.0"}' },
      { name: "js", version: "3.0.0" },
    ],
    ["go.mod", go, { name: "tool", version: "0.0.0-dev.0" }],
  ])(
    "a project with a command of its own takes name and version from %s",
    async (_what, files, expected) => {
      const project = await load(files, "build: { command: [make] }\n");
      expect(project).toMatchObject({ ...expected, manifestDetails: { kind: "none" } });
      expect(project.packages).toMatchObject([{ name: expected.name, bins: [expected.name] }]);
    },
  );

  test("the configuration wins over the manifest", async () => {
    const project = await load(
      cargo,
      "name: other\nversion: 9.9.9\ndescription: D\nlicense: L\nrepository: o/r\nhomepage: H\n",
    );
    expect(project).toMatchObject({
      name: "other",
      version: "9.9.9",
      description: "D",
      license: "L",
      repository: "https://github.com/o/r",
      homepage: "H",
    });
  });

  test.each<[string, Record<string, string>, string, string]>([
    ["a version that is none", cargo, "version: '1.2'\n", "MA140"],
    ["a repository that is none", cargo, "repository: ./here\n", "MA123"],
    [
      "a module whose name is no file name",
      { ...go, "go.mod": "module example.com/a~b\n" },
      "",
      "MA136",
    ],
  ])("%s is refused", async (_what, files, config, id) => {
    expect((await userError(load(files, config))).id).toBe(id);
  });

  test("keys that this version only understands are named", async () => {
    const { warnings } = await load(
      go,
      "sign: { command: [a] }\ncache: never\ntargets: [{ id: linux-x64, build: { lto: true } }]\n",
    );
    expect(warnings.map(({ text }) => text.split(" ")[0])).toEqual(["sign", "cache", "build.lto"]);
  });
});
