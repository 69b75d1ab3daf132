import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "../lib/bundle.mjs";
import { nodeCommand, root } from "../lib/components.mjs";
import { inTurns, runOnce } from "../lib/measure.mjs";
import { ratio, table, verdict } from "../lib/report.mjs";

/** `process.execve` is in Node since 22.15; 20 shows what starting a child costs instead. */
const majors = [22, 24, 26, 20];
const rounds = 25;
const repeat = 10;
const goal = 1.1;

/** How most published launchers do it. */
const spawning = `#!/usr/bin/env node
const { spawnSync } = require("node:child_process");
const { status } = spawnSync(require.resolve("PLATFORM/bin/tool"), process.argv.slice(2), { stdio: "inherit" });
process.exitCode = status === null ? 1 : status;
`;

/** The launcher of a package that was made by us and installed by npm, over `node -e 0`. The program does next to nothing. */
export async function measure(folder) {
  const { launcher, rival, program } = await install(folder);
  const rows = [];
  for (const major of majors) {
    const node = nodeCommand(major);
    const run = (...command) =>
      runOnce(command, { cwd: folder, env: { NODE_OPTIONS: undefined }, repeat });
    const found = await inTurns(
      {
        floor: () => run(node, "-e", "0"),
        ours: () => run(node, launcher),
        rival: () => run(node, rival),
        native: () => run(program),
      },
      rounds,
    );
    const version = (await runOnce([node, "-v"])).output.trim();
    const ours = found.ours.cpu / found.floor.cpu;
    rows.push([
      version,
      `${found.native.cpu.toFixed(1)} ms`,
      `${found.floor.cpu.toFixed(1)} ms`,
      `${found.ours.cpu.toFixed(1)} ms, ${ratio(ours, 1)}`,
      `${found.rival.cpu.toFixed(1)} ms, ${ratio(found.rival.cpu, found.floor.cpu)}`,
      major === 20 ? "no goal: it has no execve" : verdict(ours <= goal),
    ]);
  }
  const headers = ["Node", "the program itself", "`node -e 0`", "launcher", "with `spawnSync`"];
  return table([...headers, `goal ≤ ${goal}×`], rows);
}

/** Releases a project with one program and installs its npm packages for this machine. */
async function install(folder) {
  const project = join(folder, "project");
  const programs = join(folder, "programs");
  mkdirSync(project, { recursive: true });
  await runOnce([process.execPath, await bundle("write-programs", folder), programs, "4096"]);
  cpSync(join(programs, "own"), join(project, "tool"));
  const target = `linux-${process.arch}-musl`;
  const settings = {
    name: "tool",
    version: "1.0.0",
    npm: true,
    targets: [target],
    prebuilt: { files: "tool" },
  };
  // JSON is YAML.
  writeFileSync(join(project, "multiarch.yml"), JSON.stringify(settings));
  const cli = join(root, "dist/cli/index.js");
  const release = join(folder, "release");
  await runOnce([process.execPath, cli, "release", project, "--out", release]);
  const home = join(folder, "home");
  mkdirSync(home);
  writeFileSync(join(home, "package.json"), '{"private":true}\n');
  const tarballs = readdirSync(join(release, "npm")).map((name) => join(release, "npm", name));
  const flags = ["--offline", "--no-audit", "--no-fund", "--loglevel=error"];
  await runOnce(["npm", "install", ...flags, ...tarballs], { cwd: home });
  const main = join(home, "node_modules/tool");
  const { bin, optionalDependencies } = JSON.parse(
    readFileSync(join(main, "package.json"), "utf8"),
  );
  const [platform] = Object.keys(optionalDependencies);
  const rival = join(main, "spawning.cjs");
  writeFileSync(rival, spawning.replace("PLATFORM", platform));
  return {
    launcher: join(main, bin.tool),
    rival,
    program: join(home, "node_modules", platform, "bin/tool"),
  };
}
