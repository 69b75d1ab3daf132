import { cpSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { root } from "../lib/components.mjs";
import { findGo } from "../lib/go.mjs";
import { runOnce } from "../lib/measure.mjs";
import { ratio, table, time } from "../lib/report.mjs";

/** hello-go for its ten targets, ours against `go build` of the same in sequence, each with a compiler cache of its own. */
export async function measure(folder) {
  const project = join(folder, "hello-go");
  cpSync(join(root, "examples/hello-go"), project, { recursive: true });
  const { targets } = parse(readFileSync(join(project, "multiarch.yml"), "utf8"));
  const go = await findGo("1.25", folder);
  const output = join(folder, "direct");
  mkdirSync(output);
  const processors = { x64: "amd64", armv7: "arm" };
  const lines = targets.map((id) => {
    const [system, processor] = id.split("-");
    const place = `GOOS=${system} GOARCH=${processors[processor] ?? processor}`;
    const flags = '-trimpath -buildvcs=false -ldflags "-s -w -buildid="';
    return `${place} ${go.command} build ${flags} -o ${join(output, id)} .`;
  });
  const direct = (cache) =>
    runOnce(["bash", "-ec", lines.join("\n")], {
      cwd: project,
      env: { ...go.environment, CGO_ENABLED: "0", GOCACHE: join(folder, cache) },
    });
  const ours = (cache) => {
    const release = join(folder, "release");
    rmSync(release, { recursive: true, force: true });
    const command = [process.execPath, join(root, "dist/cli/index.js"), "release", project];
    return runOnce([...command, "--out", release], { env: { GOCACHE: join(folder, cache) } });
  };
  const rows = [];
  for (const state of ["empty", "full"]) {
    const floor = await direct("cache-direct");
    const found = await ours("cache-ours");
    rows.push([
      state,
      time(floor.wall),
      time(found.wall),
      ratio(found.wall, floor.wall),
      ratio(found.cpu, floor.cpu),
    ]);
  }
  return table(
    [
      `compiler cache, ${targets.length} targets`,
      "`go build` in sequence",
      "release",
      "wall",
      "CPU",
    ],
    rows,
  );
}
