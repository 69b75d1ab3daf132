import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { buildPlannedLeg, legArtifactName } from "@multiarch/build";
import { type BuilderName, formatReference, type Plan, toolIdentity } from "@multiarch/contracts";
import { silentLog } from "@multiarch/diagnostics";
import { detectHost, type HostFacts } from "@multiarch/host";
import { makePlan, storePlan } from "@multiarch/plan";
import type { Project } from "@multiarch/project";
import { parseTarget } from "@multiarch/targets";
import { directoryTransport, type Transport } from "@multiarch/transport";
import { load, prebuiltProject } from "../../../../test/support/project.ts";
import { put, temporaryFolder, userError } from "../../../../test/support/temporary.ts";
import { routing } from "../../plan/test/planned.ts";

const linux: Partial<HostFacts> = { os: "linux", arch: "x64", emulators: {}, registered: [] };
let folder: string;
let transport: Transport;
let project: Project;
let plan: Plan;
let reference: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  transport = directoryTransport(join(folder, "store"), silentLog);
  project = await load(await prebuiltProject({ targets: ["linux-x64", "linux-arm64"] }));
  await store(project);
});

/** The work of the plan job. */
async function store(given: Project): Promise<void> {
  const made = await makePlan({
    project: given,
    targets: given.targets.map((id) => parseTarget(id)),
    where: routing(),
    trigger: { event: "push", trusted: true, why: "" },
    repositoryId: null,
    tool: toolIdentity,
  });
  const run = { attempt: 1, nonce: "aaaaaa" };
  plan = made.plan;
  reference = formatReference(await storePlan(made, transport, folder, run));
}

/** The work of one build job. */
async function build(
  given: {
    id?: string;
    plan?: string;
    host?: Partial<HostFacts>;
    checkout?: (builder: BuilderName) => Promise<Project>;
    wanted?: boolean;
  } = {},
) {
  return buildPlannedLeg({
    row: { id: given.id ?? "linux-arm64", plan: given.plan ?? reference },
    prepare: async (builder) => ({
      project: await (given.checkout?.(builder) ?? project),
      host: { ...(await detectHost({})), ...linux, ...given.host },
      environment: process.env,
      toolCache: folder,
      label: null,
      run: { id: "1", attempt: 1, checkRunId: null, nonce: "bbbbbb" },
      now: () => performance.now(),
    }),
    log: silentLog,
    transport,
    temporaryFolder: folder,
    upload: { wanted: given.wanted ?? true },
  });
}

test("a row is built from the plan that it names, and handed over under a name of its own", async () => {
  const { leg, stored } = await build();
  expect(leg).toMatchObject({ result: "ok", plan: plan.id, row: "linux-arm64" });
  expect(stored?.name).toBe(`multiarch.leg.${plan.id}.linux-arm64.1.bbbbbb`);
  expect(stored?.name).toBe(legArtifactName(leg));
  expect(await readdir(join(folder, "store", stored?.name ?? ""))).toEqual(["files", "leg.json"]);
  // The fetched plan is not left behind.
  expect((await readdir(folder)).filter((name) => name.includes("plan"))).toEqual([]);
});

test("nothing is handed over when nobody wants it", async () => {
  const { leg, stored } = await build({ wanted: false });
  expect([leg.result, stored]).toEqual(["ok", null]);
  expect(await transport.list("multiarch.leg.")).toEqual([]);
});

test("the checkout is read with the builder that was planned", async () => {
  // Both builders fit this checkout: without the plan's word nothing could be built.
  const root = await prebuiltProject({ targets: ["linux-x64"] });
  await put(root, {
    "multiarch.yml": JSON.stringify({ name: "tool", version: "1.2.3", smoke: false }),
    "Cargo.toml": '[package]\nname = "tool"\nversion = "1.2.3"\n',
    "src/main.rs": "fn main() {}\n",
    "go.mod": "module example.com/tool\n\ngo 1.24\n",
    "main.go": "package main\n\nfunc main() {}\n",
  });
  expect((await userError(load(root))).id).toBe("MA131");
  await store(await load(root, { builder: "go", targets: ["linux-x64"] }));
  const read = new Error("the checkout was read");
  const checkout = async (builder: BuilderName): Promise<Project> => {
    expect((await load(root, { builder })).manifestDetails.kind).toBe("go");
    throw read;
  };
  await expect(build({ id: "linux-x64", checkout })).rejects.toBe(read);
});

describe("ends red", () => {
  test("when the plan was changed after its hash was given out", async () => {
    const artifact = join(folder, "store", reference.split("@")[0] ?? "");
    await writeFile(join(artifact, "plan.json"), "{}");
    const error = await userError(build());
    expect(error.id).toBe("MA903");
    expect(error.message).toContain("multiarch.plan.");
  });

  test("when the row names no plan", async () => {
    expect((await userError(build({ plan: "17" }))).message).toContain("the row's field plan");
  });

  test("when the plan has no such row", async () => {
    const error = await userError(build({ id: "linux-riscv64" }));
    expect(error.id).toBe("MA312");
    expect(error.details).toMatchObject({
      expected: "linux-arm64, linux-x64",
      found: "linux-riscv64",
    });
  });

  /** These are told by the leg as well, so that merge can repeat them. */
  async function failedLeg(given: Parameters<typeof build>[0]) {
    const { leg, stored } = await build(given);
    expect(leg).toMatchObject({ result: "failed", files: [], error: { phase: "prepare" } });
    expect(await readdir(join(folder, "store", stored?.name ?? ""))).toEqual(["leg.json"]);
    return leg.error;
  }

  test("when the checkout is at another commit", async () => {
    const commit = "f".repeat(40);
    const error = await failedLeg({ checkout: async () => ({ ...project, commit }) });
    expect(error?.code).toBe("MA313");
    expect(error?.text).toContain("this checkout is at another commit than the plan");
    expect(error?.text).toContain(commit);
  });

  test("when the configuration is another one", async () => {
    await put(project.root, { "multiarch.yml": "{}" });
    const changed = { ...project.configFile, sha256: "0".repeat(64) };
    const error = await failedLeg({ checkout: async () => ({ ...project, configFile: changed }) });
    expect(error?.code).toBe("MA314");
    expect(error?.text).toContain("where: multiarch.yml");
    expect(error?.text).toContain(plan.config.sha256);
  });

  test.each([
    [{ arch: "arm64" }, "architecture arm64"],
    [{ os: "darwin" }, "os darwin"],
    [{ os: "windows", arch: "arm64" }, "os windows, architecture arm64"],
  ])("when the machine is %p", async (host, found) => {
    const error = await failedLeg({ host });
    expect(error?.code).toBe("MA315");
    expect(error?.text).toContain("linux-arm64 was routed to the wrong machine");
    expect(error?.text).toContain("expected: linux on x64");
    expect(error?.text).toContain(`found: ${found}`);
  });
});
