import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { type MatrixRow, parseDocument } from "@multiarch/contracts";
import { linuxProgram } from "./support/binaries.ts";
import { type ProjectPlan, prebuiltProject } from "./support/project.ts";
import { type EndedStep, type Job, runStep } from "./support/step.ts";
import { put, temporaryFolder, tree } from "./support/temporary.ts";

// The bundle in dist/ is what users run, so it must be current: npm run build. Every row goes to hosted Linux x64, which is
// what the machine must be for a build step to accept it; elsewhere each leg says that it was routed wrongly.
const routedRight = process.platform === "linux" && process.arch === "x64";
const config = { npm: { scope: "@me" }, wheel: true };

async function job(plan: ProjectPlan): Promise<Job> {
  return { workspace: await prebuiltProject(plan), store: join(await temporaryFolder(), "store") };
}

const rowsOf = ({ outputs }: EndedStep): MatrixRow[] =>
  (JSON.parse(outputs.matrix ?? "") as { include: MatrixRow[] }).include;

const build = (row: MatrixRow, where: Job): Promise<EndedStep> =>
  // As toJSON writes it.
  runStep("build", { row: JSON.stringify(row, null, 2) }, where);

describe("matrix, a build for each row, merge", () => {
  const targets = ["linux-x64", "linux-arm64", "darwin-arm64", "windows-x64"];
  let where: Job;
  let planned: EndedStep;

  beforeAll(async () => {
    where = await job({ targets, config });
    planned = await runStep("matrix", {}, where);
  });

  test("matrix gives out rows and what names the plan", () => {
    expect([planned.code, planned.errors]).toEqual([0, []]);
    expect(Object.keys(planned.outputs).sort()).toEqual(
      ["count", "matrix", "plan", "publish", "targets", "version"].sort(),
    );
    const { count, plan, version, publish } = planned.outputs;
    expect([count, version, publish]).toEqual(["4", "1.2.3", "false"]);
    expect(JSON.parse(planned.outputs.targets ?? "")).toEqual([...targets].sort());
    const rows = rowsOf(planned);
    expect(rows.map(({ id }) => id)).toEqual([...targets].sort());
    for (const row of rows) {
      expect(row).toMatchObject({ runs_on: "ubuntu-24.04", plan });
      expect(Buffer.byteLength(JSON.stringify(row))).toBeLessThanOrEqual(1024);
    }
    expect(planned.summary).toContain("### Plan");
    expect(planned.summary).toContain("darwin-arm64");
  });

  test("build needs no input but the row, and merge makes the release", async () => {
    for (const row of rowsOf(planned)) {
      const built = await build(row, where);
      const result = routedRight ? [0, []] : [1, [expect.stringContaining("MA315")]];
      expect([row.id, built.code, built.errors]).toEqual([row.id, ...result]);
      if (!routedRight) continue;
      const { outputs } = built;
      const program = await readFile(outputs.path ?? "");
      expect(JSON.parse(outputs.files ?? "")).toEqual([outputs.path]);
      expect(outputs.sha256).toMatch(/^[0-9a-f]{64}$/);
      const leg = parseDocument("leg", await readFile(outputs.leg ?? ""), "leg").value;
      expect(leg.files[0]).toMatchObject({ sha256: outputs.sha256, size: program.byteLength });
      expect(outputs["artifact-id"]).toMatch(
        new RegExp(`^multiarch\\.leg\\.[0-9a-f]{16}\\.${row.id}\\.1\\.`),
      );
    }
    const merged = await runStep(
      "merge",
      { plan: planned.outputs.plan ?? "", "install-test": "false" },
      where,
    );
    if (!routedRight) {
      expect(merged.errors.join()).toContain("MA315");
      return;
    }
    expect([merged.code, merged.errors]).toEqual([0, []]);
    const release = join(where.workspace, "release");
    const { outputs } = merged;
    expect(outputs).toMatchObject({
      path: release,
      "npm-dir": join(release, "npm"),
      "wheel-dir": join(release, "wheels"),
      "archive-dir": join(release, "archives"),
      missing: "[]",
      version: "1.2.3",
      publish: "false",
      "npm-artifact": "multiarch-npm",
      "wheels-artifact": "multiarch-wheels",
      "archives-artifact": "multiarch-archives",
      "images-artifact": "",
      release: expect.stringMatching(/^multiarch-release@sha256:[0-9a-f]{64}$/),
    });
    const packages = JSON.parse(outputs.packages ?? "") as { file: string }[];
    const files = await tree(release);
    expect(packages).toHaveLength(14);
    for (const { file } of packages) expect(Object.keys(files)).toContain(file);
    // Other actions take a part by its name, and find the same bytes.
    const stored = await tree(where.store);
    expect(stored["multiarch-npm/tool-1.2.3.tgz"]).toBe(files["npm/tool-1.2.3.tgz"]);
    expect(stored["multiarch-release/release.json"]).toBe(files["release.json"]);
    for (const title of ["### Targets", "### Packages"]) expect(merged.summary).toContain(title);
  });

  test("a leg that is not there is missed by name", async () => {
    const alone = await job({ targets: ["linux-x64"] });
    const { outputs } = await runStep("matrix", {}, alone);
    const merged = await runStep("merge", { plan: outputs.plan ?? "" }, alone);
    expect(merged.code).toBe(1);
    expect(merged.errors).toEqual([
      expect.stringContaining("MA704 the leg of linux-x64 is missing"),
    ]);
    expect(Object.keys(merged.outputs)).toEqual([]);
    const allowed = { plan: outputs.plan ?? "", "allow-missing": "linux/amd64" };
    const none = await runStep("merge", allowed, alone);
    expect(none.errors).toEqual([expect.stringContaining("MA711")]);
  });
});

test("a leg that fails is red, and merge repeats what it said", async () => {
  const programs = { "linux-arm64": linuxProgram("x64") };
  const where = await job({ targets: ["linux-arm64"], programs });
  const planned = await runStep("matrix", {}, where);
  const [row] = rowsOf(planned);
  if (row === undefined) throw new Error("no row was planned");
  const why = routedRight ? "MA311 files/tool/tool is not what linux-arm64 asks for" : "MA315";
  const built = await build(row, where);
  expect(built.code).toBe(1);
  expect(built.errors.join("\n")).toContain(why);
  // The outputs of a failed step are written all the same.
  expect(built.outputs["artifact-id"]).toContain("linux-arm64");
  const merged = await runStep("merge", { plan: planned.outputs.plan ?? "" }, where);
  expect(merged.code).toBe(1);
  expect(merged.errors.join("\n")).toContain("MA705 the leg of linux-arm64 failed");
  expect(merged.errors.join("\n")).toContain(why);
});

test("a plan that was changed in between is red in every job that reads it", async () => {
  const where = await job({ targets: ["linux-x64"] });
  const planned = await runStep("matrix", {}, where);
  const [row] = rowsOf(planned);
  const artifact = (planned.outputs.plan ?? "").split("@")[0] ?? "";
  await put(join(where.store, artifact), { "plan.json": "{}" });
  if (row === undefined) throw new Error("no row was planned");
  for (const step of [
    await build(row, where),
    await runStep("merge", { plan: planned.outputs.plan ?? "" }, where),
  ]) {
    expect(step.code).toBe(1);
    expect(step.errors).toEqual([expect.stringContaining("MA903")]);
    expect(step.errors[0]).toContain(artifact);
  }
});

test("the user's own matrix is none of our business: build takes the target of its input", async () => {
  const where = await job({ targets: ["linux-arm64"] });
  const inputs = { row: '{"node": 20}', target: "linux/arm64", upload: "true" };
  const built = await runStep("build", inputs, where);
  expect([built.code, built.errors]).toEqual([0, []]);
  expect(built.outputs).toMatchObject({ "artifact-id": "", smoke: "not-run" });
  expect(await readFile(built.outputs.path ?? "")).toHaveProperty("byteLength");
  expect(built.summary).toContain("### Build");
});

test("detect says what this machine is", async () => {
  const where = await job({ targets: ["linux-x64"] });
  const { code, outputs } = await runStep("detect", {}, where);
  expect(code).toBe(0);
  expect(outputs["node-platform"]).toContain(process.platform);
});

describe("what is wrong is red, and named", () => {
  let where: Job;
  beforeEach(async () => {
    where = await job({ targets: ["linux-x64"] });
  });

  async function errorOf(
    action: "build" | "matrix" | "merge" | "detect",
    inputs: Record<string, string>,
  ): Promise<string> {
    const { code, errors, outputs } = await runStep(action, inputs, where);
    expect([code, errors.length, outputs]).toEqual([1, 1, {}]);
    return errors[0] ?? "";
  }

  test.each([
    ["matrix", { target: "linux-x64" }, "write targets"],
    ["build", { retention_days: "3" }, "write retention-days"],
    ["merge", { plan: "x", "allow-mising": "linux-x64" }, "write allow-missing"],
    ["detect", { strickt: "true" }, "write strict"],
  ] as const)("%s: a misspelt input", async (action, inputs, advice) => {
    const error = await errorOf(action, inputs);
    expect(error).toContain("MA002 there is no input");
    expect(error).toContain(advice);
  });

  test("a value that an input does not take", async () => {
    const error = await errorOf("matrix", { "allow-empty": "yes" });
    expect(error).toContain("MA003");
    expect(error).toContain("expected: true or false");
  });

  test("an output of the plan job that is empty, because that job failed", async () => {
    expect(await errorOf("merge", { plan: "" })).toContain("it is empty when the plan job failed");
  });

  test("an unknown target", async () => {
    const error = await errorOf("matrix", { targets: "linux-x64\nlinux-arn64" });
    expect(error).toContain("MA101");
    expect(error).toContain("linux-arm64");
  });

  test("an unknown key, with line, column and the nearest one", async () => {
    await put(where.workspace, {
      "multiarch.yml": "name: tool\nversion: 1.2.3\nbuild:\n  strp: true\n",
    });
    const error = await errorOf("matrix", {});
    expect(error).toContain("MA122 unknown key build.strp");
    expect(error).toContain("where: multiarch.yml:4:3");
    expect(error).toContain("did you mean strip?");
  });

  test("an empty matrix, unless it is allowed", async () => {
    await put(where.workspace, {
      "multiarch.yml": JSON.stringify({ targets: [], prebuilt: { files: "x" }, version: "1.0.0" }),
    });
    expect(await errorOf("matrix", {})).toContain("MA201 there is nothing to build");
    const allowed = await runStep("matrix", { "allow-empty": "true" }, where);
    expect([allowed.code, allowed.outputs.count]).toEqual([0, "0"]);
    expect(allowed.outputs.matrix).toBe('{"include":[]}');
  });

  test("more rows than the user wants", async () => {
    const inputs = { targets: "linux-x64, linux-arm64", "max-jobs": "1" };
    expect(await errorOf("matrix", inputs)).toContain("MA202");
  });

  test("a project that nothing is detected in", async () => {
    where = { ...where, workspace: await temporaryFolder() };
    expect(await errorOf("matrix", {})).toContain("MA130 nothing was found that can be built");
  });

  test.each([
    ["semver", { version: "1.2" }, "MA140 the version is not a semantic version"],
    ["PEP 440", { version: "1.2.3-nightly", wheel: true }, "MA821"],
    ["npm", { version: "1.2.3+1", npm: true }, "MA802"],
  ])("a version that %s refuses", async (_what, given, text) => {
    where = await job({ targets: ["linux-x64"], config: given });
    expect(await errorOf("matrix", {})).toContain(text);
  });

  test("a row that is not as the matrix step wrote it", async () => {
    expect(await errorOf("build", { row: '{"plan": "x", "id": "linux-x64"}' })).toContain("MA901");
  });

  test("an output folder that holds something else", async () => {
    const planned = await runStep("matrix", {}, where);
    await put(where.workspace, { "release/notes.txt": "mine" });
    const error = await errorOf("merge", { plan: planned.outputs.plan ?? "" });
    expect(error).toContain("MA713");
    expect(await tree(join(where.workspace, "release"))).toEqual({ "notes.txt": "mine" });
  });

  test("a store that is gone", async () => {
    const planned = await runStep("matrix", {}, where);
    await rm(where.store, { recursive: true });
    expect(await errorOf("merge", { plan: planned.outputs.plan ?? "" })).toContain("MA542");
  });
});
