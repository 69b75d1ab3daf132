import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { productPackages, readCargoProject } from "../src/manifest/cargo.ts";
import { noMetadata } from "../src/manifest/metadata.ts";
import { temporary, userError } from "./temporary.ts";

const main = "fn main() {}\n";

async function bins(files: Record<string, string>, features: string[] = []): Promise<string[]> {
  const project = await readCargoProject(await temporary(files), features);
  return project?.candidates.flatMap((candidate) => [...candidate.bins]) ?? [];
}

function manifest(more = ""): string {
  return `[package]\nname = "tool"\nversion = "1.2.3"\nedition = "2021"\n${more}`;
}

describe("executables of a package", () => {
  const usual = {
    "src/main.rs": main,
    "src/bin/extra.rs": main,
    "src/bin/big/main.rs": main,
    "src/bin/big/part.rs": "",
    "src/bin/notes.txt": "",
    "src/bin/empty/": "",
    "src/bin/.hidden.rs": main,
  };

  test.each<[string, string, string[]]>([
    ["all in their usual places", manifest(), ["big", "extra", "tool"]],
    ["autobins off", manifest("autobins = false\n"), []],
    [
      "a declared one besides",
      manifest('[[bin]]\nname = "x"\npath = "x.rs"\n'),
      ["big", "extra", "tool", "x"],
    ],
    [
      "a usual one under another name",
      manifest('[[bin]]\nname = "t"\npath = "src/main.rs"\n'),
      ["big", "extra", "t"],
    ],
    [
      "a path in another spelling",
      manifest('[[bin]]\nname = "t"\npath = "./src/main.rs"\n'),
      ["big", "extra", "t"],
    ],
    [
      "edition 2015 with declared ones",
      manifest('[[bin]]\nname = "t"\npath = "t.rs"\n').replace("2021", "2015"),
      ["t"],
    ],
    ["edition 2015 without", manifest().replace("2021", "2015"), ["big", "extra", "tool"]],
    [
      "no edition is 2015",
      manifest('[[bin]]\nname = "t"\n').replace('edition = "2021"\n', ""),
      ["t"],
    ],
    [
      "features that are off",
      manifest('[[bin]]\nname = "extra"\nrequired-features = ["net"]\n[features]\nnet = []\n'),
      ["big", "tool"],
    ],
    [
      "features that are on by default",
      manifest(
        '[[bin]]\nname = "extra"\nrequired-features = ["net"]\n[features]\ndefault = ["all"]\nall = ["net"]\nnet = ["all"]\n',
      ),
      ["big", "extra", "tool"],
    ],
  ])("%s", async (_what, text, expected) => {
    expect(await bins({ ...usual, "Cargo.toml": text })).toEqual(expected);
  });

  test("features that the configuration turns on", async () => {
    const text = manifest(
      '[[bin]]\nname = "extra"\nrequired-features = ["net"]\n[features]\nnet = []\n',
    );
    expect(await bins({ ...usual, "Cargo.toml": text }, ["a, net"])).toContain("extra");
  });

  test("a library has none", async () => {
    const root = await temporary({ "Cargo.toml": manifest(), "src/lib.rs": "" });
    const project = await readCargoProject(root, []);
    expect(project?.candidates).toEqual([]);
    expect(project?.own?.name).toBe("tool");
  });

  test("no Cargo.toml, no project", async () => {
    expect(await readCargoProject(await temporary({ "src/main.rs": main }), [])).toBeNull();
  });

  test("TOML that is none is refused with its place", async () => {
    const root = await temporary({ "Cargo.toml": '[package]\nname = "a\n' });
    const error = await userError(readCargoProject(root, []));
    expect(error.id).toBe("MA133");
    expect(error.details.where).toMatch(/^Cargo\.toml:2:\d+$/);
  });
});

describe("what a package says", () => {
  test("its own words, with the old slash of licences mended", async () => {
    const root = await temporary({
      "Cargo.toml": manifest(
        'description = """\n A tool. """\nlicense = "MIT/Apache-2.0"\nrepository = "https://example.com/r"\nhomepage = "https://example.com"\nlicense-file = "COPY"\n',
      ),
      "src/main.rs": main,
    });
    expect((await readCargoProject(root, []))?.own).toEqual({
      ...noMetadata,
      name: "tool",
      version: "1.2.3",
      description: "A tool.",
      license: "MIT OR Apache-2.0",
      repository: "https://example.com/r",
      homepage: "https://example.com",
      licenseFile: "COPY",
    });
  });

  test("what it inherits from its workspace, from within and from above", async () => {
    const root = await temporary({
      "Cargo.toml":
        '[workspace]\nmembers = ["crates/*"]\n[workspace.package]\nversion = "2.0.0"\nlicense = "MIT"\nedition = "2024"\n',
      "crates/tool/Cargo.toml":
        '[package]\nname = "tool"\nversion.workspace = true\nlicense = { workspace = true }\nedition.workspace = true\n',
      "crates/tool/src/main.rs": main,
      "crates/README.md": "no package",
    });
    for (const folder of [root, join(root, "crates/tool")]) {
      const project = await readCargoProject(folder, []);
      expect(project?.workspaceRoot).toBe(root);
      expect(project?.candidates).toMatchObject([
        {
          name: "tool",
          manifestPath: join(root, "crates/tool/Cargo.toml"),
          bins: ["tool"],
          metadata: { version: "2.0.0", license: "MIT" },
        },
      ]);
    }
  });

  test("a package that a workspace above excludes, or that is none of its own, stands alone", async () => {
    const root = await temporary({
      "Cargo.toml": '[workspace]\nmembers = []\nexclude = ["apart"]\n',
      "apart/in/Cargo.toml": manifest(),
      "apart/in/src/main.rs": main,
    });
    const project = await readCargoProject(join(root, "apart/in"), []);
    expect(project?.workspaceRoot).toBe(join(root, "apart/in"));
  });

  test("a workspace that a package names must exist", async () => {
    const root = await temporary({ "Cargo.toml": manifest('workspace = "../elsewhere"\n') });
    expect((await userError(readCargoProject(root, []))).id).toBe("MA133");
  });
});

describe("a workspace", () => {
  const member = (name: string, more = "") =>
    `[package]\nname = "${name}"\nversion = "1.0.0"\nedition = "2021"\n${more}`;

  async function products(files: Record<string, string>): Promise<string[]> {
    const project = await readCargoProject(await temporary(files), []);
    return project === null ? [] : productPackages(project).map(({ name }) => name);
  }

  test("every member with executables counts, and no other", async () => {
    const names = await products({
      "Cargo.toml": `${member("root", '[dependencies]\nbypath = { path = "bypath" }\nouter = { path = "../outer" }\n[target."cfg(unix)".dev-dependencies]\nshared.workspace = true\n')}
[workspace]
members = ["crates/*", "named"]
exclude = ["crates/excluded"]
dependencies.shared = { path = "shared" }
`,
      "src/main.rs": main,
      "crates/a/Cargo.toml": member("a"),
      "crates/a/src/main.rs": main,
      "crates/lib/Cargo.toml": member("lib"),
      "crates/lib/src/lib.rs": "",
      "crates/excluded/Cargo.toml": member("excluded"),
      "crates/excluded/src/main.rs": main,
      "crates/not-a-package/x.txt": "",
      "named/Cargo.toml": member("named"),
      "named/src/main.rs": main,
      "bypath/Cargo.toml": member("bypath"),
      "bypath/src/main.rs": main,
      "shared/Cargo.toml": member("shared"),
      "shared/src/main.rs": main,
      "stranger/Cargo.toml": member("stranger"),
      "stranger/src/main.rs": main,
    });
    expect(names).toEqual(["a", "bypath", "named", "root", "shared"]);
  });

  const two = {
    "tool/Cargo.toml": member("tool"),
    "tool/src/main.rs": main,
    "xtask/Cargo.toml": member("xtask", "publish = false\n"),
    "xtask/src/main.rs": main,
  };

  test.each<[string, Record<string, string>, string[]]>([
    [
      "helpers and task runners are left out",
      { ...two, "Cargo.toml": '[workspace]\nmembers = ["*"]\n' },
      ["tool"],
    ],
    [
      "unless nothing is published",
      {
        ...two,
        "Cargo.toml": '[workspace]\nmembers = ["*"]\n[workspace.package]\npublish = false\n',
        "tool/Cargo.toml": member("tool", "publish.workspace = true\n"),
        "helper/Cargo.toml": member("helper", "publish = []\n"),
        "helper/src/main.rs": main,
      },
      ["helper", "tool"],
    ],
    [
      "default-members decide",
      {
        ...two,
        "Cargo.toml": '[workspace]\nmembers = ["*"]\ndefault-members = ["xtask"]\n',
      },
      ["xtask"],
    ],
  ])("%s", async (_what, files, expected) => {
    expect(await products(files)).toEqual(expected);
  });

  test("a member that is not there is refused", async () => {
    const root = await temporary({ "Cargo.toml": '[workspace]\nmembers = ["gone"]\n' });
    const error = await userError(readCargoProject(root, []));
    expect(error.id).toBe("MA133");
    expect(error.details.what).toContain("gone");
  });
});
