import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { type Leg, parseDocument, type Release } from "@multiarch/contracts";
import { linuxProgram } from "../../../test/support/binaries.ts";
import { deliver } from "../../../test/support/delivery.ts";
import { commandProject, prebuiltProject } from "../../../test/support/project.ts";
import { put, temporaryFolder, tree } from "../../../test/support/temporary.ts";
import { document, run } from "./session.ts";

const targets = ["linux-x64", "linux-arm64", "darwin-arm64", "windows-x64"];
const flags = ["--no-install-test"];
const config = { npm: { scope: "@me" }, wheel: true };

describe("release", () => {
  let root: string;
  let folder: string;
  beforeAll(async () => {
    root = await prebuiltProject({ targets, config });
  });
  beforeEach(async () => {
    folder = await temporaryFolder();
  });

  test("makes the folder, and shows what is in it", async () => {
    const ended = await run(["release", root, ...flags], folder);
    expect(ended.code).toBe(0);
    expect(ended.stdout).toMatch(/^target +where +how +why +size +glibc +ran +time$/m);
    expect(ended.stdout).toMatch(/^windows-x64 +this machine/m);
    expect(ended.stdout).toContain("tool-1.2.3-darwin-arm64.tar.gz");
    expect(ended.stdout).toMatch(/^release\/ in \d+\.\d s$/m);
    // Progress goes elsewhere: one line a step.
    for (const target of targets) {
      expect(ended.log.lines).toContain(`info: ${target}: compile`);
      expect(ended.messages).toContain(`info: ${target}: done (`);
    }
    expect(ended.stdout).not.toContain(": compile");
    expect(await readdir(folder)).toEqual(["release"]);
    const parts = ["archives", "legs", "npm", "plan.json", "release.json", "wheels"];
    expect((await readdir(join(folder, "release"))).sort()).toEqual(parts);
  });

  test("--json prints the release and nothing else", async () => {
    const ended = await run(["release", root, ...flags, "--json", "--out", "a/b"], folder);
    expect(ended.code).toBe(0);
    const text = await readFile(join(folder, "a/b/release.json"));
    expect(document(ended)).toEqual(parseDocument("release", text, "release.json").value);
  });

  test("a second run gives the same bytes, one build after the other or all at once", async () => {
    expect((await run(["release", root, ...flags, "--jobs", "1"], folder)).code).toBe(0);
    const first = await tree(join(folder, "release"));
    expect((await run(["release", root, ...flags, "--jobs", "4"], folder)).code).toBe(0);
    expect(await tree(join(folder, "release"))).toEqual(first);
  });

  test("only some targets", async () => {
    const args = ["release", root, ...flags, "--json", "--targets", "linux/arm64"];
    const release = document<Release>(await run(args, folder));
    expect(release.legs.map(({ row }) => row)).toEqual(["linux-arm64"]);
    const names = release.packages.filter(({ kind }) => kind === "npm").map(({ name }) => name);
    expect(names).toEqual(["@me/linux-arm64", "tool"]);
  });
});

describe("a release that fails", () => {
  const programs = { "linux-arm64": linuxProgram("x64") };

  test("leaves an earlier release as it was, byte for byte, and nothing beside it", async () => {
    const root = await prebuiltProject({ targets, config });
    const folder = await temporaryFolder();
    expect((await run(["release", root, ...flags], folder)).code).toBe(0);
    const before = await tree(folder);
    await put(join(root, "out/linux-arm64"), { tool: linuxProgram("x64") });
    const ended = await run(["release", root, ...flags, "--json"], folder);
    expect([ended.code, ended.stdout]).toEqual([1, ""]);
    expect(await tree(folder)).toEqual(before);
    expect(await readdir(folder)).toEqual(["release"]);
  });

  test("repeats what the leg said, once", async () => {
    const root = await prebuiltProject({ targets, programs });
    const { code, log } = await run(["release", ...flags], root);
    expect(code).toBe(1);
    const errors = log.lines.filter((line) => line.startsWith("error: "));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain("MA705 the leg of linux-arm64 failed");
    expect(errors[0]).toContain("MA311 files/tool/tool is not what linux-arm64 asks for");
    expect(errors[0]).toContain("found: x64");
  });

  test("does not when the target is optional, or may be missing", async () => {
    const optional = ["linux-x64", { id: "linux-arm64", optional: true }];
    const first = await run(
      ["release", ...flags],
      await prebuiltProject({ targets: optional, programs }),
    );
    expect(first.code).toBe(0);
    expect(first.stdout).toContain("missing: linux-arm64: MA311");
    expect(first.stdout).toContain("(optional in the configuration)");
    const allowed = [...flags, "--allow-missing", "linux/arm64"];
    const second = await run(["release", ...allowed], await prebuiltProject({ targets, programs }));
    expect([second.code, second.messages]).toEqual([0, expect.not.stringContaining("error:")]);
    expect(second.stdout).toContain("(allow-missing)");
  });

  test("is refused before anything is built when the folder is not ours", async () => {
    const root = await commandProject({
      targets: ["linux-x64"],
      script: 'require("fs").writeFileSync("built", "")',
    });
    await put(join(root, "release"), { "notes.txt": "mine" });
    const { code, messages } = await run(["release", ...flags], root);
    expect(code).toBe(1);
    expect(messages).toContain("MA713");
    expect(messages).toContain("found: notes.txt");
    expect(Object.keys(await tree(root))).not.toContain("built");
    expect(await tree(join(root, "release"))).toEqual({ "notes.txt": "mine" });
  });
});

describe("build", () => {
  test("leaves each leg in a folder of its own, and names the files", async () => {
    const root = await prebuiltProject({ targets });
    const list = "linux-x64,windows-x64";
    const { code, stdout } = await run(["build", "--targets", list], root);
    expect(code).toBe(0);
    expect(stdout.trim().split("\n")).toEqual([
      join(root, "legs/linux-x64/files/tool/tool"),
      join(root, "legs/windows-x64/files/tool/tool.exe"),
    ]);
    expect(await readdir(join(root, "legs/linux-x64"))).toEqual(["files", "leg.json"]);
  });

  test("--json prints one document: the leg, or all of several", async () => {
    const root = await prebuiltProject({ targets });
    const one = await run(["build", "--json", "--targets", "linux-x64"], root);
    expect(document<Leg>(one)).toMatchObject({ row: "linux-x64", result: "ok" });
    const several = await run(["build", "--json", "--targets", "linux-x64,linux-arm64"], root);
    expect(document<Leg[]>(several).map(({ row }) => row)).toEqual(["linux-arm64", "linux-x64"]);
  });

  test("ends with 1 when a leg failed; the document says why", async () => {
    const root = await prebuiltProject({ targets, programs: { "linux-x64": null } });
    const ended = await run(["build", "--json", "--targets", "linux-x64"], root);
    expect(ended.code).toBe(1);
    expect(document<Leg>(ended)).toMatchObject({ result: "failed", error: { code: "MA306" } });
    expect(ended.messages).toContain("error: MA306 no prebuilt file for linux-x64");
  });
});

describe("merge", () => {
  test("merges what MULTIARCH_TRANSPORT points at", async () => {
    const delivery = await deliver(await prebuiltProject({ targets, config }));
    const folder = await temporaryFolder();
    const plan = `${delivery.reference.reference}@sha256:${delivery.reference.sha256}`;
    const env = { MULTIARCH_TRANSPORT: `directory:${delivery.store}` };
    const args = ["merge", "--plan", plan, ...flags, "--json"];
    const ended = await run(args, folder, env);
    expect(ended.code).toBe(0);
    expect(document<Release>(ended).legs).toHaveLength(4);
    await rm(join(delivery.store, delivery.artifact("linux-x64")), { recursive: true });
    const missing = await run(args, folder, env);
    expect([missing.code, missing.stdout]).toEqual([1, ""]);
    expect(missing.messages).toContain("MA704 the leg of linux-x64 is missing");
  });

  test("says when there is nothing to merge from", async () => {
    const plan = `x@sha256:${"0".repeat(64)}`;
    const ended = await run(["merge", "--plan", plan], await temporaryFolder());
    expect(ended.code).toBe(1);
    expect(ended.messages).toContain("MA546");
  });
});
