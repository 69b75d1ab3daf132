import { cpSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { nodeCommand, root } from "../lib/components.mjs";
import { findGo } from "../lib/go.mjs";
import { inTurns, runOnce } from "../lib/measure.mjs";
import { ratio, table, time } from "../lib/report.mjs";

/** With a full compiler cache. An empty one takes minutes, and is measured once. */
const rounds = 7;

/** hello-go for its ten targets against `go build` of the same with the same flags, one after the other. */
export async function measure(folder) {
  const project = join(folder, "hello-go");
  cpSync(join(root, "examples/hello-go"), project, { recursive: true });
  const { targets, version } = parse(readFileSync(join(project, "multiarch.yml"), "utf8"));
  const go = await findGo("1.25", folder);
  const node = nodeCommand(24);
  const script = commands(go.command, targets, version, join(folder, "direct")).join("\n");
  const direct = (cache) => () =>
    runOnce(["bash", "-ec", script], {
      cwd: project,
      env: { ...go.environment, CGO_ENABLED: "0", GOCACHE: join(folder, cache) },
    });
  const ours =
    (cache, ...flags) =>
    () => {
      const release = join(folder, "release");
      rmSync(release, { recursive: true, force: true });
      const cli = join(root, "dist/cli/index.js");
      const env = { GOCACHE: join(folder, cache), NODE_OPTIONS: undefined };
      return runOnce([node, cli, "release", project, "--out", release, ...flags], { env });
    };
  mkdirSync(join(folder, "direct"));
  const empty = await inTurns({ direct: direct("cache-direct"), ours: ours("cache-ours") }, 1);
  const full = await inTurns(
    {
      direct: direct("cache-direct"),
      ours: ours("cache-ours"),
      plain: ours("cache-ours", "--no-install-test"),
    },
    rounds,
  );
  const row = (what, found, floor) => [
    what,
    time(floor.wall),
    time(floor.cpu),
    `${time(found.wall)}, ${ratio(found.wall, floor.wall)}`,
    `${time(found.cpu)}, ${ratio(found.cpu, floor.cpu)}`,
  ];
  const version24 = (await runOnce([node, "-v"])).output.trim();
  const built = (await runOnce([go.command, "version"], { env: go.environment })).output;
  const headers = [
    `${targets.length} targets, Node ${version24}, ${built.split(" ")[2]}`,
    "`go build`: wall",
    "CPU",
    "release: wall",
    "CPU",
  ];
  return table(headers, [
    row("compiler cache empty", empty.ours, empty.direct),
    row("compiler cache full", full.ours, full.direct),
    row("… and nothing installed to try it", full.plain, full.direct),
  ]);
}

/** What somebody would write who only wants the ten files. */
function commands(go, targets, version, output) {
  const processors = { x64: "amd64", armv7: "arm" };
  const linker = `-s -w -buildid= -X main.version=${version}`;
  return targets.map((id) => {
    const [system, processor] = id.split("-");
    const place = `GOOS=${system} GOARCH=${processors[processor] ?? processor} GOARM=7`;
    return `${place} '${go}' build -trimpath -buildvcs=false -ldflags '${linker}' -o '${join(output, id)}' .`;
  });
}
