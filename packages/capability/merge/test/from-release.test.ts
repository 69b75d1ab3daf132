import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { readArchiveEntries } from "@multiarch/archive";
import { digest, parseDocument } from "@multiarch/contracts";
import { silentLog } from "@multiarch/diagnostics";
import { foreignWishes } from "@multiarch/merge";
import { directoryTransport } from "@multiarch/transport";
import { addonFor } from "../../../../test/support/addons.ts";
import { glibcProgram, linuxProgram, programFor } from "../../../../test/support/binaries.ts";
import { put, temporaryFolder, tree, userError } from "../../../../test/support/temporary.ts";
import {
  five,
  madeFiles,
  mergeFiles,
  mergeFolder,
  namelessPrograms,
  said,
} from "./support/foreign.ts";

const tool = { tool: linuxProgram("x64") };
const nothing = { name: null, version: null } as const;

describe("five files with a name and a version", () => {
  test("become npm packages, wheels and archives", async () => {
    const made = await mergeFiles(namelessPrograms());
    expect(madeFiles(made, "npm")).toEqual(
      ["", "-darwin-arm64", "-darwin-x64", "-linux-arm64", "-linux-x64", "-win32-x64"]
        .map((suffix) => `npm/tool${suffix}-1.2.3.tgz`)
        .sort(),
    );
    expect(madeFiles(made, "wheel")).toHaveLength(5);
    expect(madeFiles(made, "archive")).toHaveLength(5);
    expect(madeFiles(made, "sums")).toEqual(["archives/SHA256SUMS"]);
  });

  test("become nothing where every kind is left out, which is no release", async () => {
    const overrides = { npm: false, wheel: false, archive: false } as const;
    const error = await userError(mergeFiles(tool, { overrides }));
    expect(error.id).toBe("MA711");
  });

  test("give a release folder of the usual form", async () => {
    const { output, release } = await mergeFiles(namelessPrograms());
    const names = Object.keys(await tree(output));
    const legs = five.flatMap((id) => [
      `legs/${id}/files/tool/tool${id.startsWith("windows") ? ".exe" : ""}`,
      `legs/${id}/leg.json`,
    ]);
    const files = release.packages.map(({ file }) => file);
    expect(names.sort()).toEqual([...legs, ...files, "plan.json", "release.json"].sort());
    const plan = parseDocument("plan", await readFile(join(output, "plan.json")), "plan.json");
    expect([plan.unknown, plan.sha256]).toEqual([[], release.plan.sha256]);
    expect(plan.value.rows.map(({ target, builder }) => [target, builder])).toEqual(
      [...five].sort().map((id) => [id, "prebuilt"]),
    );
    for (const { row, sha256 } of release.legs) {
      const bytes = await readFile(join(output, "legs", row, "leg.json"));
      expect([digest(bytes), parseDocument("leg", bytes, row).unknown]).toEqual([sha256, []]);
    }
    expect(release.publish.allowed).toBe(false);
  });

  test("are the same bytes under other names, in other folders, and in an archive", async () => {
    const one = await mergeFiles(namelessPrograms());
    const renamed = Object.fromEntries(
      [...five].reverse().map((id, index) => [`${index}/x/program${index}-${id}`, programFor(id)]),
    );
    const other = await mergeFiles(renamed, { overrides: { bins: ["tool"] } });
    const config = (release: typeof one.release) => ({ ...release, plan: null, legs: null });
    const packages = (made: typeof one) => made.release.packages;
    expect(packages(other)).toEqual(packages(one));
    expect(config(other.release)).toEqual(config(one.release));
    const again = await mergeFiles(
      Object.fromEntries(five.map((id, index) => [`later/file${"zyxwv"[index]}`, programFor(id)])),
    );
    expect(await tree(again.output)).toEqual(await tree(one.output));
  });
});

describe("name and version", () => {
  test("come from a manifest in the folder or above it", async () => {
    const manifest = { name: "@me/widget", version: "4.5.6", license: "MIT", bin: "x.js" };
    const folder = await temporaryFolder();
    await put(folder, { "package.json": JSON.stringify(manifest), "dist/deep/tool": tool.tool });
    const { release } = await mergeFolder(folder, { ...nothing, from: ["dist/deep"] });
    expect([release.project.name, release.project.version]).toEqual(["widget", "4.5.6"]);
    await put(folder, { "dist/Cargo.toml": '[package]\nname = "crate"\nversion = "7.8.9"\n' });
    const nearer = await mergeFolder(folder, { ...nothing, from: ["dist"] });
    expect([nearer.release.project.name, nearer.release.project.version]).toEqual([
      "crate",
      "7.8.9",
    ]);
  });

  test("are said to differ where a manifest says another version; the user's counts", async () => {
    const folder = await temporaryFolder();
    await put(folder, {
      "package.json": '{"name":"tool","version":"1.0.0","license":"ISC"}',
      "dist/tool": tool.tool,
    });
    const made = await mergeFolder(folder);
    expect(made.release.project.version).toBe("1.2.3");
    expect(said(made, "warning")).toEqual([
      expect.stringMatching(/package\.json says version 1\.0\.0; 1\.2\.3 is what was asked for/),
    ]);
  });

  test("of another project's manifest do not count, nor does anything else in it", async () => {
    const folder = await temporaryFolder();
    await put(folder, {
      "package.json": '{"name":"other","version":"1.0.0","license":"GPL-3.0-only"}',
      LICENSE: "of the other project\n",
      "dist/tool": tool.tool,
    });
    const made = await mergeFolder(folder);
    expect(said(made, "notice")).toEqual(
      expect.arrayContaining([expect.stringMatching(/is for other and not for tool/)]),
    );
    const main = join(made.output, "npm/tool-1.2.3.tgz");
    const files = await readArchiveEntries(main, ["package/package.json"]);
    const text = Buffer.from(files.get("package/package.json") ?? []).toString();
    expect(text).not.toMatch(/GPL|other/);
    expect(Object.values(await tree(join(made.output, "legs"))).join()).not.toContain(
      "of the other",
    );
  });

  test("that nobody says are asked for, each", async () => {
    const noName = await userError(mergeFiles(tool, nothing));
    const noVersion = await userError(mergeFiles(tool, { version: null }));
    expect([noName.id, noVersion.id]).toEqual(["MA739", "MA739"]);
    expect(noName.message).toContain("nothing says the name");
    expect(noVersion.message).toContain("nothing says the version of tool");
  });

  test("come from the tag at the commit of a Go project", async () => {
    const folder = await temporaryFolder();
    await put(folder, { "go.mod": "module example.com/gopher\n", "dist/tool": tool.tool });
    const git = (...args: string[]): void => {
      const identity = ["-c", "user.name=t", "-c", "user.email=t@example.com"];
      execFileSync("git", [...identity, ...args], { cwd: folder, stdio: "ignore" });
    };
    git("init", "--quiet");
    git("add", "go.mod");
    git("commit", "--quiet", "--message", "one");
    git("tag", "v3.2.1");
    const environment = process.env;
    const { release } = await mergeFolder(folder, { ...nothing, environment });
    expect([release.project.name, release.project.version]).toEqual(["gopher", "3.2.1"]);
    expect(release.project.commit).toMatch(/^[0-9a-f]{40}$/);
  });

  test("of a scope name the main package", async () => {
    const { name, overrides } = foreignWishes({ name: "@me/tool" });
    const made = await mergeFiles(tool, { name, overrides });
    const npm = made.release.packages.filter(({ kind }) => kind === "npm");
    expect(npm.map((one) => one.name).sort()).toEqual(["@me/tool", "@me/tool-linux-x64"]);
  });
});

describe("the configuration", () => {
  test("says targets, commands and what is made", async () => {
    const folder = await temporaryFolder();
    await put(folder, {
      "multiarch.yml": [
        "name: tool",
        "version: 2.0.0",
        "builder: go",
        "build: { command: [make] }",
        "bins: [program]",
        "wheel: false",
        'npm: { scope: "@me" }',
        "targets: [linux-x64, { id: linux-arm64, optional: true }]",
        "",
      ].join("\n"),
      "dist/x": tool.tool,
    });
    const { release, taken } = await mergeFolder(folder, nothing);
    expect(taken.map(({ target, name }) => [target, name])).toEqual([["linux-x64", "program"]]);
    expect(release.missing.map(({ target, allowedBy }) => [target, allowedBy])).toEqual([
      ["linux-arm64", "optional in the configuration"],
    ]);
    expect(release.packages.map(({ name }) => name).sort()).toEqual([
      "@me/linux-x64",
      "SHA256SUMS",
      "tool",
      "tool-2.0.0-linux-x64.tar.gz",
    ]);
  });

  test("may hold several packages, each with its commands", async () => {
    const folder = await temporaryFolder();
    await put(folder, {
      "multiarch.yml":
        "name: both\nversion: 1.0.0\npackages: [{ name: one, bins: [a] }, { name: two, bins: [b, c] }]\n",
      "dist/a": linuxProgram("x64", { label: "a" }),
      "dist/b": linuxProgram("x64", { label: "b" }),
      "dist/c": linuxProgram("x64", { label: "c" }),
    });
    const made = await mergeFolder(folder, nothing);
    expect(madeFiles(made, "archive")).toEqual([
      "archives/one-1.0.0-linux-x64.tar.gz",
      "archives/two-1.0.0-linux-x64.tar.gz",
    ]);
  });

  test("or the user may set a floor for glibc; without it the need is a fact", async () => {
    const files = { tool: glibcProgram("x64", "2.39") };
    const made = await mergeFiles(files);
    expect(madeFiles(made, "wheel")).toEqual([
      "wheels/tool-1.2.3-py3-none-manylinux_2_39_x86_64.whl",
    ]);
    const error = await userError(mergeFiles(files, { overrides: { glibc: "2.28" } }));
    expect(error.message).toMatch(/made\/glibc-floor[\s\S]*at most glibc 2\.28[\s\S]*2\.39/);
  });
});

test("addons are told by their endings and packaged for npm", async () => {
  const files = {
    "tool.linux-x64-gnu.node": addonFor("linux-x64-gnu"),
    "tool.darwin-arm64.node": addonFor("darwin-arm64"),
  };
  const made = await mergeFiles(files);
  expect(made.taken.map(({ target, name }) => `${target} ${name}`)).toEqual([
    "darwin-arm64 tool.node",
    "linux-x64-gnu tool.node",
  ]);
  expect(madeFiles(made, "npm")).toEqual([
    "npm/tool-1.2.3.tgz",
    "npm/tool-darwin-arm64-1.2.3.tgz",
    "npm/tool-linux-x64-gnu-1.2.3.tgz",
  ]);
  expect(madeFiles(made, "wheel")).toEqual([]);
});

describe("wheels that others made", () => {
  test("are taken as they are, and no others are made beside them", async () => {
    const first = await mergeFiles({ tool: tool.tool });
    const wheels = madeFiles(first, "wheel");
    const bytes = await readFile(join(first.output, wheels[0] ?? ""));
    const name = (wheels[0] ?? "").slice("wheels/".length);
    const made = await mergeFiles({ ...tool, [`sub/${name}`]: bytes });
    expect(madeFiles(made, "wheel")).toEqual(wheels);
    expect((await readFile(join(made.output, wheels[0] ?? ""))).equals(bytes)).toBe(true);
    // The program inside is the same file, so nothing contradicts.
    expect(made.taken.map(({ target }) => target)).toEqual(["linux-x64"]);
    const alone = await mergeFiles({ [name]: bytes });
    expect(madeFiles(alone, "npm")).toHaveLength(2);
    expect(madeFiles(alone, "wheel")).toEqual(wheels);
  });

  test("of another project or version are refused", async () => {
    const first = await mergeFiles({ tool: tool.tool });
    const [wheel = ""] = madeFiles(first, "wheel");
    const files = { [wheel.slice(7)]: await readFile(join(first.output, wheel)) };
    expect((await userError(mergeFiles(files, { version: "1.2.4" }))).id).toBe("MA722");
    expect((await userError(mergeFiles(files, { name: "other" }))).id).toBe("MA721");
  });
});

describe("artifacts of the run", () => {
  const stored = async (): Promise<{ store: string; cwd: string }> => {
    const folder = await temporaryFolder();
    for (const id of ["linux-x64", "darwin-x64"]) {
      await put(join(folder, "store", `bin-${id}`), { tool: programFor(id) });
    }
    await put(join(folder, "store", "other"), { tool: programFor("windows-x64") });
    await put(join(folder, "cwd"), { "notes.txt": "" });
    return { store: join(folder, "store"), cwd: join(folder, "cwd") };
  };

  test("are taken by a pattern, or by a word of from that names no file", async () => {
    const { store, cwd } = await stored();
    const transport = directoryTransport(store, silentLog);
    const byPattern = await mergeFolder(cwd, {
      from: [],
      artifacts: { transport, patterns: ["bin-*"] },
    });
    const byWord = await mergeFolder(cwd, {
      from: ["bin-*"],
      artifacts: { transport, patterns: [] },
    });
    for (const { taken } of [byPattern, byWord]) {
      expect(taken.map(({ target, file }) => `${target} ${file}`)).toEqual([
        "darwin-x64 bin-darwin-x64 › tool",
        "linux-x64 bin-linux-x64 › tool",
      ]);
    }
  });

  test("that are not there are an error with those that are", async () => {
    const { store, cwd } = await stored();
    const artifacts = { transport: directoryTransport(store, silentLog), patterns: ["bim-*"] };
    const error = await userError(mergeFolder(cwd, { from: [], artifacts }));
    expect([error.id, error.details.found]).toEqual([
      "MA730",
      "bin-darwin-x64, bin-linux-x64, other",
    ]);
  });
});

test("a folder that was merged before is replaced as a whole, and kept on an error", async () => {
  const folder = await temporaryFolder();
  await put(join(folder, "dist"), namelessPrograms());
  const output = join(folder, "release");
  await mergeFolder(folder, { output });
  const before = await tree(output);
  await put(join(folder, "dist"), { "tool-linux": linuxProgram("x64", { label: "new" }) });
  await userError(mergeFolder(folder, { output, overrides: { targets: ["linux-x64"] } }));
  expect(await tree(output)).toEqual(before);
});
