import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, beforeEach, expect, test } from "@jest/globals";
import { digest, serialize } from "@multiarch/contracts";
import {
  copyOf,
  type Delivery,
  deliver,
  deliverAgain,
  mergeDelivery,
  rewriteLeg,
} from "../../../../test/support/delivery.ts";
import { prebuiltProject } from "../../../../test/support/project.ts";
import { recordingLog } from "../../../../test/support/recording-log.ts";
import { userError } from "../../../../test/support/temporary.ts";

let built: Delivery;
let delivery: Delivery;
beforeAll(async () => {
  built = await deliver(await prebuiltProject({ targets: ["linux-x64", "linux-arm64"] }));
});
beforeEach(async () => {
  delivery = await copyOf(built);
});

const planFile = (name: string): string => join(delivery.store, delivery.reference.reference, name);

async function rewritePlan(change: object): Promise<Uint8Array> {
  const plan: unknown = JSON.parse(await readFile(planFile("plan.json"), "utf8"));
  const bytes = Buffer.from(serialize({ ...(plan as object), ...change }));
  await writeFile(planFile("plan.json"), bytes);
  return bytes;
}

test("a plan that was changed after its hash was given out", async () => {
  await rewritePlan({ publish: { allowed: true, why: "because" } });
  const error = await userError(mergeDelivery(delivery));
  expect(error.id).toBe("MA903");
  expect(error.details.where).toBe(`plan.json of artifact ${delivery.reference.reference}`);
  expect(error.details.expected).toBe(`sha256 ${delivery.reference.sha256}`);
});

test.each(["metadata.json", "documents/LICENSE"])("a file of the plan: %s", async (name) => {
  await writeFile(planFile(name), "something else");
  const error = await userError(mergeDelivery(delivery));
  expect(error.id).toBe("MA903");
  expect(error.message).toContain(`${name} was changed after the plan was written`);
});

test("a plan that is not there", async () => {
  const reference = { ...delivery.reference, reference: "multiarch.plan.0.1.a" };
  const error = await userError(mergeDelivery({ ...delivery, reference }));
  expect(error.message).toContain("multiarch.plan.0.1.a");
});

test("fields of a later version are told and left alone", async () => {
  const bytes = await rewritePlan({ later: 1 });
  const reference = { ...delivery.reference, sha256: digest(bytes) };
  await rewriteLeg(delivery, "linux-x64", (leg) => ({
    ...leg,
    later: { deep: true },
    host: { ...leg.host, colour: "blue" },
  }));
  const log = recordingLog();
  const { release, output } = await mergeDelivery({ ...delivery, reference }, { log });
  const notices = log.lines.filter((line) => line.startsWith("notice: "));
  const leg = `leg.json of artifact ${delivery.artifact("linux-x64")}`;
  expect(notices).toEqual([
    `notice: plan.json of artifact ${reference.reference}: unknown field later is ignored`,
    `notice: ${leg}: unknown field host.colour is ignored`,
    `notice: ${leg}: unknown field later is ignored`,
  ]);
  // What the release calls the plan's hash is that of the file beside it.
  expect(release.plan.sha256).toBe(digest(await readFile(join(output, "plan.json"))));
});

test("a leg of another major version is refused, not taken for a broken upload", async () => {
  await rewriteLeg(delivery, "linux-x64", (leg) => ({ ...leg, schema: "multiarch.leg/2" }));
  await deliverAgain(delivery, "linux-arm64", { attempt: 1, nonce: "eeeeeeeeeeee" });
  const error = await userError(mergeDelivery(delivery));
  expect(error.id).toBe("MA902");
  expect(error.message).toContain(delivery.artifact("linux-x64"));
  expect(error.details).toMatchObject({
    expected: "multiarch.leg/1",
    found: '"multiarch.leg/2"',
  });
});

test("a plan of another major version is refused", async () => {
  const bytes = await rewritePlan({ schema: "multiarch.plan/2" });
  const reference = { ...delivery.reference, sha256: digest(bytes) };
  expect((await userError(mergeDelivery({ ...delivery, reference }))).id).toBe("MA902");
});

test("an upload that broke counts as missing, and says why", async () => {
  await writeFile(join(delivery.store, delivery.artifact("linux-x64"), "leg.json"), '{"schema"');
  const log = recordingLog();
  const error = await userError(mergeDelivery(delivery, { log }));
  expect(error.id).toBe("MA704");
  expect(error.message).toContain("the leg of linux-x64 is missing");
  expect(error.message).toContain(`leg.json of artifact ${delivery.artifact("linux-x64")}`);
  expect(log.lines.some((line) => line.startsWith("warning: leg.json of artifact"))).toBe(true);
});

test("an upload that broke does not count when a later attempt came through", async () => {
  await deliverAgain(delivery, "linux-x64", { attempt: 2, nonce: "ffffffffffff" });
  await writeFile(join(delivery.store, delivery.artifact("linux-x64"), "leg.json"), "");
  const { release } = await mergeDelivery(delivery, { attempt: 2 });
  expect(release.legs.find(({ row }) => row === "linux-x64")).toMatchObject({ attempt: 2 });
});
