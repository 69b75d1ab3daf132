import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { buildWheel, normalizedName, type WheelRequest } from "../src/index.ts";
import { glibc, meta, settings, temporary, unzip, windows, written } from "./fixtures.ts";

async function build(changes: Partial<WheelRequest> = {}) {
  const binaries = changes.binaries ?? [await written()];
  const request = { settings, meta, outputFolder: await temporary(), ...changes, binaries };
  const wheel = await buildWheel(request);
  const members = await unzip(wheel.file);
  const text = (name: string) =>
    members.find((member) => member.name === name)?.content.toString() ?? "";
  return { wheel, members, text, request };
}

describe("a wheel of one static executable", () => {
  test("has the normalised name, sorted tags, and describes itself last", async () => {
    const { wheel, members } = await build();
    expect(basename(wheel.file)).toBe(
      "my_tool-1.2.3-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.musllinux_1_1_x86_64.musllinux_1_2_x86_64.whl",
    );
    expect(wheel).toMatchObject({ name: "my_tool", version: "1.2.3", target: "linux-x64" });
    expect(members.map(({ name, mode }) => [name, mode.toString(8)])).toEqual([
      ["my_tool-1.2.3.data/scripts/tool", "100755"],
      ["my_tool-1.2.3.dist-info/METADATA", "100644"],
      ["my_tool-1.2.3.dist-info/WHEEL", "100644"],
      ["my_tool-1.2.3.dist-info/licenses/LICENSE", "100644"],
      ["my_tool-1.2.3.dist-info/RECORD", "100644"],
    ]);
    expect(members[0]?.content.toString()).toBe("bytes of tool for linux-x64");
    // The index refuses a zip with data descriptors (bit 3).
    expect(members.map(({ flags }) => flags & 8)).toEqual([0, 0, 0, 0, 0]);
  });

  test("says where its bytes came from, and its own hash", async () => {
    const { wheel, request } = await build();
    const bytes = await readFile(wheel.file);
    expect(wheel.size).toBe(bytes.byteLength);
    expect(wheel.sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
    expect(wheel.from).toEqual([
      { leg: "linux-x64", file: "tool", sha256: request.binaries[0]?.sha256 },
    ]);
  });

  test("METADATA", async () => {
    expect((await build()).text("my_tool-1.2.3.dist-info/METADATA")).toBe(`Metadata-Version: 2.4
Name: My.Tool
Version: 1.2.3
Summary: A tool
License-Expression: MIT OR Apache-2.0
License-File: LICENSE
Requires-Python: >=3.8
Project-URL: Homepage, https://tool.example
Project-URL: Repository, https://code.example/me/tool
Description-Content-Type: text/markdown; charset=UTF-8

# Tool

It works.
`);
  });

  test("WHEEL has one line for each tag of the name", async () => {
    const { text, wheel } = await build();
    const lines = text("my_tool-1.2.3.dist-info/WHEEL").trim().split("\n");
    expect(lines).toContain("Root-Is-Purelib: false");
    expect(lines.filter((line) => line.startsWith("Tag: "))).toEqual(
      wheel.tags.map((tag) => `Tag: py3-none-${tag}`),
    );
  });

  test("RECORD lists every file with its hash, itself without", async () => {
    const { members, text } = await build();
    const lines = text("my_tool-1.2.3.dist-info/RECORD").trim().split("\n");
    const expected = members.slice(0, -1).map(({ name, content }) => {
      const hash = createHash("sha256").update(content).digest("base64url");
      return `${name},sha256=${hash},${content.byteLength}`;
    });
    expect(lines).toEqual([...expected, "my_tool-1.2.3.dist-info/RECORD,,"]);
  });
});

test("the same input gives the same bytes, in another order of commands too", async () => {
  const binaries = [await written({}, "b"), await written({}, "a")];
  const one = await build({ binaries });
  const other = await build({ binaries: [...binaries].reverse() });
  expect(other.wheel.sha256).toBe(one.wheel.sha256);
  expect(one.members.slice(0, 2).map(({ name }) => basename(name))).toEqual(["a", "b"]);
});

test("a name with a comma is quoted in RECORD", async () => {
  const licenses = [{ name: "LICENSE, old", content: new Uint8Array() }];
  const { text } = await build({ meta: { ...meta, licenses } });
  expect(text("my_tool-1.2.3.dist-info/RECORD")).toContain(
    '"my_tool-1.2.3.dist-info/licenses/LICENSE, old",sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0',
  );
});

test("Windows commands end with .exe", async () => {
  const { members, wheel } = await build({ binaries: [await written(windows)] });
  expect(members[0]?.name).toBe("my_tool-1.2.3.data/scripts/tool.exe");
  expect(wheel.tags).toEqual(["win_amd64"]);
});

test("a prerelease has Python's spelling everywhere", async () => {
  const { wheel, text } = await build({ meta: { ...meta, version: "1.2.3-rc.1" } });
  expect(basename(wheel.file)).toMatch(/^my_tool-1\.2\.3rc1-py3-none-/);
  expect(text("my_tool-1.2.3rc1.dist-info/METADATA")).toContain("\nVersion: 1.2.3rc1\n");
});

describe("metadata that is odd", () => {
  const metadata = async (changes: Partial<typeof meta>) =>
    (await build({ meta: { ...meta, ...changes } })).text("my_tool-1.2.3.dist-info/METADATA");

  test("a description cannot add a header", async () => {
    const found = await metadata({ description: "A tool\r\nName: other\n\nbody" });
    expect(found).toContain("\nSummary: A tool Name: other body\n");
    expect(found.match(/^Name:/gm)).toHaveLength(1);
  });

  test("a long one is shortened to what the index takes", async () => {
    const found = await metadata({ description: "x".repeat(600) });
    expect(/^Summary: (.*)$/m.exec(found)?.[1]).toBe(`${"x".repeat(511)}…`);
  });

  test("a licence that is no expression travels as text, never beside one", async () => {
    const found = await metadata({ license: "Proprietary, all rights reserved" });
    expect(found).toContain("\nLicense: Proprietary, all rights reserved\n");
    expect(found).not.toContain("License-Expression");
  });

  test("nothing but the name is needed", async () => {
    const nothing = { description: null, license: null, repository: null, homepage: null };
    expect(await metadata({ ...nothing, readme: null, licenses: [] })).toBe(
      "Metadata-Version: 2.4\nName: My.Tool\nVersion: 1.2.3\nRequires-Python: >=3.8\n",
    );
  });

  test("only web addresses are links", async () => {
    const found = await metadata({
      repository: "git+https://code.example/me/tool.git",
      homepage: "ssh://x",
    });
    expect(found.match(/^Project-URL: .*$/gm)).toEqual([
      "Project-URL: Repository, https://code.example/me/tool.git",
    ]);
  });

  test.each([
    ["README.rst", "text/x-rst"],
    ["README", "text/plain"],
    ["readme.MD", "text/markdown"],
  ])("%s is %s", async (name, type) => {
    const content = new Uint8Array([0xef, 0xbb, 0xbf, 0x68, 0x69]);
    const found = await metadata({ readme: { name, content } });
    expect(found).toContain(`\nDescription-Content-Type: ${type}; charset=UTF-8\n\nhi`);
  });
});

describe("the module", () => {
  const module = { ...settings, module: true };

  test("finds the executable by its file's name", async () => {
    const { members, text } = await build({
      settings: module,
      binaries: [await written(windows)],
    });
    expect(members.map(({ name }) => name).slice(1, 3)).toEqual([
      "my_tool/__init__.py",
      "my_tool/__main__.py",
    ]);
    expect(text("my_tool/__init__.py")).toContain('os.path.join(place, "tool.exe")');
    expect(text("my_tool-1.2.3.dist-info/RECORD")).toContain("my_tool/__init__.py,sha256=");
  });

  test("of several commands starts the one of its own name", async () => {
    const both = [await written({}, "another"), await written({}, "my-tool")];
    const { text } = await build({ settings: module, binaries: both });
    expect(text("my_tool/__init__.py")).toContain('"my-tool"');
    const neither = [await written({}, "a"), await written({}, "b")];
    await expect(build({ settings: module, binaries: neither })).rejects.toThrow(/MA824/);
  });

  test("needs a name that Python can import", async () => {
    await expect(build({ settings: { ...module, name: "7zip" } })).rejects.toThrow(/MA823/);
  });
});

describe("what is refused", () => {
  test("executables of two targets, none, twice the same command, a path for a name", async () => {
    const tool = await written();
    const other = await written({}, "other", "linux-x64-musl");
    await expect(build({ binaries: [tool, other] })).rejects.toThrow(/MA824/);
    await expect(build({ binaries: [] })).rejects.toThrow(/MA824/);
    await expect(build({ binaries: [tool, tool] })).rejects.toThrow(/MA824/);
    await expect(build({ binaries: [{ ...tool, bin: "../tool" }] })).rejects.toThrow(/MA824/);
  });

  test("a target without a tag, with the reason", async () => {
    const binaries = [await written({ os: "freebsd" }, "tool", "freebsd-x64")];
    await expect(build({ binaries })).rejects.toThrow(/MA822 .*freebsd-x64: .*freebsd/);
  });

  test("a library that the tag does not promise, by name", async () => {
    const binaries = [await written({ ...glibc("2.17"), needed: ["libc.so.6", "libssl.so.3"] })];
    await expect(build({ binaries })).rejects.toThrow(/MA825 .*libssl\.so\.3/);
  });

  test("a name or a requirement that the index refuses", async () => {
    for (const name of ["", "-a", "a b", "a/b", "ä"]) {
      await expect(build({ settings: { ...settings, name } })).rejects.toThrow(/MA823/);
    }
    for (const requiresPython of ["", "3.8", ">=3.8\nName: x", "~3"]) {
      await expect(build({ settings: { ...settings, requiresPython } })).rejects.toThrow(/MA826/);
    }
  });
});

test("names in file names", () => {
  expect(["My.Tool", "a--b__c", "x"].map(normalizedName)).toEqual(["my_tool", "a_b_c", "x"]);
});
