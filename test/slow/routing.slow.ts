import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type ArtifactService, startArtifactService } from "../services/artifact-service.ts";
import { type Happening, makeRepository, runAct } from "./support/act.ts";
import { component } from "./support/components.ts";

const checkout = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1";

const configuration = `version: 1.0.0
targets: [linux-x64, linux-arm64, darwin-arm64]
rules:
  - when: { event: pull_request }
    targets: [linux-x64, linux-arm64]
matrix:
  test:
    target: [linux-x64, linux-arm64]
    python-version: ["3.11", "3.12"]
    rules: [{ when: { event: pull_request }, python-version: ["3.12"] }]
`;

/** Plans the release and a matrix of its own, and lets every row of both say its name where it runs. */
const routed = `name: routed
on: { push: {}, pull_request: {} }
permissions: {}
jobs:
  plan:
    runs-on: ubuntu-24.04
    outputs:
      release: \${{ steps.release.outputs.matrix }}
      test: \${{ steps.test.outputs.matrix }}
    steps:
      - uses: ${checkout}
      - id: release
        uses: ./matrix
      - id: test
        uses: ./matrix
        with: { name: test }
  build:
    needs: plan
    strategy: { fail-fast: false, matrix: "\${{ fromJSON(needs.plan.outputs.release) }}" }
    name: \${{ matrix.name }}
    runs-on: \${{ matrix.runs_on }}
    steps:
      - run: echo "row=build $NAME on $PLACE"
        env: { NAME: "\${{ matrix.name }}", PLACE: "\${{ toJSON(matrix.runs_on) }}" }
  test:
    needs: plan
    strategy: { fail-fast: false, matrix: "\${{ fromJSON(needs.plan.outputs.test) }}" }
    name: \${{ matrix.name }}
    runs-on: \${{ matrix.runs_on }}
    steps:
      - run: echo "row=test $NAME python $VERSION"
        env: { NAME: "\${{ matrix.name }}", VERSION: "\${{ matrix.python-version }}" }
`;

/** One job breaks, one is skipped for it, one is skipped on purpose; the gate waits for some of them. */
const gated = (needs: readonly string[], allowed: string): string => `name: gated
on: push
permissions: {}
jobs:
  works:
    runs-on: ubuntu-24.04
    steps: [{ run: "true" }]
  breaks:
    runs-on: ubuntu-24.04
    steps: [{ run: "false" }]
  skipped-by-error:
    needs: breaks
    runs-on: ubuntu-24.04
    steps: [{ run: "true" }]
  skipped-on-purpose:
    if: github.event_name == 'schedule'
    runs-on: ubuntu-24.04
    steps: [{ run: "true" }]
  gate:
    needs: [${needs.join(", ")}]
    if: always()
    runs-on: ubuntu-24.04
    steps:
      - uses: ${checkout}
      - uses: ./gate
        with:
          jobs: \${{ toJSON(needs) }}
          allowed-skips: "${allowed}"
      - run: echo "row=gate open"
`;

let folder: string;
let service: ArtifactService;
const node = (): string => join(component("get-node.sh", "nodes"), "node24", "bin", "node");

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "multiarch-routing-"));
  service = await startArtifactService();
});

afterEach(async () => {
  await service.close();
  rmSync(folder, { recursive: true, force: true });
});

async function rowsOf(workflow: string, happening?: Happening) {
  const repository = join(folder, "repository");
  await makeRepository(repository, {
    ".github/workflows/test.yml": workflow,
    "multiarch.yml": configuration,
  });
  const { code, output } = await runAct(repository, service, node(), happening);
  const said = [...output.matchAll(/\| row=(.*)$/gm)].map(([, row]) => (row ?? "").trim());
  const rows = said.sort();
  return { code, rows, output };
}

describe("two events on one project", () => {
  const own = { id: 7, full_name: "o/r" };

  test("a push gives all targets and all versions", async () => {
    const { code, rows, output } = await rowsOf(routed);
    expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
    expect(rows).toEqual([
      'build darwin-arm64 on "ubuntu-24.04"',
      'build linux-arm64 on "ubuntu-24.04"',
      'build linux-x64 on "ubuntu-24.04"',
      "test linux-arm64, 3.11 python 3.11",
      "test linux-arm64, 3.12 python 3.12",
      "test linux-x64, 3.11 python 3.11",
      "test linux-x64, 3.12 python 3.12",
    ]);
  });

  test("a pull request gives those of its rule", async () => {
    const payload = {
      repository: own,
      pull_request: { number: 1, head: { ref: "x", repo: own }, base: { ref: "main", repo: own } },
    };
    const { code, rows, output } = await rowsOf(routed, { event: "pull_request", payload });
    expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
    expect(rows).toEqual([
      'build linux-arm64 on "ubuntu-24.04"',
      'build linux-x64 on "ubuntu-24.04"',
      "test linux-arm64, 3.12 python 3.12",
      "test linux-x64, 3.12 python 3.12",
    ]);
  });
});

describe("the gate", () => {
  test("is shut for a job that was skipped because another failed", async () => {
    const { rows, output } = await rowsOf(gated(["works", "skipped-by-error"], ""));
    expect(rows).toEqual([]);
    expect(output).toMatch(/MA920 skipped-by-error was skipped/);
  });

  test("is open for a skip that is allowed by name", async () => {
    const allowed = "skipped-on-purpose";
    const { rows, output } = await rowsOf(gated(["works", allowed], allowed));
    expect([rows, rows.length === 1 ? "" : output]).toEqual([["gate open"], ""]);
  });
});
