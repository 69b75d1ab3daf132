import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "../lib/bundle.mjs";
import { nodeCommand, root } from "../lib/components.mjs";
import { inTurns, runOnce } from "../lib/measure.mjs";
import { ratio, table, verdict } from "../lib/report.mjs";

/** What GitHub runs actions with (`using: node24`), and the oldest that we run on. */
const majors = [24, 20];
const rounds = 21;
const goal = 2;

/** CPU time of every action, from process start to exit, over that of `node -e 0`. */
export async function measure(folder) {
  const project = await makeProject(folder);
  const rows = [];
  for (const major of majors) {
    const node = nodeCommand(major);
    const cases = await prepare(join(folder, `node${major}`), project, node);
    const found = await inTurns(cases, rounds);
    const floor = found.floor.cpu;
    const version = (await runOnce([node, "-v"])).output.trim();
    for (const step of ["detect", "matrix", "build", "merge"]) {
      const cell = (what) => {
        const one = found[`${step} ${what}`];
        return one === undefined ? "–" : `${Math.round(one.cpu)} ms, ${ratio(one.cpu, floor)}`;
      };
      const met = found[`${step} input`].cpu <= goal * floor;
      rows.push([step, version, `${Math.round(floor)} ms`, cell("input"), verdict(met)]);
      rows.at(-1)?.push(cell("missing"), cell("job"));
    }
  }
  const headers = ["action", "Node", "`node -e 0`", "start-up", `goal ≤ ${goal}×`];
  return table([...headers, "what it needs is missing", "a small job, whole"], rows);
}

/** A project with one prebuilt program, which runs here. Not in a git work tree: git's own time is no figure of ours. */
async function makeProject(folder) {
  const project = join(folder, "project");
  const programs = join(folder, "programs");
  mkdirSync(project, { recursive: true });
  await runOnce([process.execPath, await bundle("write-programs", folder), programs, "4096"]);
  cpSync(join(programs, "own"), join(project, "tool"));
  writeFileSync(
    join(project, "multiarch.yml"),
    [
      "name: tool",
      "version: 1.0.0",
      "npm: true",
      `targets: [linux-${process.arch}-musl]`,
      "prebuilt: { files: tool }",
      "",
    ].join("\n"),
  );
  writeFileSync(join(project, "LICENSE"), "MIT License\n");
  return project;
}

async function prepare(folder, project, node) {
  const environment = {
    GITHUB_ACTIONS: "true",
    GITHUB_WORKSPACE: project,
    GITHUB_EVENT_NAME: "push",
    GITHUB_RUN_ID: "1",
    GITHUB_RUN_ATTEMPT: "1",
    GITHUB_OUTPUT: join(folder, "output"),
    GITHUB_STEP_SUMMARY: join(folder, "summary"),
    RUNNER_TEMP: join(folder, "temporary"),
    NODE_OPTIONS: undefined,
  };
  mkdirSync(environment.RUNNER_TEMP, { recursive: true });
  const store = (name) => ({ MULTIARCH_TRANSPORT: `directory:${join(folder, name)}` });
  const step = (name, inputs, codes = [0]) => {
    // The runner gives each step files of its own.
    writeFileSync(environment.GITHUB_OUTPUT, "");
    writeFileSync(environment.GITHUB_STEP_SUMMARY, "");
    const env = { ...environment, ...store("empty"), ...inputs };
    return runOnce([node, join(root, `dist/${name}/index.js`)], { cwd: folder, env, codes });
  };
  await step("matrix", store("planned"));
  const outputs = readOutputs(environment.GITHUB_OUTPUT);
  const [row] = JSON.parse(outputs.matrix).include;
  const build = { INPUT_ROW: JSON.stringify(row) };
  cpSync(join(folder, "planned"), join(folder, "built"), { recursive: true });
  await step("build", { ...store("built"), ...build });
  const merge = { INPUT_PLAN: outputs.plan, "INPUT_INSTALL-TEST": "false", INPUT_UPLOAD: "false" };
  const absent = `absent@sha256:${"0".repeat(64)}`;
  const absentRow = JSON.stringify({ ...row, plan: absent });
  return {
    floor: () => runOnce([node, "-e", "0"], { env: { NODE_OPTIONS: undefined } }),
    "detect input": () => step("detect", { INPUT_STRICT: "no" }, [1]),
    "detect job": () => step("detect", {}),
    "matrix input": () => step("matrix", { "INPUT_MAX-JOBS": "no" }, [1]),
    "matrix missing": () => step("matrix", { GITHUB_WORKSPACE: join(folder, "none") }, [1]),
    "matrix job": () => step("matrix", store("plans")),
    "build input": () => step("build", { INPUT_UPLOAD: "no" }, [1]),
    "build missing": () => step("build", { INPUT_ROW: absentRow }, [1]),
    "build job": () => step("build", { ...store("planned"), ...build }),
    "merge input": () => step("merge", { ...merge, INPUT_UPLOAD: "no" }, [1]),
    "merge missing": () => step("merge", { ...merge, INPUT_PLAN: absent }, [1]),
    "merge job": () => step("merge", { ...merge, ...store("built") }),
  };
}

/** The runner's file of outputs: `name<<end`, lines, `end`. */
function readOutputs(path) {
  const entries = readFileSync(path, "utf8").matchAll(/^(\w+)<<(\S+)\n([\s\S]*?)\n\2\n/gm);
  return Object.fromEntries([...entries].map(([, name, , value]) => [name, value]));
}
