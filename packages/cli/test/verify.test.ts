import { appendFile, copyFile, cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { Release } from "@multiarch/contracts";
import type { Report } from "@multiarch/verify";
import { glibcProgram, linuxProgram, windowsProgram } from "../../../test/support/binaries.ts";
import { prebuiltProject } from "../../../test/support/project.ts";
import { put, temporaryFolder, tree } from "../../../test/support/temporary.ts";
import { document, type Ended, run } from "./session.ts";

const targets = ["linux-x64", "linux-arm64", "darwin-arm64", "windows-x64"];
const config = { npm: { scope: "@me" }, wheel: true };

/** Rules of all findings of a level, without repetition. */
function rules(report: Report, level: string): string[] {
  const checks = report.files.flatMap((file) => file.checks);
  return [...new Set(checks.filter((one) => one.level === level).map(({ rule }) => rule))].sort();
}

const verified = (ended: Ended): Report => document<Report>(ended);

describe("a release folder", () => {
  let made: string;
  let folder: string;
  beforeAll(async () => {
    const root = await prebuiltProject({ targets, config });
    made = await temporaryFolder();
    const ended = await run(["release", root, "--no-install-test"], made);
    expect([ended.code, ended.messages.includes("error")]).toEqual([0, false]);
  });
  beforeEach(async () => {
    folder = await temporaryFolder();
    await cp(join(made, "release"), join(folder, "release"), { recursive: true });
  });

  test("is fine as it was made, and stays as it is", async () => {
    const before = await tree(folder);
    const ended = await run(["verify", "release", "--json"], folder);
    const report = verified(ended);
    expect([ended.code, report.ok, rules(report, "error")]).toEqual([0, true, []]);
    const release = JSON.parse(before["release/release.json"] ?? "") as Release;
    const packages = release.packages.filter(({ kind }) => kind !== "sums");
    expect(report.files.map(({ path }) => path).sort()).toEqual(
      ["release", ...packages.map(({ file }) => `release/${file}`)].sort(),
    );
    expect(report.files[0]).toMatchObject({ path: "release", kind: "folder", facts: null });
    for (const { file, sha256, kind } of packages) {
      const found = report.files.find(({ path }) => path === `release/${file}`);
      expect(found).toMatchObject({ sha256, kind });
    }
    expect(await tree(folder)).toEqual(before);
  });

  test("so it is for each registry", async () => {
    for (const registry of ["npm", "pypi"]) {
      const ended = await run(["verify", "release", "--json", "--for", registry], folder);
      expect([registry, rules(verified(ended), "error")]).toEqual([registry, []]);
    }
  });

  const files = { wheels: "wheels/tool-1.2.3-py3-none-win_amd64.whl" };
  const damages: [string, string, (release: string) => Promise<void>][] = [
    ["a file that was changed", "release/hash", (at) => appendFile(join(at, files.wheels), "x")],
    ["a file that is gone", "release/absent", (at) => rm(join(at, files.wheels))],
    ["SHA256SUMS that was changed", "release/sums", (at) => put(at, { "archives/SHA256SUMS": "" })],
    ["SHA256SUMS that is gone", "release/absent", (at) => rm(join(at, "archives/SHA256SUMS"))],
    ["another plan", "release/plan", (at) => appendFile(join(at, "plan.json"), "\n")],
    ["no plan", "release/plan", (at) => rm(join(at, "plan.json"))],
    [
      "a target without any file",
      "set/target",
      async (at) => {
        await rm(join(at, files.wheels));
        await rm(join(at, "npm/me-win32-x64-1.2.3.tgz"));
        await rm(join(at, "archives/tool-1.2.3-windows-x64.zip"));
      },
    ],
  ];
  test.each(damages)("with %s fails by %s", async (_what, rule, damage) => {
    await damage(join(folder, "release"));
    const ended = await run(["verify", "release", "--json"], folder);
    expect([ended.code, verified(ended).ok]).toEqual([1, false]);
    expect(rules(verified(ended), "error")).toContain(rule);
  });

  test("a file that the release does not list is looked at, and remarked upon", async () => {
    const wheels = join(folder, "release/wheels");
    await copyFile(join(folder, "release", files.wheels), join(wheels, "tool-9-py3-none-any.whl"));
    const ended = await run(["verify", "release", "--json"], folder);
    expect(rules(verified(ended), "warning")).toContain("release/unlisted");
    expect(rules(verified(ended), "error")).toContain("wheel/metadata-version");
  });

  test("without readable documents is none", async () => {
    await writeFile(join(folder, "release/release.json"), "{}");
    const ended = await run(["verify", "release"], folder);
    expect([ended.code, ended.messages]).toEqual([1, expect.stringContaining("MA612")]);
  });
});

describe("files of any kind", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
    await put(folder, {
      "bin/tool-linux": linuxProgram("x64"),
      "bin/tool.exe": windowsProgram("x64"),
      "bin/needy": glibcProgram("arm64", "2.35"),
      "bin/README.md": "read me",
      "node_modules/other/tool.exe": windowsProgram("arm64"),
    });
  });

  test("each in one line, with what was found and a count", async () => {
    const ended = await run(["verify", "bin/", "--target", "windows-x64"], folder);
    expect(ended.code).toBe(1);
    const lines = ended.stdout.trimEnd().split("\n");
    expect(lines).toContain("bin/needy  executable: Linux arm64, needs glibc 2.35");
    expect(lines).toContain("bin/tool-linux  executable: Linux x64, static");
    expect(lines).toContain("bin/tool.exe  executable: Windows x64");
    expect(lines.some((line) => line.startsWith("  error file/target: expected"))).toBe(true);
    expect(lines).toContain("not looked at: bin/README.md");
    expect(lines.at(-1)).toMatch(/^3 files: [1-9][0-9]* errors?, [0-9]+ warnings?/);
    expect(ended.log.lines.filter((line) => !line.startsWith("debug: "))).toEqual([]);
  });

  test("--json has the fields that were promised, and nothing else is printed", async () => {
    const ended = await run(["verify", "bin/tool.exe", "--json"], folder);
    const report = verified(ended);
    expect(Object.keys(report)).toEqual(["ok", "files", "skipped", "unused"]);
    const [file] = report.files;
    expect(Object.keys(file ?? {})).toEqual(["path", "sha256", "kind", "facts", "checks"]);
    expect(file).toMatchObject({
      path: "bin/tool.exe",
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      kind: "executable",
      facts: { format: "pe", os: "windows", arch: "x64" },
    });
  });

  test("globs, and what takes away from them", async () => {
    const paths = async (...words: string[]) =>
      verified(await run(["verify", ...words, "--json"], folder)).files.map(({ path }) => path);
    expect(await paths("bin/*.exe")).toEqual(["bin/tool.exe"]);
    expect(await paths("**/tool*")).toEqual(["bin/tool-linux", "bin/tool.exe"]);
    expect(await paths("./bin/{tool-linux,tool.exe}")).toHaveLength(2);
    expect(await paths("b*")).toHaveLength(3);
    expect(await paths("bin", "!**/*.exe", "!bin/needy")).toEqual(["bin/tool-linux"]);
    expect(await paths("bin/tool.exe", "bin/*.exe", join(folder, "bin/tool.exe"))).toHaveLength(1);
    expect(await paths("node_modules/other/tool.exe")).toHaveLength(1);
  });

  test.each([
    [["bin/*.whl"], "found: no file"],
    [["bin/tool.exe", "dist"], "at dist"],
    [["bin/*.md"], "only bin/README.md"],
    [["bin/tool.exe", "!bin"], "at bin/tool.exe !bin"],
  ])("nothing at %j is an error", async (words, text) => {
    const ended = await run(["verify", ...words, "--json"], folder);
    expect([ended.code, ended.stdout]).toEqual([1, ""]);
    expect(ended.messages).toContain("MA610");
    expect(ended.messages).toContain(text);
  });

  test("a folder without anything to verify is an error", async () => {
    await mkdir(join(folder, "empty"));
    expect((await run(["verify", "empty"], folder)).messages).toContain("MA610");
  });

  test("a file that is named but is nothing known gets a note, a damaged one an error", async () => {
    await writeFile(join(folder, "cut"), linuxProgram("x64").subarray(0, 60));
    const report = verified(await run(["verify", "bin/README.md", "cut", "--json"], folder));
    expect(report.files).toMatchObject([
      { kind: "other", checks: [{ rule: "file/kind", level: "note", found: "text" }] },
      { kind: "other", checks: [{ rule: "file/damaged", level: "error" }] },
    ]);
  });

  test("a file that is nothing known serves no target", async () => {
    const ended = await run(["verify", "bin/README.md", "--target", "linux-x64", "--json"], folder);
    expect([ended.code, rules(verified(ended), "error")]).toEqual([1, ["file/kind"]]);
  });

  test("what was asked decides, and can be excluded", async () => {
    const base = ["verify", "bin/needy", "--json"];
    expect((await run(base, folder)).code).toBe(0);
    const asked = await run([...base, "--glibc", "2.28"], folder);
    expect([asked.code, rules(verified(asked), "error")]).toEqual([1, ["file/glibc"]]);
    const excluding = ["--glibc", "2.28", "--exclude", "file/glibc,wheel/arch"];
    const excluded = await run([...base, ...excluding], folder);
    expect([excluded.code, verified(excluded).unused]).toEqual([0, ["wheel/arch"]]);
    const [file] = verified(excluded).files;
    expect(file?.excluded).toMatchObject([{ rule: "file/glibc", by: "file/glibc" }]);
    const plain = await run(["verify", "bin/needy", ...excluding], folder);
    expect(plain.stdout).toContain("  excluded (file/glibc) file/glibc: expected");
    expect(plain.stdout).toContain("nothing was excluded by wheel/arch");
  });

  test("--fail-on warning", async () => {
    await copyFile(join(folder, "bin/needy"), join(folder, "bin/needy2"));
    const { files } = verified(await run(["verify", "bin/needy", "--json"], folder));
    const warns = files.some(({ checks }) => checks.some(({ level }) => level === "warning"));
    // A program without its executable bit, as files come from an artifact store.
    expect([process.platform === "win32" || warns, files.length]).toEqual([true, 1]);
    const ended = await run(["verify", "bin/needy", "--fail-on", "warning", "--json"], folder);
    expect(ended.code).toBe(warns ? 1 : 0);
  });

  test.each([
    [["verify"]],
    [["verify", "bin", "--for", "crates"]],
    [["verify", "bin", "--fail-on", "note"]],
    [["verify", "bin", "--target", "amiga"]],
    [["verify", "bin", "--glibc", "two"]],
    [["verify", "bin", "--exclude", ","]],
  ])("wrong usage: %j", async (words) => {
    const ended = await run(words, folder);
    expect([ended.code, ended.stdout]).toEqual([2, ""]);
  });

  test("a release folder is found whether or not a slash ends its name", async () => {
    await put(folder, { "made/release.json": "{}" });
    for (const name of ["made", "made/"]) {
      expect((await run(["verify", name], folder)).messages).toContain("MA612");
    }
    expect(await readFile(join(folder, "made/release.json"), "utf8")).toBe("{}");
  });
});
