import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { listArchive, readArchiveEntries } from "@multiarch/archive";
import { deliver, mergeDelivery, rewriteLeg } from "../../../../test/support/delivery.ts";
import {
  linuxLibrary,
  macosLibrary,
  universalLibrary,
  windowsLibrary,
} from "../../../../test/support/libraries.ts";
import { prebuiltProject } from "../../../../test/support/project.ts";
import { userError } from "../../../../test/support/temporary.ts";

const pyproject = `[project]
name = "My-Tool"
version = "1.2.3"
readme = "PYPI.md"
license = "MIT"
license-files = ["TERMS"]
requires-python = ">=3.9"
dependencies = ["click"]
[project.scripts]
tool = "pkg.cli:main"
`;

const treeOf = (id: string, module: string, bytes: Uint8Array) => ({
  [`py/${id}/pkg/__init__.py`]: "",
  [`py/${id}/pkg/cli.py`]: "def main(): pass\n",
  [`py/${id}/pkg/${module}`]: bytes,
});

const files = {
  "pyproject.toml": pyproject,
  "PYPI.md": "# For the index\n",
  TERMS: "terms",
  ...treeOf("linux-x64-gnu", "_native.abi3.so", linuxLibrary({ module: "_native", glibc: "2.17" })),
  ...treeOf("darwin-arm64", "_native.abi3.so", macosLibrary({ module: "_native" })),
};
const config = { prebuilt: { tree: "py/{id}" }, repository: "https://github.com/me/tool" };
const targets = ["linux-x64-gnu", "darwin-arm64"];
const wheels = [
  "my_tool-1.2.3-cp39-abi3-macosx_11_0_arm64.whl",
  "my_tool-1.2.3-cp39-abi3-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
];

describe("package trees", () => {
  test("become wheels with the metadata of pyproject.toml, and nothing else", async () => {
    const { release, output } = await mergeDelivery(
      await deliver(await prebuiltProject({ targets, config, files })),
    );
    expect(
      release.packages.map(({ kind, name, target, file }) => [kind, name, target, file]),
    ).toEqual([
      ["wheel", "my_tool", "darwin-arm64", `wheels/${wheels[0]}`],
      ["wheel", "my_tool", "linux-x64-gnu", `wheels/${wheels[1]}`],
    ]);
    expect(release.checks.filter(({ level }) => level === "error")).toEqual([]);
    const wheel = join(output, "wheels", wheels[1] ?? "");
    const members = await listArchive(wheel);
    expect(members.map(({ name, mode }) => [name, mode.toString(8)])).toEqual([
      ["pkg/__init__.py", "644"],
      ["pkg/_native.abi3.so", "755"],
      ["pkg/cli.py", "644"],
      ["my_tool-1.2.3.dist-info/METADATA", "644"],
      ["my_tool-1.2.3.dist-info/WHEEL", "644"],
      ["my_tool-1.2.3.dist-info/entry_points.txt", "644"],
      ["my_tool-1.2.3.dist-info/licenses/LICENSE", "644"],
      ["my_tool-1.2.3.dist-info/licenses/TERMS", "644"],
      ["my_tool-1.2.3.dist-info/RECORD", "644"],
    ]);
    const name = "my_tool-1.2.3.dist-info/METADATA";
    const metadata = (await readArchiveEntries(wheel, [name])).get(name);
    const text = new TextDecoder().decode(metadata);
    expect(text).toContain("\nName: My-Tool\n");
    expect(text).toContain("\nLicense-File: TERMS\n");
    expect(text).toContain("\nRequires-Dist: click\n");
    expect(text).toContain("\nRequires-Python: >=3.9\n");
    expect(text).toMatch(/\n\n# For the index\n$/);
  });

  test("one for each Python are wheels of their own", async () => {
    const module = linuxLibrary({ module: "_native", glibc: "2.17" });
    const tagged = (version: string) =>
      treeOf(`${version}/linux-x64-gnu`, `_native.cpython-${version}-x86_64-linux-gnu.so`, module);
    const root = await prebuiltProject({
      targets: ["linux-x64-gnu"],
      config: { ...config, prebuilt: { tree: ["py/312/{id}", "py/313t/{id}"] } },
      files: { ...files, ...tagged("312"), ...tagged("313t") },
    });
    const { release } = await mergeDelivery(await deliver(root));
    expect(release.packages.map(({ file }) => /cp\d+-cp\d+t?/.exec(file)?.[0])).toEqual([
      "cp312-cp312",
      "cp313-cp313t",
    ]);
  });

  test("that two rows share give one wheel of both", async () => {
    const root = await prebuiltProject({
      targets: ["darwin-arm64", "darwin-x64"],
      config: { ...config, prebuilt: { tree: "py/both" } },
      files: {
        ...files,
        ...treeOf("both", "_native.abi3.so", universalLibrary({ module: "_native" })),
      },
    });
    const { release } = await mergeDelivery(await deliver(root));
    expect(release.packages).toHaveLength(1);
    const [wheel] = release.packages;
    expect(wheel?.file).toContain("macosx_11_0_arm64.macosx_11_0_universal2.macosx_11_0_x86_64");
    expect(wheel?.from.map(({ leg }) => leg)).toEqual(["darwin-arm64", "darwin-x64"]);
  });

  test("and commands of one target share a wheel, which for pip are two of one version", async () => {
    const root = await prebuiltProject({
      targets: ["linux-x64-gnu", "darwin-arm64"],
      config: { ...config, prebuilt: { files: "out/{id}/tool{exe}", tree: "py/{id}" } },
      files: { ...files, "pyproject.toml": pyproject.replace("tool =", "tool-py =") },
    });
    const { release, output } = await mergeDelivery(await deliver(root));
    expect(release.packages.map(({ file }) => file)).toEqual([
      "archives/tool-1.2.3-darwin-arm64.tar.gz",
      "archives/tool-1.2.3-linux-x64-gnu.tar.gz",
      ...wheels.map((name) => `wheels/${name}`),
      "archives/SHA256SUMS",
    ]);
    const members = await listArchive(join(output, "wheels", wheels[1] ?? ""));
    expect(members.map(({ name, mode }) => [name, mode.toString(8)]).slice(0, 2)).toEqual([
      ["my_tool-1.2.3.data/scripts/tool", "755"],
      ["pkg/__init__.py", "644"],
    ]);
    const wheel = release.packages.find(({ file }) => file === `wheels/${wheels[1]}`);
    expect(wheel?.from.map(({ file }) => file.replace(/-[0-9a-f]{12}$/, ""))).toEqual([
      "tool",
      "pkg-native-abi3-so",
    ]);
  });

  test("an extension module without a Python in its name is known by what it exports", async () => {
    const plain = (module?: string) => ({
      ...files,
      ...treeOf(
        "linux-x64-gnu",
        "plain.so",
        linuxLibrary(module === undefined ? { glibc: "2.17" } : { module, glibc: "2.17" }),
      ),
      "py/linux-x64-gnu/pkg/_native.abi3.so": "",
    });
    const merged = async (module?: string) => {
      const all = plain(module);
      const { "py/linux-x64-gnu/pkg/_native.abi3.so": _gone, ...rest } = all;
      return mergeDelivery(
        await deliver(await prebuiltProject({ targets: ["linux-x64-gnu"], config, files: rest })),
      );
    };
    expect((await merged()).release.packages[0]?.file).toContain("-py3-none-manylinux2014_x86_64.");
    expect((await userError(merged("plain"))).message).toMatch(/MA822 .*plain\.so.*which Python/);
    // Another module's function: a library that holds it is not imported by its own name.
    expect((await merged("another")).release.packages[0]?.file).toContain("-py3-none-");
  });

  test.each([
    [
      "linux-x64-gnu",
      "_native.abi3.so",
      linuxLibrary({ module: "_native", needed: ["libc.so.6", "libssl.so.3"], glibc: "2.17" }),
    ],
    ["windows-x64", "_native.pyd", windowsLibrary({ needed: ["python3.dll", "libssl-3.dll"] })],
    [
      "darwin-arm64",
      "_native.abi3.so",
      macosLibrary({ module: "_native", needed: "/opt/homebrew/lib/libssl.3.dylib" }),
    ],
  ])(
    "for %s with a library that is nowhere are refused, unless users have it",
    async (target, name, bytes) => {
      const more = treeOf(target, name, bytes);
      const make = async (wheel: object) => {
        const given = {
          targets: [target],
          config: { ...config, wheel },
          files: { "pyproject.toml": pyproject, ...more },
        };
        return mergeDelivery(await deliver(await prebuiltProject(given)));
      };
      expect((await userError(make({}))).message).toMatch(/MA825 .*libssl/);
      expect((await make({ exclude: ["libssl*"] })).release.packages).toHaveLength(1);
    },
  );

  test("a leg that lies about a file of its tree is refused", async () => {
    const delivery = await deliver(
      await prebuiltProject({ targets: ["linux-x64-gnu"], config, files }),
    );
    await rewriteLeg(delivery, "linux-x64-gnu", (leg) => ({
      ...leg,
      files: leg.files.map((file) => ({ ...file, kind: "other" })),
    }));
    const error = await userError(mergeDelivery(delivery));
    expect(error.message).toMatch(/MA70[067]/);
  });
});
