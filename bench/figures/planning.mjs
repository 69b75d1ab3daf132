import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nodeCommand, root } from "../lib/components.mjs";
import { inTurns, runOnce } from "../lib/measure.mjs";
import { ratio, table, verdict } from "../lib/report.mjs";

const majors = [24, 20];
const rounds = 15;
const goal = 2;
const targets = ["linux-x64", "linux-arm64", "linux-riscv64", "darwin-arm64"];

/** The largest matrix that GitHub starts, 256 rows with rules and runners, over `node -e 0` in CPU time. */
export async function measure(folder) {
  const project = makeProject(folder);
  const rows = [];
  for (const major of majors) {
    const node = nodeCommand(major);
    const files = {
      output: join(folder, `output${major}`),
      summary: join(folder, `summary${major}`),
    };
    const environment = {
      GITHUB_ACTIONS: "true",
      GITHUB_WORKSPACE: project,
      GITHUB_EVENT_NAME: "push",
      GITHUB_OUTPUT: files.output,
      GITHUB_STEP_SUMMARY: files.summary,
      NODE_OPTIONS: undefined,
    };
    const plan = (name) => () => {
      for (const file of Object.values(files)) writeFileSync(file, "");
      const env = { ...environment, INPUT_NAME: name };
      return runOnce([node, join(root, "dist/matrix/index.js")], { cwd: folder, env });
    };
    const found = await inTurns(
      { floor: () => runOnce([node, "-e", "0"]), one: plan("one"), all: plan("all") },
      rounds,
    );
    const version = (await runOnce([node, "-v"])).output.trim();
    const cell = (one) => `${Math.round(one.cpu)} ms, ${ratio(one.cpu, found.floor.cpu)}`;
    const met = found.all.cpu <= goal * found.floor.cpu;
    rows.push([
      version,
      `${Math.round(found.floor.cpu)} ms`,
      cell(found.one),
      cell(found.all),
      verdict(met),
      ratio(found.all.cpu - found.one.cpu, found.floor.cpu),
    ]);
  }
  return table(
    ["Node", "`node -e 0`", "1 row", "256 rows", `goal ≤ ${goal}×`, "what 255 more rows cost"],
    rows,
  );
}

function makeProject(folder) {
  const project = join(folder, "project");
  mkdirSync(project, { recursive: true });
  const numbers = (count) => Array.from({ length: count }, (_, index) => index);
  const configuration = {
    name: "tool",
    version: "1.0.0",
    prebuilt: { files: "tool" },
    rules: [{ when: { event: "pull_request" }, targets: ["linux-x64"] }],
    runners: { "linux-arm64": [{ "runs-on": ["self-hosted", "arm64"] }, "ubuntu-24.04-arm"] },
    matrix: {
      one: { target: ["linux-x64"] },
      all: {
        target: targets,
        shard: numbers(16),
        part: numbers(4),
        rules: [{ when: { event: "pull_request" }, target: ["linux-x64"] }],
      },
    },
  };
  writeFileSync(join(project, "multiarch.yml"), JSON.stringify(configuration));
  return project;
}
