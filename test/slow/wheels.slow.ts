import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Release } from "@multiarch/contracts";
import { pep440Version } from "@multiarch/wheel";
import { glibcProgram, linuxProgram, muslProgram } from "../support/binaries.ts";
import { bundle, supportFolder } from "../support/bundle.ts";
import { type Delivery, deliver, mergeDelivery } from "../support/delivery.ts";
import { linuxLibrary, macosLibrary, windowsLibrary } from "../support/libraries.ts";
import { prebuiltProject } from "../support/project.ts";
import { otherSdist, otherWheel } from "../support/python-packages.ts";
import { tree } from "../support/temporary.ts";
import { component } from "./support/components.ts";
import { askPython, noPip, pipDownloads, pythonVersions } from "./support/python.ts";
import { run, succeed } from "./support/run.ts";

const text = "it runs\n";
const wheelsOf = (release: Release, output: string): string[] =>
  release.packages.filter(({ kind }) => kind === "wheel").map(({ file }) => join(output, file));

const pyproject = `[project]
name = "My.Tool"
version = "1.2.3"
description = "Does one thing — well"
readme = "README.md"
license = "MIT OR Apache-2.0"
license-files = ["TERMS, old.txt"]
keywords = ["one", "two"]
authors = [{ name = "Ann, Other" , email = "ann@mail.example" }, { name = "Bob" }]
classifiers = ["Topic :: Utilities", "License :: OSI Approved :: MIT License"]
requires-python = ">=3.8"
dependencies = ['tomli >= 2 ; python_version < "3.11"']
[project.optional-dependencies]
Fast_IO = ["uvloop ; sys_platform != 'win32' or os_name == 'posix'"]
[project.urls]
"Source Code" = "https://code.example/me/tool"
[project.scripts]
tool-py = "pkg.cli:main"
[project.entry-points."tool.plugins"]
own = "pkg.cli"
`;

describe("wheels", () => {
  const folder = mkdtempSync(join(tmpdir(), "multiarch-wheels-"));
  let delivery: Delivery;
  const wheels: string[] = [];

  beforeAll(async () => {
    const programs = { "linux-x64": linuxProgram("x64", { text, exit: 3 }) };
    const files = { "pyproject.toml": pyproject, "TERMS, old.txt": "terms\n" };
    const targets = ["linux-x64", "darwin-arm64", "windows-x64"];
    const make = async (
      name: string,
      prebuilt: object,
      more: Record<string, string | Uint8Array>,
    ) => {
      const config = { prebuilt, wheel: { module: true } };
      const root = await prebuiltProject({
        targets,
        config,
        files: { ...files, ...more },
        programs,
      });
      const made = await deliver(root);
      const { release, output } = await mergeDelivery(made, { output: join(folder, name) });
      wheels.push(...wheelsOf(release, output));
      return made;
    };
    const commands = "out/{id}/tool{exe}";
    await make("commands", { files: commands }, {});
    delivery = await make(
      "trees",
      { files: commands, tree: "py/{id}" },
      {
        ...treeFiles(
          "linux-x64",
          "_native.abi3.so",
          linuxLibrary({ module: "_native", glibc: "2.14" }),
        ),
        ...treeFiles("darwin-arm64", "_native.abi3t.so", macosLibrary({ module: "_native" })),
        ...treeFiles("windows-x64", "_native.pyd", windowsLibrary({ needed: ["python314t.dll"] })),
      },
    );
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("are what pip, wheel, packaging and zipfile expect", async () => {
    expect(
      wheels.map((path) => basename(path).replace(/^my_tool-1\.2\.3-|\.whl$/g, "")).sort(),
    ).toEqual([
      "cp314-cp314t-win_amd64",
      "cp315-abi3.abi3t-macosx_11_0_arm64",
      "cp38-abi3-manylinux2014_x86_64.manylinux_2_14_x86_64.manylinux_2_17_x86_64",
      "py3-none-macosx_11_0_arm64",
      "py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.musllinux_1_1_x86_64.musllinux_1_2_x86_64",
      "py3-none-win_amd64",
    ]);
    const verdicts = await askPython("wheel", wheels, folder);
    expect(verdicts.map(({ refused }) => refused)).toEqual(wheels.map(() => ({})));
  });

  test("of programs run as a command and as a module, however pip installed them", async () => {
    const wheel = wheels.find((path) => path.includes("py3-none-manylinux")) ?? "";
    const pythons = await pythonVersions(folder);
    expect(pythons.length).toBeGreaterThan(0);
    for (const python of pythons) {
      const home = mkdtempSync(join(folder, "home-"));
      const env = { ...noPip, PIP_CONFIG_FILE: "/dev/null", PIP_BREAK_SYSTEM_PACKAGES: "1" };
      const options = { cwd: home, env };
      const flags = ["--no-index", "--no-deps", "--no-cache-dir", "--quiet"];
      const tries = async (command: string, args: string[], more: Record<string, string> = {}) =>
        [await run(command, args, { cwd: home, env: { ...env, ...more } })].map(
          ({ code, output }) => [code, output],
        )[0];

      await succeed(python, ["-m", "venv", "venv"], options);
      const own = join(home, "venv/bin/python");
      await succeed(own, ["-m", "pip", "install", ...flags, wheel], options);
      expect(await tries(join(home, "venv/bin/tool"), [])).toEqual([3, text]);
      expect(await tries(own, ["-m", "my_tool"])).toEqual([3, text]);

      const user = { PYTHONUSERBASE: join(home, "user") };
      const pip = ["-m", "pip", "install", ...flags];
      await succeed(python, [...pip, "--user", wheel], { cwd: home, env: { ...env, ...user } });
      expect(await tries(python, ["-m", "my_tool"], user)).toEqual([3, text]);

      await succeed(python, [...pip, "--target", join(home, "target"), wheel], options);
      expect(await tries(python, ["-m", "my_tool"], { PYTHONPATH: join(home, "target") })).toEqual([
        3,
        text,
      ]);

      await succeed(python, [...pip, "--prefix", join(home, "prefix"), wheel], options);
      const site = await succeed(
        python,
        [
          "-c",
          `import sysconfig; print(sysconfig.get_path("purelib", vars={"base": "prefix", "platbase": "prefix"}))`,
        ],
        options,
      );
      // Debian's own Python puts such installations below local/.
      const places = [
        site.trim(),
        join("prefix/local/lib", basename(join(site.trim(), "..")), "dist-packages"),
      ];
      const PYTHONPATH = places.map((place) => join(home, place)).join(":");
      expect(await tries(python, ["-m", "my_tool"], { PYTHONPATH })).toEqual([3, text]);
    }
  });

  test("are found by a download for another machine, whichever usual word it asks with", async () => {
    const found = (platform: string) =>
      pipDownloads("my-tool", join(folder, "commands/wheels"), platform, folder);
    const program = wheels
      .filter((path) => path.includes("musllinux"))
      .map((path) => basename(path));
    for (const platform of ["musllinux_1_1_x86_64", "musllinux_1_2_x86_64"]) {
      expect(await found(platform)).toEqual(program);
    }
    for (const platform of [
      "manylinux2014_x86_64",
      "manylinux_2_17_x86_64",
      "win_amd64",
      "macosx_14_0_arm64",
    ]) {
      expect(await found(platform)).toHaveLength(1);
    }
    expect(await found("manylinux2014_aarch64")).toEqual([]);
  });

  test("of programs for each libc say so to pip", async () => {
    const targets = ["linux-x64-gnu", "linux-x64-musl"];
    const programs = {
      "linux-x64-gnu": glibcProgram("x64", "2.14"),
      "linux-x64-musl": muslProgram("x64"),
    };
    const built = await deliver(
      await prebuiltProject({ targets, config: { wheel: true }, programs }),
    );
    const { output } = await mergeDelivery(built);
    const found = (platform: string) =>
      pipDownloads("tool", join(output, "wheels"), platform, folder);
    expect((await found("manylinux2014_x86_64"))[0]).toContain("manylinux_2_14_x86_64");
    expect((await found("musllinux_1_2_x86_64"))[0]).toContain("-musllinux_1_2_x86_64.whl");
    expect(await found("musllinux_1_1_x86_64")).toEqual([]);
    expect(await found("manylinux2010_x86_64")).toEqual([]);
  });

  test("are the same bytes on Node 20 and 24, in any time zone, locale and umask", async () => {
    const nodes = component("get-node.sh", "nodes");
    const script = await bundle(join(supportFolder, "merge-child.ts"), join(folder, "merge.mjs"));
    const { reference, sha256 } = delivery.reference;
    const merged = async (node: string, umask: string, TZ: string, LC_ALL: string) => {
      const output = join(mkdtempSync(join(folder, "again-")), "release");
      const args = [script, delivery.store, reference, sha256, output, umask, "as-listed"];
      const env = { ...process.env, NODE_OPTIONS: "", TZ, LC_ALL };
      await promisify(execFile)(join(nodes, node, "bin/node"), args, { env });
      return tree(join(output, "wheels"));
    };
    const one = await merged("node20", "022", "UTC", "C");
    expect(Object.keys(one)).toHaveLength(3);
    expect(await merged("node24", "077", "Pacific/Kiritimati", "tr_TR.UTF-8")).toEqual(one);
  });

  test("and sdists of other tools go through a whole release", async () => {
    const wheel = await otherWheel();
    const sdist = await otherSdist();
    const files = Object.fromEntries(
      [wheel, sdist].map(({ name, bytes }) => [`dist/${name}`, bytes]),
    );
    const config = { prebuilt: { files: ["dist/*.whl", "dist/*.tar.gz"] } };
    const root = await prebuiltProject({ targets: ["linux-x64-gnu", "any"], config, files });
    const { release, output } = await mergeDelivery(await deliver(root), { installTest: true });
    expect(release.installs).toMatchObject([{ package: "tool", manager: "pip", status: "ok" }]);
    for (const { name, bytes } of [wheel, sdist]) {
      expect(readFileSync(join(output, "wheels", name)).equals(bytes)).toBe(true);
    }
    mkdirSync(join(folder, "other"));
    const [made] = await askPython("wheel", wheelsOf(release, output), join(folder, "other"));
    expect(made?.refused).toEqual({});
  });
});

/** A package with commands, and one module that is native. */
function treeFiles(
  id: string,
  module: string,
  bytes: Uint8Array,
): Record<string, string | Uint8Array> {
  return {
    [`py/${id}/pkg/__init__.py`]: "",
    [`py/${id}/pkg/cli.py`]: "def main():\n    print('from Python')\n",
    [`py/${id}/pkg/${module}`]: bytes,
  };
}

describe("versions", () => {
  const spelled = [
    "0.0.0",
    "1.2.3",
    "1.2.3-alpha.1",
    "1.2.3-alpha",
    "1.2.3-a.1",
    "1.2.3-beta.2",
    "1.2.3-beta2",
    "1.2.3-b-7",
    "1.2.3-rc.1",
    "1.2.3-RC1",
    "1.2.3-rc",
    "1.2.3-dev.5",
    "1.2.3-dev5",
    "10.20.30",
    "2026.9.1",
    "0.0.0-dev.0",
    "0.0.0-dev.g0a1b2c3d",
    "99999999999999999999.0.0",
  ];
  const refused = [
    "1.2",
    "1.2.3.4",
    "01.2.3",
    "v1.2.3",
    "1.2.3+build",
    "1.2.3-rc.1+build",
    "1.2.3-nightly.1",
    "1.2.3-alpha.1.2",
    "1.2.3-beta.01",
    "1.2.3-1",
    "1.2.3-post.1",
    "1.2.3-rc1.dev2",
    "1.2.3-alpha-beta",
    "1.2.3-preview.1",
    "1.2.3-",
    "",
  ];

  test("are read by Python as they were meant, and ordered alike", async () => {
    const folder = mkdtempSync(join(tmpdir(), "multiarch-versions-"));
    try {
      const python = join(component("get-packaging.sh", "packaging"), "bin/python");
      const script =
        "import sys\nfrom packaging.version import Version\nfor text in sys.argv[1:]:\n    v = Version(text)\n    assert str(v) == text, text\n    print(*v.release, v.pre and v.pre[0], v.pre and v.pre[1], v.dev, v.local)\n";
      const made = spelled.map(pep440Version);
      const lines = (await succeed(python, ["-c", script, ...made], { cwd: folder }))
        .trimEnd()
        .split("\n");
      expect(lines[2]).toBe("1 2 3 a 1 None None");
      expect(lines[11]).toBe("1 2 3 None None 5 None");
      expect(lines).toHaveLength(spelled.length);
      const ordered = [
        "1.2.3-dev.1",
        "1.2.3-alpha.2",
        "1.2.3-alpha.10",
        "1.2.3-beta.1",
        "1.2.3-rc.1",
        "1.2.3",
        "1.2.4",
      ];
      const sort =
        "import sys\nfrom packaging.version import Version\nprint(*sorted(sys.argv[1:], key=Version), sep='\\n')\n";
      const shuffled = ordered.map(pep440Version).reverse();
      const sorted = await succeed(python, ["-c", sort, ...shuffled], { cwd: folder });
      expect(sorted.trimEnd().split("\n")).toEqual(ordered.map(pep440Version));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test.each(refused)("%j is refused rather than bent", (version) => {
    expect(() => pep440Version(version)).toThrow(/MA821/);
  });
});
