import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { digest } from "@multiarch/contracts";
import { detectHost, ownTarget } from "@multiarch/host";
import { linuxProgram } from "../support/binaries.ts";
import { copyOf, type Delivery, deliver, mergeDelivery, rewriteLeg } from "../support/delivery.ts";
import type { LinuxProcessor } from "../support/machine-code.ts";
import { prebuiltProject } from "../support/project.ts";
import { userError } from "../support/temporary.ts";

/** A release for this machine (Linux), installed by the npm and the pip that are on PATH. */
describe("what merge installs", () => {
  let built: Delivery;
  let delivery: Delivery;
  let target: string;
  let processor: LinuxProcessor;

  beforeAll(async () => {
    target = ownTarget(await detectHost(process.env));
    processor = process.arch === "arm64" ? "arm64" : "x64";
    const config = { npm: { scope: "@me" }, wheel: true, smoke: ["--version"] };
    const programs = { [target]: linuxProgram(processor, { text: "tool 1.2.3\n" }) };
    built = await deliver(await prebuiltProject({ targets: [target], config, programs }));
  });
  beforeEach(async () => {
    delivery = await copyOf(built);
  });

  async function swap(bytes: Uint8Array): Promise<void> {
    await writeFile(join(delivery.store, delivery.artifact(target), "files/tool/tool"), bytes);
    await rewriteLeg(delivery, target, (leg) => ({
      ...leg,
      files: leg.files.map((file) => ({ ...file, sha256: digest(bytes), size: bytes.byteLength })),
    }));
  }

  test("works, with npm and with pip", async () => {
    expect(built.legs[target]?.smoke).toMatchObject([{ status: "ok", where: "native" }]);
    const { release } = await mergeDelivery(delivery, { installTest: true });
    expect(release.installs).toMatchObject([
      { package: "tool", manager: "npm", status: "ok", why: null },
      { package: "tool", manager: "pip", status: "ok", why: null },
    ]);
    for (const { version } of release.installs) expect(version).toMatch(/^\d+\.\d+/);
  });

  test("works in the layout alias, where all packages have one name", async () => {
    const config = { npm: { main: "@me/tool", layout: "alias" }, smoke: ["--version"] };
    const programs = { [target]: linuxProgram(processor, { text: "tool 1.2.3\n" }) };
    const project = await prebuiltProject({ targets: [target], config, programs });
    const { release } = await mergeDelivery(await deliver(project), { installTest: true });
    expect(release.packages.filter(({ kind }) => kind === "npm").map(({ name }) => name)).toEqual([
      "@me/tool",
      "@me/tool",
    ]);
    expect(release.installs).toMatchObject([{ manager: "npm", status: "ok", why: null }]);
  });

  test("may end with an error of its own: not every program knows the arguments", async () => {
    await swap(linuxProgram(processor, { exit: 3 }));
    const { release } = await mergeDelivery(delivery, { installTest: true });
    expect(release.installs.map(({ status }) => status)).toEqual(["ok", "ok"]);
  });

  test("must start", async () => {
    await swap(linuxProgram(processor, { exit: 127 }));
    const error = await userError(mergeDelivery(delivery, { installTest: true }));
    expect(error.id).toBe("MA712");
    expect(error.message).toContain("tool does not work after npm installed it");
    expect(error.details.found).toContain("tool --version: exit 127");
  });
});
