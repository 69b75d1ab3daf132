import { rm } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { linuxProgram, programFor } from "../../../../test/support/binaries.ts";
import {
  copyOf,
  type Delivery,
  deliver,
  deliverAgain,
  failLeg,
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

const otherNonce = { attempt: 1, nonce: "bbbbbbbbbbbb" };
const secondAttempt = { attempt: 2, nonce: "cccccccccccc" };
const otherBytes = linuxProgram("arm64", { label: "other" });

describe("the set of legs", () => {
  test("a leg that was deleted is missed by name", async () => {
    await rm(join(delivery.store, delivery.artifact("linux-arm64")), { recursive: true });
    const error = await userError(mergeDelivery(delivery));
    expect(error.id).toBe("MA704");
    expect(error.message).toContain("the leg of linux-arm64 is missing");
  });

  test("a row that was delivered twice with different bytes names both artifacts", async () => {
    const second = await deliverAgain(delivery, "linux-arm64", otherNonce, { file: otherBytes });
    const error = await userError(mergeDelivery(delivery));
    expect(error.id).toBe("MA703");
    expect(error.message).toContain("linux-arm64 was delivered twice in attempt 1");
    expect(error.message).toContain(delivery.artifact("linux-arm64"));
    expect(error.message).toContain(second);
  });

  test("a row that was delivered twice with equal bytes is one leg", async () => {
    await deliverAgain(delivery, "linux-arm64", otherNonce);
    const { release } = await mergeDelivery(delivery);
    expect(release.legs.map(({ row }) => row)).toEqual(["linux-arm64", "linux-x64"]);
  });

  test("success and failure of one attempt are different deliveries", async () => {
    await deliverAgain(delivery, "linux-arm64", otherNonce, { change: failLeg });
    expect((await userError(mergeDelivery(delivery))).message).toContain("MA703 linux-arm64");
  });

  test("of several attempts the highest counts, whatever the others hold", async () => {
    await deliverAgain(delivery, "linux-arm64", secondAttempt, { file: otherBytes });
    const { release } = await mergeDelivery(delivery, { attempt: 2 });
    const leg = release.legs.find(({ row }) => row === "linux-arm64");
    expect(leg).toMatchObject({ attempt: 2, result: "ok" });
    const made = release.packages.find(({ target }) => target === "linux-arm64");
    expect(made?.from[0]?.sha256).not.toBe(delivery.legs["linux-arm64"]?.files[0]?.sha256);
  });

  test("a failed second attempt is not replaced by what came before it", async () => {
    await deliverAgain(delivery, "linux-arm64", secondAttempt, { change: failLeg });
    const error = await userError(mergeDelivery(delivery, { attempt: 2 }));
    expect(error.id).toBe("MA705");
  });

  test("a leg cannot come from a later attempt than this one", async () => {
    const later = await deliverAgain(delivery, "linux-arm64", secondAttempt);
    const error = await userError(mergeDelivery(delivery));
    expect(error.message).toMatch(/^MA702 /);
    expect(error.message).toContain(later);
    expect(error.details).toMatchObject({ expected: "at most 1", found: "2" });
  });
});

describe("legs that were made for something else", () => {
  const text = "leg.json";

  test("a leg of a plan that nobody knows", async () => {
    const stranger = `multiarch.leg.${"0".repeat(16)}.linux-x64.1.dddddddddddd`;
    await rewriteLeg(delivery, "linux-x64", (leg) => leg, stranger);
    const error = await userError(mergeDelivery(delivery));
    expect(error.id).toBe("MA701");
    expect(error.message).toContain(stranger);
  });

  test("legs of another plan of the same run are left alone", async () => {
    const targets = ["linux-x64", "linux-arm64"];
    const config = { version: "9.9.9" };
    const other = await deliver(await prebuiltProject({ targets, config }), delivery.store);
    expect(other.plan.id).not.toBe(delivery.plan.id);
    const { release } = await mergeDelivery(delivery);
    expect(release.project.version).toBe("1.2.3");
    const { release: second } = await mergeDelivery(other);
    expect(second.project.version).toBe("9.9.9");
  });

  test.each([
    ["another plan", { plan: "0".repeat(16) }, "was built for another plan"],
    ["another row", { row: "linux-arm64" }, "says that it is another leg"],
    ["a row that is not planned", { row: "darwin-x64" }, "is of a row that the plan does not have"],
    ["another target", { target: "linux-x64-musl" }, "has another target"],
    ["another commit", { commit: "f".repeat(40) }, "was built from another commit"],
    ["another configuration", { config: "0".repeat(64) }, "was built with another configuration"],
  ])(`${text} of %s under our name`, async (_what, change, expected) => {
    await rewriteLeg(delivery, "linux-x64", (leg) => ({ ...leg, ...change }));
    const log = recordingLog();
    const error = await userError(mergeDelivery(delivery, { log }));
    const artifact = delivery.artifact("linux-x64");
    // The row has no other leg, so two things are wrong, and both are shown.
    expect(error.id).toBe("MA700");
    expect(error.message).toContain(`the leg ${artifact} ${expected}`);
    expect(error.message).toContain("the leg of linux-x64 is missing");
    const shown = log.lines.filter((line) => line.startsWith("error: "));
    expect(shown[0]).toContain(`error: MA702 the leg ${artifact} ${expected}`);
    expect(shown[1]).toContain("error: MA704 the leg of linux-x64 is missing");
  });

  test("a name that is no leg's", async () => {
    const odd = `multiarch.leg.${delivery.plan.id}.linux-x64.1`;
    await rewriteLeg(delivery, "linux-x64", (leg) => leg, odd);
    expect((await userError(mergeDelivery(delivery))).message).toContain(odd);
  });
});

describe("legs that failed", () => {
  test("merge repeats the leg's own error", async () => {
    await rewriteLeg(delivery, "linux-arm64", failLeg);
    const error = await userError(mergeDelivery(delivery));
    expect(error.id).toBe("MA705");
    expect(error.message).toContain("the leg of linux-arm64 failed");
    expect(error.message).toContain(delivery.artifact("linux-arm64"));
    expect(error.message).toContain("phase compile");
    expect(error.message).toContain("MA382 cc ended with exit code 1\n    found: no such header");
  });

  test("a leg of a wrong checkout says so itself", async () => {
    const wrong = { commit: "f".repeat(40), config: "0".repeat(64) };
    const error = { code: "MA313", phase: "prepare", text: "MA313 another commit" };
    await rewriteLeg(delivery, "linux-x64", (leg) => ({ ...failLeg(leg), ...wrong, error }));
    const raised = await userError(mergeDelivery(delivery));
    expect(raised.id).toBe("MA705");
    expect(raised.message).toContain("MA313 another commit");
  });

  test("one error names all that failed for the same reason", async () => {
    await rewriteLeg(delivery, "linux-arm64", failLeg);
    await rewriteLeg(delivery, "linux-x64", failLeg);
    const error = await userError(mergeDelivery(delivery));
    expect(error.id).toBe("MA705");
    expect(error.message).toContain("the legs of linux-arm64, linux-x64 failed");
    expect(error.message.match(/no such header/g)).toHaveLength(1);
  });

  test("all reasons are shown", async () => {
    await rewriteLeg(delivery, "linux-arm64", failLeg);
    const other = {
      code: "MA382",
      phase: "compile",
      text: "MA382 cc\n  found: no such header here",
    };
    await rewriteLeg(delivery, "linux-x64", (leg) => ({ ...failLeg(leg), error: other }));
    const log = recordingLog();
    const error = await userError(mergeDelivery(delivery, { log }));
    expect(error.id).toBe("MA700");
    expect(error.message).toContain("2 things");
    for (const row of ["linux-arm64", "linux-x64"]) {
      const line = log.lines.find((one) => one.startsWith(`error: MA705 the leg of ${row}`));
      expect(line).toContain("no such header");
    }
  });
});

test("one program may serve every target that it fits", async () => {
  const targets = ["linux-x64-gnu", "linux-x64-musl"];
  const program = programFor("linux-x64");
  const programs = { "linux-x64-gnu": program, "linux-x64-musl": program };
  const { release } = await mergeDelivery(
    await deliver(await prebuiltProject({ targets, programs })),
  );
  expect(release.legs).toHaveLength(2);
});
