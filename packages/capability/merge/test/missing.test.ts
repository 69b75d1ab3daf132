import { rm } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, beforeEach, expect, test } from "@jest/globals";
import { readArchiveEntries } from "@multiarch/archive";
import {
  copyOf,
  type Delivery,
  deliver,
  failLeg,
  mergeDelivery,
  rewriteLeg,
} from "../../../../test/support/delivery.ts";
import { prebuiltProject } from "../../../../test/support/project.ts";
import { tree, userError } from "../../../../test/support/temporary.ts";

let built: Delivery;
let delivery: Delivery;
beforeAll(async () => {
  const targets = ["linux-x64", "linux-arm64", { id: "linux-riscv64", optional: true }];
  const config = { npm: { scope: "@me" }, wheel: true };
  // The optional target has no file, so its leg really failed.
  const programs = { "linux-riscv64": null };
  built = await deliver(await prebuiltProject({ targets, config, programs }));
});
beforeEach(async () => {
  delivery = await copyOf(built);
});

async function pinnedBy(output: string): Promise<string[]> {
  const name = "package/package.json";
  const files = await readArchiveEntries(join(output, "npm/tool-1.2.3.tgz"), [name]);
  const manifest = JSON.parse(Buffer.from(files.get(name) ?? []).toString()) as {
    optionalDependencies: Record<string, string>;
  };
  return Object.keys(manifest.optionalDependencies);
}

test("an optional leg that failed is told, and nothing pins what was not built", async () => {
  expect(built.legs["linux-riscv64"]?.result).toBe("failed");
  const { release, output } = await mergeDelivery(delivery);
  expect(release.missing).toEqual([
    {
      target: "linux-riscv64",
      why: "MA306 no prebuilt file for linux-riscv64",
      allowedBy: "optional in the configuration",
    },
  ]);
  expect((await pinnedBy(output)).sort()).toEqual(["@me/linux-arm64", "@me/linux-x64"]);
  expect(release.legs.map(({ row }) => row)).toEqual(["linux-arm64", "linux-x64"]);
  expect(Object.keys(await tree(output)).filter((name) => name.includes("riscv64"))).toEqual([]);
});

test("an optional leg that was never delivered is told as well", async () => {
  await rm(join(delivery.store, delivery.artifact("linux-riscv64")), { recursive: true });
  const { release } = await mergeDelivery(delivery);
  expect(release.missing).toMatchObject([{ target: "linux-riscv64", why: "no leg was delivered" }]);
});

test("what allow-missing names may be missing, in any spelling", async () => {
  await rewriteLeg(delivery, "linux-arm64", failLeg);
  await rm(join(delivery.store, delivery.artifact("linux-arm64"), "files"), { recursive: true });
  const allowMissing = ["linux/arm64"];
  expect((await userError(mergeDelivery(delivery))).id).toBe("MA705");
  const { release, output } = await mergeDelivery(delivery, { allowMissing });
  expect(release.missing).toEqual([
    {
      target: "linux-arm64",
      why: "MA382 cc ended with exit code 1",
      allowedBy: "allow-missing",
    },
    expect.objectContaining({ target: "linux-riscv64" }),
  ]);
  expect(await pinnedBy(output)).toEqual(["@me/linux-x64"]);
});

test("a name that allow-missing does not know is refused before anything else", async () => {
  const error = await userError(mergeDelivery(delivery, { allowMissing: ["linux-arn64"] }));
  expect(error.id).toBe("MA101");
  expect(error.message).toContain("linux-arm64");
});

test("a release of nothing is no release", async () => {
  const targets = [{ id: "linux-x64", optional: true }];
  const programs = { "linux-x64": null };
  const empty = await deliver(await prebuiltProject({ targets, programs }));
  expect((await userError(mergeDelivery(empty))).id).toBe("MA711");
});
