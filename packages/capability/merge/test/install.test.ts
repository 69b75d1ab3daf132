import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { silentLog } from "@multiarch/diagnostics";
import { detectHost } from "@multiarch/host";
import { type Delivery, deliver, mergeDelivery } from "../../../../test/support/delivery.ts";
import { prebuiltProject } from "../../../../test/support/project.ts";
import { put, temporaryFolder } from "../../../../test/support/temporary.ts";
import { tryCommands } from "../src/installed-commands.ts";

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

test("a program that is not there, or is another, is told although its launcher returns 1 as programs do", async () => {
  const { release } = await mergeDelivery(delivery);
  const made = release.packages.find(({ kind, main }) => kind === "npm" && !main);
  if (made === undefined) throw new Error("no npm package was made");
  const folder = await temporaryFolder();
  const facts = delivery.legs[made.target ?? ""]?.files[0]?.facts;
  if (!facts) throw new Error("no facts were read");
  const kind = "executable" as const;
  const target = made.target ?? "";
  const file = { row: "", target, package: "tool", fileId: "tool", bin: "tool", kind };
  const request = {
    folder,
    packages: release.packages,
    files: [{ ...file, path: "", size: 1, sha256: made.from[0]?.sha256 ?? "", facts }],
    host: { ...(await host("linux-x64-gnu")), os: "linux" },
    environment: {},
    temporaryFolder: folder,
    smoke: ["--version"],
    log: silentLog,
  };
  const place = (bin: string): string => join(folder, bin);
  const attempt = () =>
    tryCommands(request, made, { program: place, command: place, suffix: "" }, {});
  expect(await attempt()).toBe(`${made.name}: ${place("tool")} is missing`);
  await put(folder, { tool: "another" });
  expect(await attempt()).toBe(`${made.name}: ${place("tool")} is not the file that was built`);
});
