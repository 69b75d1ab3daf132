import { beforeAll, expect, test } from "@jest/globals";
import { detectHost } from "@multiarch/host";
import { type Delivery, deliver, mergeDelivery } from "../../../../test/support/delivery.ts";
import { prebuiltProject } from "../../../../test/support/project.ts";
import { temporaryFolder } from "../../../../test/support/temporary.ts";

// That installed packages work is tried with the real package managers in test/slow/install.slow.ts.
let delivery: Delivery;
beforeAll(async () => {
  const config = { npm: true, wheel: true };
  const targets = ["linux-x64", "darwin-arm64"];
  delivery = await deliver(await prebuiltProject({ targets, config }));
});

const host = async (target: string) => ({ ...(await detectHost(process.env)), target });

test("nothing is installed where nothing was made for the machine", async () => {
  const given = { installTest: true, host: await host("freebsd-x64") };
  const { release } = await mergeDelivery(delivery, given);
  expect(release.installs).toEqual([
    {
      package: "tool",
      manager: "npm",
      version: "none",
      status: "not-run",
      why: "no package was made for this machine",
    },
    {
      package: "tool",
      manager: "pip",
      version: "none",
      status: "not-run",
      why: "no wheel was made for this machine",
    },
  ]);
});

test("nothing is installed where no package manager is", async () => {
  const environment = { PATH: await temporaryFolder() };
  const given = { installTest: true, host: await host("linux-x64-musl"), environment };
  const { release } = await mergeDelivery(delivery, given);
  expect(release.installs.map(({ manager, status, why }) => [manager, status, why])).toEqual([
    ["npm", "not-run", "there is no npm on PATH"],
    ["pip", "not-run", "there is no Python on PATH"],
  ]);
});

test("nothing is tried when nobody asks", async () => {
  const { release } = await mergeDelivery(delivery, { installTest: false });
  expect(release.installs).toEqual([]);
});
