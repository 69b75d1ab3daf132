import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "../lib/bundle.mjs";
import { cache, nodeCommand, root } from "../lib/components.mjs";
import { inTurns, runOnce } from "../lib/measure.mjs";
import { ratio, table, time, verdict } from "../lib/report.mjs";

const majors = [24, 20];
const rounds = 7;
const wheelBytes = 10_000_000;
const goals = { ratio: 2, rate: 100, resident: 200 };
const cli = join(root, "dist/cli/index.js");
const rivals = join(root, "bench/rival");
const preload = join(root, "bench/lib/resident.cjs");
const reference = { auditwheel: "6.8.2", pyelftools: "0.33" };

/** One wheel against inflating and hashing it; the sample of published packages, also against a reader in Python. */
export async function measure(folder) {
  const paths = await fetchSample(folder);
  return `${await measureWheel(paths)}\n\n${await measureSample(paths, folder)}`;
}

/** The wheel of the sample whose size comes closest to 10 MB. */
async function measureWheel(paths) {
  const away = (path) => Math.abs(statSync(path).size - wheelBytes);
  const [wheel] = paths
    .filter((path) => path.endsWith(".whl"))
    .sort((left, right) => away(left) - away(right));
  const rows = [];
  for (const major of majors) {
    const node = nodeCommand(major);
    const found = await inTurns(
      {
        floor: () => runOnce([node, join(rivals, "inflate.mjs"), wheel]),
        verify: () => runOnce([node, cli, "verify", wheel], { codes: [0, 1] }),
      },
      rounds,
    );
    const { floor, verify } = found;
    const version = (await runOnce([node, "-v"])).output.trim();
    const met = verdict(verify.cpu <= goals.ratio * floor.cpu);
    rows.push([version, time(floor.cpu), time(verify.cpu), ratio(verify.cpu, floor.cpu), met]);
  }
  const size = (statSync(wheel).size / 1e6).toFixed(1);
  const headers = ["Node", "start, inflate and hash", "verify"];
  return table([...headers, `one wheel of ${size} MB`, `goal ≤ ${goals.ratio}×`], rows);
}

async function measureSample(paths, folder) {
  const list = join(folder, "list");
  writeFileSync(list, `${paths.join("\n")}\n`);
  const packed = paths.reduce((sum, path) => sum + statSync(path).size, 0) / 1e6;
  const python = pythonReference();
  const script = join(rivals, "read_packages.py");
  const shell = ["sh", "-c", '"$0" "$1" < "$2" 2>/dev/null', python, script, list];
  const rival = await runOnce(shell);
  const unpacked = Number(rival.output.split(" ")[0]) / 1e6;
  const rows = [];
  for (const major of majors) {
    const peakFile = join(folder, "peak");
    const node = nodeCommand(major);
    const verify = [node, "--require", preload, cli, "verify", "--json", ...paths];
    const ran = await runOnce(verify, { codes: [0, 1], env: { PEAK_FILE: peakFile } });
    const peak = Math.ceil(Number(readFileSync(peakFile, "utf8")) / 1e6);
    const rate = Math.round(unpacked / (ran.wall / 1000));
    rows.push([
      `verify, ${(await runOnce([node, "-v"])).output.trim()}`,
      `${time(ran.wall)} (CPU ${time(ran.cpu)})`,
      `${rate} MB/s`,
      verdict(rate >= goals.rate),
      `${peak} MB`,
      verdict(peak <= goals.resident),
    ]);
  }
  const named = Object.entries(reference).map(([name, version]) => `${name} ${version}`);
  const wall = `${time(rival.wall)} (CPU ${time(rival.cpu)})`;
  const rate = `${Math.round(unpacked / (rival.wall / 1000))} MB/s`;
  rows.push([`Python with ${named.join(", ")}`, wall, rate, "", "", ""]);
  const what = `${paths.length} packages of ${Math.round(packed)} MB, ${Math.round(unpacked)} MB unpacked`;
  const headers = [what, "wall", "unpacked bytes", `goal ≥ ${goals.rate} MB/s`];
  return table([...headers, "resident at most", `goal ≤ ${goals.resident} MB`], rows);
}

/** The packages of the sample under their own names. */
async function fetchSample(folder) {
  const packaging = join(cache, "packaging");
  const script = join(root, "test/components/get-packaging.sh");
  execFileSync("bash", [script, packaging], { stdio: ["ignore", "ignore", "inherit"] });
  const fetcher = await bundle("fetch-sample", folder, join(root, "test/corpus"));
  const places = [
    join(cache, "corpus"),
    join(packaging, "bin/python"),
    join(cache, "bench/sample"),
  ];
  const output = execFileSync(process.execPath, [fetcher, ...places], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  return output.trimEnd().split("\n");
}

function pythonReference() {
  const environment = join(cache, "bench", "python-reference");
  const python = join(environment, "bin/python");
  const versions = Object.entries(reference).map(([name, version]) => `${name}==${version}`);
  const done = join(environment, `done-${versions.join("-")}`);
  if (existsSync(done)) return python;
  mkdirSync(environment, { recursive: true });
  const options = { stdio: ["ignore", "ignore", "inherit"] };
  execFileSync("python3", ["-m", "venv", environment], options);
  const flags = ["-q", "--disable-pip-version-check", "install"];
  execFileSync(python, ["-m", "pip", ...flags, ...versions], options);
  writeFileSync(done, "");
  return python;
}
