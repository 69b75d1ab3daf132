import { cp } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Release, ReleasePackage } from "@multiarch/contracts";
import { deliver, mergeDelivery } from "../../../../test/support/delivery.ts";
import { prebuiltProject } from "../../../../test/support/project.ts";
import { temporaryFolder } from "../../../../test/support/temporary.ts";
import { checkPackages } from "../src/check-packages.ts";

const repository = "https://github.com/me/tool";
const targets = ["linux-x64", "linux-armv7-gnu", "darwin-arm64", "windows-x64", "linux-arm64-gnu"];

describe("packages are read again before they are put in place", () => {
  let release: Release;
  let output: string;

  beforeAll(async () => {
    const config = { npm: { scope: "@me" }, wheel: true, repository };
    ({ release, output } = await mergeDelivery(
      await deliver(await prebuiltProject({ targets, config })),
    ));
  });

  test("nothing can be said against ours", async () => {
    expect(release.packages.length).toBeGreaterThan(12);
    const checked = await checkPackages(release.packages, [], output, await temporaryFolder());
    expect(checked).toEqual({ checks: [], problems: [] });
  });

  test.each([
    { layout: "alias" },
    { layout: "prefixed" },
    { layout: "scoped", scope: "@me", names: "napi" },
  ])("nor in layout $layout", async (npm) => {
    const config = { npm, wheel: false, repository };
    const made = await mergeDelivery(await deliver(await prebuiltProject({ targets, config })));
    const { packages, checks } = made.release;
    expect(packages.filter(({ kind }) => kind === "npm")).toHaveLength(targets.length + 1);
    expect(checks).toEqual([]);
  });

  async function damaged(change: (folder: string) => Promise<void>): Promise<string[]> {
    const folder = await temporaryFolder();
    await cp(output, folder, { recursive: true });
    await change(folder);
    const { problems } = await checkPackages(release.packages, [], folder, await temporaryFolder());
    return problems.map(({ id, details: { what } }) => `${id} ${what}`);
  }

  function fileOf(kind: ReleasePackage["kind"], target: string): string {
    const found = release.packages.find((one) => one.kind === kind && one.target === target);
    return found?.file ?? `no ${kind} for ${target}`;
  }

  test.each([
    ["wheel", "wheel/os"],
    ["npm", "set/optional-dependencies"],
    ["archive", "archive/name"],
  ] as const)("a %s under another's name is refused", async (kind, rule) => {
    const found = await damaged((folder) =>
      cp(join(folder, fileOf(kind, "linux-x64")), join(folder, fileOf(kind, "windows-x64"))),
    );
    expect(found.filter((text) => text.includes(`(${rule})`))).not.toEqual([]);
    expect(found.every((text) => text.startsWith("MA708 "))).toBe(true);
  });
});
