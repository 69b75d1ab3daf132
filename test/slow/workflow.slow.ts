import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type ArtifactService, startArtifactService } from "../services/artifact-service.ts";
import { makeRepository, runAct } from "./support/act.ts";
import { component, full, root } from "./support/components.ts";

const configuration = `version: 1.0.0
npm: true
wheel: true
targets: [linux-x64, linux-arm64, darwin-arm64, windows-x64]
`;

/** The workflow of docs/workflows.md: our actions from the checkout, and the checkout that act needs to find them. */
function stepsWorkflow(): string {
  const document = readFileSync(join(root, "docs/workflows.md"), "utf8");
  const yaml = /```yaml\n([\s\S]*?)```/.exec(document)?.[1] ?? "";
  const checkout = /- uses: actions\/checkout@\w+/.exec(yaml)?.[0] ?? "";
  return yaml
    .replace("push: { tags:", "push: { branches: [main], tags:")
    .replace("- uses: org/multiarch/merge@v1", `${checkout}\n      - uses: ./merge`)
    .replaceAll(/org\/multiarch\/(\w+)@v1/g, "./$1");
}

/** The reusable workflow as it is shipped, with `$/` as act can read it and the checkout that act needs before merge. */
function reusableWorkflow(): string {
  const yaml = readFileSync(join(root, ".github/workflows/build.yml"), "utf8");
  const checkout = /- uses: actions\/checkout@\w+/.exec(yaml)?.[0] ?? "";
  return yaml
    .replace("- id: merge\n", `${checkout}\n      - id: merge\n`)
    .replaceAll("uses: $/", "uses: ./");
}

const caller = `name: release
on: push
permissions: {}
jobs:
  release:
    uses: ./.github/workflows/build.yml
    permissions: { contents: read, actions: read }
`;

let folder: string;
let service: ArtifactService;
const node = (version: number): string =>
  join(component("get-node.sh", "nodes"), `node${version}`, "bin", "node");

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "multiarch-workflow-"));
  service = await startArtifactService();
});

afterEach(async () => {
  await service.close();
  rmSync(folder, { recursive: true, force: true });
});

function artifactNames(): string[] {
  return service
    .artifacts()
    .map(({ name }) => name.replaceAll(/[0-9a-f]{12,16}/g, "*"))
    .sort();
}

const expectedArtifacts = [
  "multiarch-archives",
  "multiarch-npm",
  "multiarch-release",
  "multiarch-wheels",
  "multiarch.leg.*.darwin-arm64.1.*",
  "multiarch.leg.*.linux-arm64.1.*",
  "multiarch.leg.*.linux-x64.1.*",
  "multiarch.leg.*.windows-x64.1.*",
  "multiarch.plan.*.1.*",
];

describe.each(full ? [20, 24] : [24])("under act with Node %d", (version) => {
  test("the workflow by steps builds four targets and merges them", async () => {
    const repository = join(folder, "repository");
    await makeRepository(repository, {
      "multiarch.yml": configuration,
      ".github/workflows/release.yml": stepsWorkflow(),
    });
    const { code, output } = await runAct(repository, service, node(version));
    expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
    expect(artifactNames()).toEqual(expectedArtifacts);
  });

  test("the reusable workflow does the same for its caller", async () => {
    const repository = join(folder, "repository");
    await makeRepository(repository, {
      "multiarch.yml": configuration,
      ".github/workflows/build.yml": reusableWorkflow(),
      ".github/workflows/release.yml": caller,
      ".github/multiarch/before/action.yml":
        "name: before\ndescription: leaves a mark\nruns:\n  using: composite\n  steps:\n    - run: echo the-before-action-ran\n      shell: bash\n",
    });
    const { code, output } = await runAct(repository, service, node(version));
    expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
    expect(artifactNames()).toEqual(expectedArtifacts);
    expect(output.match(/the-before-action-ran/g)?.length).toBeGreaterThanOrEqual(4);
  });
});

test("an empty matrix ends the plan job red", async () => {
  const repository = join(folder, "repository");
  await makeRepository(repository, {
    "multiarch.yml": "version: 1.0.0\ntargets: []\n",
    ".github/workflows/release.yml": stepsWorkflow(),
  });
  const { code, output } = await runAct(repository, service, node(24));
  expect(code).not.toBe(0);
  expect(output).toMatch(/MA201/);
});
