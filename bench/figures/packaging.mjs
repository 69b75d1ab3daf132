import { cpSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "../lib/bundle.mjs";
import { nodeCommand, npmPackage, root } from "../lib/components.mjs";
import { findGo } from "../lib/go.mjs";
import { inTurns, runOnce } from "../lib/measure.mjs";
import { ratio, table, time, verdict } from "../lib/report.mjs";

/** Five published programs of 10 to 50 MB: two written in Go, three in Rust, for three systems. */
const programs = [
  ["@esbuild/linux-x64", "0.28.2", "bin/esbuild"],
  ["lefthook-linux-x64", "2.2.2", "bin/lefthook"],
  ["@sentry/cli-linux-x64", "3.8.0", "bin/sentry-cli"],
  ["@biomejs/cli-darwin-arm64", "2.2.0", "biome"],
  ["turbo-windows-64", "2.8.17", "bin/turbo.exe"],
];
const rounds = 9;
const goal = { wall: 0.5, size: 1.005 };

/** Five archives and their sums: ours against what release tools written in Go do. */
export async function measure(folder) {
  const input = join(folder, "input");
  mkdirSync(input);
  for (const [name, version, path] of programs) {
    const file = join(npmPackage(name, version), path);
    cpSync(file, join(input, name.replaceAll(/[@/]/g, "")));
  }
  const go = await findGo("1.22", folder);
  const rival = join(folder, "rival");
  await runOnce([go.command, "build", "-o", rival, "."], {
    cwd: join(root, "bench/rival"),
    env: go.environment,
  });
  const ours = await bundle("package-five", folder);
  const node = nodeCommand(24);
  const outputs = { rival: join(folder, "out-rival"), ours: join(folder, "out-ours") };
  const commands = { rival: [rival], ours: [node, ours] };
  const cases = Object.fromEntries(
    Object.entries(commands).map(([name, command]) => [
      name,
      () => {
        rmSync(outputs[name], { recursive: true, force: true });
        mkdirSync(outputs[name]);
        return runOnce([...command, input, outputs[name]]);
      },
    ]),
  );
  const found = await inTurns(cases, rounds);
  const sizes = { rival: archiveBytes(outputs.rival), ours: archiveBytes(outputs.ours) };
  const wall = found.ours.wall / found.rival.wall;
  const size = sizes.ours / sizes.rival;
  const megabytes = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`;
  const versions = [
    (await runOnce([go.command, "version"], { env: go.environment })).output.split(" ")[2],
    (await runOnce([node, "-v"])).output.trim(),
  ];
  return table(
    [`${programs.length} archives of ${megabytes(inputBytes(input))}`, "wall", "CPU", "size"],
    [
      [`rival, ${versions[0]}`, ...row(found.rival), megabytes(sizes.rival)],
      [`ours, Node ${versions[1]}`, ...row(found.ours), megabytes(sizes.ours)],
      [
        "ratio",
        `${ratio(wall, 1)}, goal ≤ ${goal.wall}×: ${verdict(wall <= goal.wall)}`,
        ratio(found.ours.cpu, found.rival.cpu),
        `${size.toFixed(4)}×, goal ≤ ${goal.size}×: ${verdict(size <= goal.size)}`,
      ],
    ],
  );
}

function row({ wall, cpu }) {
  return [time(wall), time(cpu)];
}

function archiveBytes(folder) {
  const archives = readdirSync(folder).filter((name) => name.endsWith(".tar.gz"));
  if (archives.length !== programs.length) throw new Error(`${archives.length} archives`);
  return archives.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

function inputBytes(folder) {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}
