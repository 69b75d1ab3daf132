import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { digest, parseDocument } from "@multiarch/contracts";
import { addonFor } from "../../../../test/support/addons.ts";
import { glibcProgram, linuxProgram, programFor } from "../../../../test/support/binaries.ts";
import { prebuiltProject } from "../../../../test/support/project.ts";
import { tree } from "../../../../test/support/temporary.ts";
import { buildRow } from "./built.ts";

describe("the prebuilt builder", () => {
  test.each(["linux-arm64", "darwin-x64", "windows-arm64"])("%s", async (target) => {
    const { leg, plan, folder } = await buildRow(
      await prebuiltProject({ targets: [target] }),
      target,
    );
    const name = target.startsWith("windows") ? "tool.exe" : "tool";
    const program = programFor(target);
    expect(leg).toMatchObject({
      result: "ok",
      error: null,
      plan: plan.id,
      row: target,
      target,
      files: [
        {
          id: "tool",
          package: "tool",
          kind: "executable",
          path: `files/tool/${name}`,
          size: program.byteLength,
          mode: "0755",
          sha256: digest(program),
          facts: { arch: target.split("-")[1] },
        },
      ],
    });
    expect(Object.keys(await tree(folder)).sort()).toEqual([`files/tool/${name}`, "leg.json"]);
    const made = await stat(join(folder, `files/tool/${name}`));
    if (process.platform !== "win32") expect(made.mode & 0o777).toBe(0o755);
    const written = await readFile(join(folder, "leg.json"));
    expect(parseDocument("leg", written, "leg.json").value).toEqual(leg);
  });

  async function failure(given: Parameters<typeof prebuiltProject>[0], target: string) {
    const { leg, folder } = await buildRow(await prebuiltProject(given), target);
    expect(leg.result).toBe("failed");
    expect(leg.files).toEqual([]);
    // A failed leg is its document alone: half-made files would be taken for results.
    expect(Object.keys(await tree(folder))).toEqual(["leg.json"]);
    return leg.error;
  }

  test("a file that is missing fails the leg, which says where it was looked for", async () => {
    const given = { targets: ["linux-x64"], programs: { "linux-x64": null } };
    const error = await failure(given, "linux-x64");
    expect(error).toMatchObject({ code: "MA306", phase: "compile" });
    expect(error?.text).toContain("no prebuilt file for linux-x64");
    expect(error?.text).toContain("expected: one of");
    expect(error?.text).toContain("out/linux-x64/tool");
    expect(error?.text).toContain("out/linux-x64-musl/tool");
  });

  test("two candidates of one target fail the leg, which names both", async () => {
    const files = { "out/linux-x64-musl/tool": linuxProgram("x64", { label: "other" }) };
    const error = await failure({ targets: ["linux-x64"], files }, "linux-x64");
    expect(error).toMatchObject({ code: "MA306", phase: "compile" });
    expect(error?.text).toContain("more than one prebuilt file for linux-x64");
    const found = error?.text.split("found: ")[1] ?? "";
    expect(found).toContain(join("out", "linux-x64", "tool"));
    expect(found).toContain(join("out", "linux-x64-musl", "tool"));
  });

  test("names of other tools find their files", async () => {
    const config = {
      prebuilt: { files: ["bin/{rust}/{bin}{exe}", "bin/{goos}_{goarch}/{bin}{exe}"] },
    };
    const files = {
      "bin/aarch64-unknown-linux-musl/tool": programFor("linux-arm64"),
      "bin/windows_amd64/tool.exe": programFor("windows-x64"),
    };
    const root = await prebuiltProject({ targets: ["linux-arm64", "windows-x64"], config, files });
    for (const target of ["linux-arm64", "windows-x64"]) {
      expect((await buildRow(root, target)).leg.error).toBeNull();
    }
  });

  test("an addon is found by the names of napi-rs, beside no command", async () => {
    const config = { prebuilt: { files: "{bin}.{napi}.node" }, npm: { addon: "thing" } };
    const files = {
      "thing.win32-x64-msvc.node": addonFor("windows-x64"),
      "thing.linux-arm64-musl.node": addonFor("linux-arm64-musl"),
    };
    const targets = ["windows-x64", "linux-arm64-musl", "linux-x64-gnu", "linux-armv5-gnu"];
    const root = await prebuiltProject({ targets: [], config: { ...config, targets }, files });
    for (const target of targets.slice(0, 2)) {
      const { leg } = await buildRow(root, target);
      expect(leg.error).toBeNull();
      expect(leg.files).toMatchObject([
        { id: "thing-node", kind: "addon", path: "files/tool/thing.node", mode: "0644" },
      ]);
      expect(leg.smoke).toEqual([]);
    }
    const { leg: without } = await buildRow(root, "linux-x64-gnu");
    expect(without.error?.text).toMatch(/MA306[\s\S]*thing\.linux-x64-gnu\.node/);
    const { leg: unnamed } = await buildRow(root, "linux-armv5-gnu");
    expect(unnamed.error?.text).toMatch(/MA103 .*\{napi\} has no value/);
  });

  test.each([
    ["an x64 program in an arm64 leg", "linux-arm64", linuxProgram("x64"), "made/arch", "x64"],
    [
      "a glibc above the floor",
      "linux-x64-gnu",
      glibcProgram("x64", "2.39"),
      "made/glibc-floor",
      "glibc 2.39 is needed",
    ],
    ["a program of another system", "windows-x64", linuxProgram("x64"), "made/os", "linux"],
  ])("%s is red by its bytes", async (_what, target, program, rule, found) => {
    const error = await failure({ targets: [target], programs: { [target]: program } }, target);
    expect(error).toMatchObject({ code: "MA311", phase: "read" });
    expect(error?.text).toContain(`is not what ${target} asks for (${rule})`);
    expect(error?.text).toContain(`found: ${found}`);
  });

  test("a floor that the target sets itself counts", async () => {
    const program = glibcProgram("x64", "2.39");
    const targets = [{ id: "linux-x64-gnu", glibc: "2.39" }];
    const root = await prebuiltProject({ targets, programs: { "linux-x64-gnu": program } });
    expect((await buildRow(root, "linux-x64-gnu")).leg.error).toBeNull();
  });

  test("what is no program is red by name", async () => {
    const programs = { "linux-x64": Buffer.from("#!/bin/sh\nexit 0\n") };
    const error = await failure({ targets: ["linux-x64"], programs }, "linux-x64");
    expect(error).toMatchObject({ code: "MA601", phase: "read" });
  });
});
