import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { writeZip } from "@multiarch/archive";
import type { Report } from "@multiarch/verify";
import { glibcProgram, linuxProgram, windowsProgram } from "./support/binaries.ts";
import { type EndedStep, type Job, runStep } from "./support/step.ts";
import { put, temporaryFolder } from "./support/temporary.ts";

describe("verify, as the runner starts it", () => {
  let where: Job;
  beforeEach(async () => {
    const workspace = await temporaryFolder();
    where = { workspace, store: workspace };
    await put(workspace, {
      "out/tool-linux-x64": linuxProgram("x64"),
      "out/tool-windows-x64.exe": windowsProgram("x64"),
      "out/notes.txt": "text",
    });
  });
  const verify = (inputs: Record<string, string>): Promise<EndedStep> =>
    runStep("verify", inputs, where);
  const reportOf = async ({ outputs }: EndedStep): Promise<Report> =>
    JSON.parse(await readFile(outputs.report ?? "", "utf8")) as Report;

  test("is green for what is as it says, and tells what it is", async () => {
    const ended = await verify({ files: "out/*.exe" });
    expect([ended.code, ended.errors, ended.warnings]).toEqual([0, [], []]);
    expect(Object.keys(ended.outputs).sort()).toEqual(["facts", "ok", "report"]);
    expect(ended.outputs.ok).toBe("true");
    expect(JSON.parse(ended.outputs.facts ?? "")).toMatchObject([
      {
        path: "out/tool-windows-x64.exe",
        kind: "executable",
        facts: { os: "windows" },
        members: [],
      },
    ]);
    expect((await reportOf(ended)).files).toHaveLength(1);
    expect(ended.log).toContain("out/tool-windows-x64.exe  executable: Windows x64");
    expect(ended.summary).toContain("### Verified");
    expect(ended.summary).toContain("| out/tool-windows-x64.exe | executable: Windows x64 |");
  });

  test("is red for a label that is not true, and shows which, where and why", async () => {
    const path = join(where.workspace, "out/tool-1.0-py3-none-manylinux2014_x86_64.whl");
    const bytes = glibcProgram("x64", "2.35");
    const entries = [{ name: "tool/bin/tool", mode: 0o755 as const, content: bytes }];
    await writeZip(path, entries, { epoch: 1_700_000_000 });
    const ended = await verify({ files: "out/**\n!**/*.exe" });
    const report = await reportOf(ended);
    expect([ended.code, ended.outputs.ok, report.ok]).toEqual([1, "false", false]);
    expect(report.files.map((file) => file.path)).toEqual([
      "out/tool-1.0-py3-none-manylinux2014_x86_64.whl",
      "out/tool-linux-x64",
    ]);
    const rules = report.files.flatMap(({ checks }) => checks.map(({ rule }) => rule));
    expect(rules).toContain("wheel/glibc");
    expect(ended.errors).toContainEqual(
      expect.stringMatching(/^out\/tool-1\.0-.*\.whl: wheel\/glibc: tool\/bin\/tool: expected/),
    );
    expect(ended.errors.at(-1)).toContain("MA611");
    expect(ended.summary).toContain("#### Findings");
    expect(ended.summary).toContain("wheel/glibc");

    const excluded = await verify({ files: path, exclude: "wheel/*\nzip/*" });
    expect([excluded.code, excluded.outputs.ok]).toEqual([0, "true"]);
    expect(excluded.summary).toContain("excluded by wheel/\\*");
  });

  test.each([
    [{ files: "out/*.exe", target: "linux-x64" }, "MA611"],
    [{ files: "out/*.exe\ndist/*.whl" }, "MA610"],
    [{ files: "out/*.txt" }, "MA610"],
    [{ files: "out/*.exe", glibc: "new" }, "MA003"],
    [{ files: "out/*.exe", "fail-on": "note" }, "MA003"],
    [{ files: "out/*.exe", for: "crates" }, "MA003"],
    [{ files: "" }, "MA004"],
    [{ files: "out/*.exe", file: "x" }, "MA002"],
  ])("is red for %j", async (inputs, id) => {
    const ended = await verify(inputs as unknown as Record<string, string>);
    expect([ended.code, ended.errors.join()]).toEqual([1, expect.stringContaining(id)]);
  });

  test("takes a list in one line, in which braces keep their commas", async () => {
    const ended = await verify({ files: "out/tool-{linux,mac}-x64, out/*.{exe,dll}" });
    expect(ended.outputs.ok).toBe("true");
    expect((await reportOf(ended)).files).toHaveLength(2);
  });
});
