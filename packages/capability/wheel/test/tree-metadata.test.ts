import { describe, expect, test } from "@jest/globals";
import type { PythonMetadata } from "@multiarch/project";
import fc from "fast-check";
import { entryPointsFile } from "../src/entry-points.ts";
import { metadataFile } from "../src/metadata.ts";
import { settings, meta as usual } from "./fixtures.ts";
import { build, file, module } from "./trees.ts";

describe("metadata from the manifest", () => {
  const said: PythonMetadata = {
    description: "Said there",
    license: "MIT",
    authors: [
      { name: "Ann Other", email: null },
      { name: "Bob, Jr.", email: "bob@mail.example" },
      { name: null, email: "x@mail.example" },
    ],
    maintainers: [{ name: "Team", email: "team@mail.example" }],
    keywords: ["one", "two, three"],
    classifiers: [
      "Topic :: Utilities",
      "License :: OSI Approved :: MIT License",
      "Topic :: Utilities",
    ],
    urls: [
      { label: "Source Code", url: "https://code.example/me/tool" },
      { label: "Mail", url: "mailto:x" },
    ],
    dependencies: ["click>=8", 'tomli; python_version < "3.11"'],
    extras: {
      Fast_IO: ["uvloop", 'x; sys_platform == "linux" or os_name == "posix"'],
      dev: ["lib @ https://a.example/x;y.whl ; python_version > '3'"],
    },
    entryPoints: {
      console_scripts: { tool: "pkg.cli:main", "a-b": "pkg:run [fast]" },
      "tool.plugins": { own: "pkg.cli", foreign: "elsewhere.plugin" },
    },
    readme: null,
    readmeText: null,
    readmeType: "text/markdown",
  };
  const files = [...module("_native.abi3.so"), file("pkg/cli.py")];

  test("every header", async () => {
    const { text } = await build(files, { metadata: said });
    expect(text("METADATA")).toBe(
      `Metadata-Version: 2.4
Name: My.Tool
Version: 1.2.3
Summary: Said there
Keywords: one,two  three
Author: Ann Other
Author-email: "Bob, Jr." <bob@mail.example>, x@mail.example
Maintainer-email: Team <team@mail.example>
License-Expression: MIT
License-File: LICENSE
Classifier: Topic :: Utilities
Requires-Dist: click>=8
Requires-Dist: tomli; python_version < "3.11"
Provides-Extra: fast-io
Requires-Dist: uvloop ; extra == 'fast-io'
Requires-Dist: x ; (sys_platform == "linux" or os_name == "posix") and extra == 'fast-io'
Provides-Extra: dev
Requires-Dist: lib @ https://a.example/x;y.whl ; (python_version > '3') and extra == 'dev'
Requires-Python: >=3.8
Project-URL: Source Code, https://code.example/me/tool
Project-URL: Homepage, https://tool.example
Description-Content-Type: text/markdown; charset=UTF-8

# Tool

It works.
`.replace("two  three", "two three"),
    );
  });

  test("a classifier of a licence stays where no expression says it", async () => {
    const { text } = await build(files, { metadata: { ...said, license: "Proprietary stuff" } });
    expect(text("METADATA")).toContain("\nClassifier: License :: OSI Approved :: MIT License\n");
  });

  test("entry points, sorted, are in RECORD", async () => {
    const { text } = await build(files, { metadata: said });
    expect(text("entry_points.txt")).toBe(`[console_scripts]
a-b = pkg:run [fast]
tool = pkg.cli:main

[tool.plugins]
foreign = elsewhere.plugin
own = pkg.cli
`);
    expect(text("RECORD")).toContain("my_tool-1.2.3.dist-info/entry_points.txt,sha256=");
  });

  test.each([
    [{ console_scripts: { tool: "pkg.missing:main" } }, "a module whose file is not there"],
    [{ console_scripts: { tool: "pkg.cli" } }, "a command without a function"],
    [{ console_scripts: { tool: "other.cli:main" } }, "a command of another distribution"],
    [{ console_scripts: { tool: "pkg.cli:main; rm" } }, "no reference at all"],
    [{ console_scripts: { "a = b": "pkg.cli:main" } }, "a name that ends the line"],
    [{ "tool.plugins": { own: "pkg.none" } }, "a plugin whose module is not there"],
    [{ "a]\n[b": { own: "pkg.cli" } }, "a group that ends the section"],
  ])("%j is refused: %s", async (entryPoints: PythonMetadata["entryPoints"], _why) => {
    await expect(build(files, { metadata: { ...said, entryPoints } })).rejects.toThrow(/MA827/);
  });

  test("a module may be an extension", async () => {
    const entryPoints = { console_scripts: { tool: "pkg._native:main" } };
    const { text } = await build(files, {
      metadata: { ...said, entryPoints },
    });
    expect(text("entry_points.txt")).toContain("tool = pkg._native:main");
  });
});

test("whatever the manifest says, each value stays inside its own header", () => {
  const word = fc.string({ unit: "binary" });
  const words = fc.array(word, { maxLength: 3 });
  const person = fc.record({ name: word, email: fc.option(word) });
  const said = fc.record({
    description: fc.option(word),
    license: fc.option(word),
    authors: fc.array(person, { maxLength: 2 }),
    maintainers: fc.array(person, { maxLength: 2 }),
    keywords: words,
    classifiers: words,
    urls: fc.array(fc.record({ label: word, url: fc.webUrl() }), { maxLength: 2 }),
    dependencies: words,
    extras: fc.dictionary(word, words, { maxKeys: 2 }),
  });
  const fields =
    /^(?:Metadata-Version|Name|Version|Summary|Keywords|(?:Author|Maintainer)(?:-email)?|License(?:-Expression|-File)?|Classifier|Requires-(?:Dist|Python)|Provides-Extra|Project-URL|Description-Content-Type): \S/;
  fc.assert(
    fc.property(said, (given) => {
      const metadata = {
        ...given,
        entryPoints: {},
        readme: null,
        readmeText: null,
        readmeType: null,
      };
      const bytes = metadataFile({ ...settings, metadata }, { ...usual, readme: null }, "1.2.3");
      const lines = new TextDecoder().decode(bytes).split("\n");
      expect(lines.pop()).toBe("");
      for (const line of lines) expect(line).toMatch(fields);
      expect(lines.filter((line) => line.startsWith("Name:"))).toEqual(["Name: My.Tool"]);
    }),
  );
});

test("no entry points, no file", () => {
  expect(entryPointsFile({})).toBeNull();
});
