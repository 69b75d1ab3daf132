import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, beforeEach, expect, test } from "@jest/globals";
import { digest, type Leg, type LegFile } from "@multiarch/contracts";
import {
  glibcProgram,
  linuxProgram,
  muslProgram,
  programFor,
} from "../../../../test/support/binaries.ts";
import {
  copyOf,
  type Delivery,
  deliver,
  mergeDelivery,
  rewriteLeg,
} from "../../../../test/support/delivery.ts";
import { prebuiltProject } from "../../../../test/support/project.ts";
import { recordingLog } from "../../../../test/support/recording-log.ts";
import { put, userError } from "../../../../test/support/temporary.ts";

let built: Delivery;
let delivery: Delivery;
const programs = { "linux-x64-gnu": glibcProgram("x64", "2.17") };
beforeAll(async () => {
  const targets = ["linux-x64-gnu", "linux-arm64"];
  built = await deliver(await prebuiltProject({ targets, programs }));
});
beforeEach(async () => {
  delivery = await copyOf(built);
});

const program = "files/tool/tool";

/** Puts other bytes into a stored leg, and lets its document say what a liar would say of them. */
async function swap(row: string, bytes: Uint8Array): Promise<void> {
  await writeFile(join(delivery.store, delivery.artifact(row), program), bytes);
  const honest = { sha256: digest(bytes), size: bytes.byteLength };
  await rewriteLeg(delivery, row, changeFile(honest));
}

function changeFile(change: Partial<LegFile>): (leg: Leg) => Leg {
  return (leg) => ({ ...leg, files: leg.files.map((file) => ({ ...file, ...change })) });
}

test("a file that was changed after its leg was written", async () => {
  const artifact = delivery.artifact("linux-arm64");
  await writeFile(join(delivery.store, artifact, program), linuxProgram("arm64", { label: "?" }));
  const error = await userError(mergeDelivery(delivery));
  expect(error.id).toBe("MA707");
  expect(error.message).toContain(`${program} of ${artifact} is not what its leg says`);
  expect(error.details.expected).toBe(`sha256 ${delivery.legs["linux-arm64"]?.files[0]?.sha256}`);
});

test("a file that is gone", async () => {
  await rm(join(delivery.store, delivery.artifact("linux-arm64"), program));
  const error = await userError(mergeDelivery(delivery));
  expect(error.message).toContain(`MA707 ${program} of ${delivery.artifact("linux-arm64")}`);
  expect(error.message).toContain("found: nothing");
});

test("a file that no leg lists", async () => {
  await put(join(delivery.store, delivery.artifact("linux-arm64")), { "files/tool/more": "?" });
  const error = await userError(mergeDelivery(delivery));
  expect(error.id).toBe("MA707");
  expect(error.message).toContain("files/tool/more of multiarch.leg.");
});

test("an executable that the plan does not promise", async () => {
  const bytes = programFor("linux-arm64");
  await put(join(delivery.store, delivery.artifact("linux-arm64")), { "files/tool/more": bytes });
  await rewriteLeg(delivery, "linux-arm64", (leg) => ({
    ...leg,
    files: [...leg.files, ...changeFile({ path: "files/tool/more", id: "more" })(leg).files],
  }));
  const error = await userError(mergeDelivery(delivery));
  expect(error.id).toBe("MA707");
  expect(error.message).toContain("files/tool/more of multiarch.leg.");
  expect(error.details.expected).toContain("tool of tool");
});

test("a package that the plan does not have", async () => {
  await rewriteLeg(delivery, "linux-arm64", changeFile({ package: "other" }));
  const log = recordingLog();
  expect((await userError(mergeDelivery(delivery, { log }))).id).toBe("MA700");
  const shown = log.lines.join("\n");
  expect(shown).toContain("MA707 files/tool/tool of multiarch.leg.");
  expect(shown).toContain("found: executable tool of other");
  expect(shown).toContain("holds no executable tool of tool");
});

test("an executable that the plan promises and the leg lacks", async () => {
  const artifact = delivery.artifact("linux-arm64");
  await rm(join(delivery.store, artifact, program));
  await rewriteLeg(delivery, "linux-arm64", (leg) => ({ ...leg, files: [] }));
  const error = await userError(mergeDelivery(delivery));
  expect(error.id).toBe("MA706");
  expect(error.message).toContain(`${artifact} holds no executable tool of tool`);
});

test("an x64 program in an arm64 leg, whatever the leg says of it", async () => {
  await swap("linux-arm64", linuxProgram("x64", { label: "swapped" }));
  expect(built.legs["linux-arm64"]?.files[0]?.facts?.arch).toBe("arm64");
  const error = await userError(mergeDelivery(delivery));
  expect(error.id).toBe("MA708");
  const artifact = delivery.artifact("linux-arm64");
  expect(error.message).toContain(`${program} of ${artifact}`);
  expect(error.details).toMatchObject({ expected: "arm64", found: "x64" });
});

test.each([
  ["a glibc above the floor", glibcProgram("x64", "2.39"), "made/glibc-floor", "2.39"],
  ["another libc", muslProgram("x64"), "made/libc", "musl"],
  ["another system", programFor("windows-x64"), "made/os", "windows"],
])("%s", async (_what, bytes, rule, found) => {
  await swap("linux-x64-gnu", bytes);
  const error = await userError(mergeDelivery(delivery));
  expect(error.id).toBe("MA708");
  expect(error.message).toContain(`(${rule})`);
  expect(error.details.found).toContain(found);
});

test("a script in the place of a program", async () => {
  await swap("linux-arm64", Buffer.from("#!/bin/sh\nexec evil\n"));
  const error = await userError(mergeDelivery(delivery));
  expect(error.message).toContain(`MA707 ${program} of ${delivery.artifact("linux-arm64")}`);
  expect(error.message).toContain("expected: a native program");
});

test("a program that lost its mode in the leg's own word", async () => {
  await rewriteLeg(delivery, "linux-arm64", changeFile({ mode: "0644" }));
  const error = await userError(mergeDelivery(delivery));
  expect(error.id).toBe("MA708");
  expect(error.message).toContain("made/mode");
});

test("a file of another kind than this version packages", async () => {
  await rewriteLeg(delivery, "linux-arm64", changeFile({ kind: "library" }));
  expect((await userError(mergeDelivery(delivery))).message).toContain("expected: an executable");
});

test("a path that leads out of the leg is no valid leg", async () => {
  await rewriteLeg(delivery, "linux-arm64", changeFile({ path: "../../../secret" }));
  const error = await userError(mergeDelivery(delivery));
  expect(error.id).toBe("MA704");
  expect(error.message).toContain("the leg of linux-arm64 is missing");
  expect(error.message).toContain("files.0.path");
});

test("one program under two targets that it cannot both serve names both rows", async () => {
  const both = ["linux-x64-gnu", "linux-x64-musl"];
  const bound = glibcProgram("x64", "2.17");
  const programsOfBoth = { "linux-x64-gnu": bound, "linux-x64-musl": muslProgram("x64") };
  delivery = await deliver(await prebuiltProject({ targets: both, programs: programsOfBoth }));
  await swap("linux-x64-musl", bound);
  const error = await userError(mergeDelivery(delivery));
  expect(error.id).toBe("MA700");
  expect(error.message).toContain("made/libc");
  expect(error.message).toContain("across/bytes");
});
