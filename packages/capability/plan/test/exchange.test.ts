import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { formatReference, type Plan, toolIdentity } from "@multiarch/contracts";
import { silentLog } from "@multiarch/diagnostics";
import { checkWarnings, fetchPlan, makePlan, storePlan, toMatrix } from "@multiarch/plan";
import { parseTarget } from "@multiarch/targets";
import { directoryTransport, type Transport } from "@multiarch/transport";
import { load, prebuiltProject } from "../../../../test/support/project.ts";
import { recordingLog } from "../../../../test/support/recording-log.ts";
import { temporaryFolder, userError } from "../../../../test/support/temporary.ts";
import { routing } from "./planned.ts";

type Targets = Parameters<typeof prebuiltProject>[0]["targets"];

async function made(targets: Targets = ["linux-x64", "darwin-arm64"]) {
  const project = await load(await prebuiltProject({ targets }));
  return makePlan({
    project,
    targets: project.targets.map((id) => parseTarget(id)),
    where: routing(),
    trigger: { event: "push", trusted: true, why: "" },
    repositoryId: null,
    tool: toolIdentity,
  });
}

const run = { attempt: 3, nonce: "abcdef" };
let folder: string;
let transport: Transport;
beforeEach(async () => {
  folder = await temporaryFolder();
  transport = directoryTransport(join(folder, "store"), silentLog);
});

describe("a stored plan", () => {
  test("comes back as it was, with its files", async () => {
    const plan = await made();
    const stored = await storePlan(plan, transport, folder, run);
    expect(stored.reference).toBe(`multiarch.plan.${plan.plan.id}.3.abcdef`);
    const fetched = await fetchPlan(stored, transport, join(folder, "fetched"), silentLog);
    expect(fetched.plan).toEqual(JSON.parse(JSON.stringify(plan.plan)));
    expect(fetched.sha256).toBe(stored.sha256);
    expect([...fetched.documents.keys()]).toEqual(["LICENSE", "README.md"]);
    expect(Buffer.from(fetched.documents.get("LICENSE") ?? []).toString()).toBe("MIT License\n");
    expect(fetched.metadata).toMatchObject({ license: "MIT", description: "Does one thing" });
  });

  test("leaves nothing behind where it was put together", async () => {
    await storePlan(await made(), transport, folder, run);
    expect(await readdir(folder)).toEqual(["store"]);
  });

  test.each([
    ["plan.json", "the plan was changed after its hash was given out"],
    ["documents/README.md", "documents/README.md was changed after the plan was written"],
  ])("is refused when %s changed", async (name, what) => {
    const stored = await storePlan(await made(), transport, folder, run);
    await writeFile(join(folder, "store", stored.reference, name), "{}");
    const error = await userError(fetchPlan(stored, transport, join(folder, "f"), silentLog));
    expect(error.id).toBe("MA903");
    expect(error.details.what).toBe(what);
    expect(error.message).toContain(stored.reference);
  });

  test("is refused when a file of it is gone", async () => {
    const stored = await storePlan(await made(), transport, folder, run);
    await rm(join(folder, "store", stored.reference, "documents", "LICENSE"));
    const error = await userError(fetchPlan(stored, transport, join(folder, "f"), silentLog));
    expect(error.id).toBe("MA901");
    expect(error.details.where).toBe("documents/LICENSE of the plan");
  });
});

describe("the matrix", () => {
  test("holds the plan's rows and no more, and every row names the plan", async () => {
    const { plan } = await made();
    const reference = formatReference({ reference: "17", sha256: "a".repeat(64) });
    expect(toMatrix(plan, reference)).toEqual({
      include: [
        {
          id: "darwin-arm64",
          name: "darwin-arm64",
          target: "darwin-arm64",
          runs_on: "ubuntu-24.04",
          cpu: "native",
          tool: "cross",
          optional: false,
          timeout: 60,
          plan: reference,
        },
        expect.objectContaining({ id: "linux-x64", tool: "host", plan: reference }),
      ],
    });
  });

  /** Labels of a length in all, each short enough to be one. */
  const label = (length: number) => {
    const labels = Array.from({ length: 4 }, () => "x".repeat(200));
    const rest = length - JSON.stringify([...labels, ""]).length;
    return {
      id: "linux-x64",
      "runs-on": [...labels.slice(1), "x".repeat(100), "x".repeat(rest + 97)],
    };
  };

  test("a row of more than 1 KiB is red by name", async () => {
    const size = (plan: Plan): number =>
      Buffer.byteLength(JSON.stringify(toMatrix(plan, "r").include[0]));
    const { plan } = await made([label(850)]);
    const room = 1024 - size(plan);
    const { plan: full } = await made([label(850 + room)]);
    expect(size(full)).toBe(1024);
    const { plan: over } = await made([label(851 + room)]);
    const error = await userError(Promise.resolve().then(() => toMatrix(over, "r")));
    expect(error.message).toContain("MA205 the matrix row of linux-x64 is too large");
    expect(error.details.found).toBe("1025 bytes");
  });
});

test("warnings are shown, and count as errors on demand", async () => {
  const { plan } = await made();
  const warned: Plan = { ...plan, warnings: [{ code: "odd", text: "something is odd" }] };
  const log = recordingLog();
  checkWarnings(warned, false, log);
  expect(log.lines).toEqual(["warning: something is odd (odd)"]);
  const strict = Promise.resolve().then(() => checkWarnings(warned, true, log));
  const error = await userError(strict);
  expect(error.id).toBe("MA206");
  expect(error.details.found).toBe("something is odd");
  checkWarnings(plan, true, log);
});
