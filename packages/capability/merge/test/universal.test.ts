import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { readArchiveEntries } from "@multiarch/archive";
import { memorySource, readFacts } from "@multiarch/binary";
import type { Release } from "@multiarch/contracts";
import { macosProgram } from "../../../../test/support/binaries.ts";
import { type Delivery, deliver, mergeDelivery } from "../../../../test/support/delivery.ts";
import { prebuiltProject } from "../../../../test/support/project.ts";

const config = { npm: { scope: "@me" }, wheel: true };

function project(intel: Uint8Array | null): Promise<string> {
  return prebuiltProject({
    targets: ["linux-x64", "darwin-universal"],
    config,
    programs: { "darwin-universal": null },
    files: {
      "out/darwin-arm64/tool": macosProgram("arm64", "arm"),
      ...(intel === null ? {} : { "out/darwin-x64/tool": intel }),
    },
  });
}

describe("a target that is composed of two", () => {
  let delivery: Delivery;
  let release: Release;
  let output: string;

  beforeAll(async () => {
    delivery = await deliver(await project(macosProgram("x64", "intel")));
    ({ release, output } = await mergeDelivery(delivery));
  });

  test("is packaged once, and its parts are not", () => {
    expect(release.packages.map(({ file }) => file).sort()).toEqual([
      "archives/SHA256SUMS",
      "archives/tool-1.2.3-darwin-universal.tar.gz",
      "archives/tool-1.2.3-linux-x64.tar.gz",
      "npm/me-darwin-universal-1.2.3.tgz",
      "npm/me-linux-x64-1.2.3.tgz",
      "npm/tool-1.2.3.tgz",
      "wheels/tool-1.2.3-py3-none-macosx_11_0_arm64.macosx_11_0_universal2.macosx_11_0_x86_64.whl",
      expect.stringMatching(/^wheels\/tool-1\.2\.3-py3-none-manylinux/),
    ]);
    expect(release.legs.map(({ row }) => row)).toEqual(["darwin-arm64", "darwin-x64", "linux-x64"]);
  });

  test("holds both programs as they were delivered, in one file of two slices", async () => {
    const path = join(output, "npm", "me-darwin-universal-1.2.3.tgz");
    const bytes = (await readArchiveEntries(path, ["package/bin/tool"])).get("package/bin/tool");
    if (bytes === undefined) throw new Error("there is no program in it");
    const facts = await readFacts(memorySource(bytes), "tool");
    expect(facts.slices.map(({ arch, minos, signed }) => [arch, minos, signed])).toEqual([
      ["x64", "11.0", true],
      ["arm64", "11.0", true],
    ]);
    const fat = Buffer.from(bytes);
    for (const [index, program] of [
      macosProgram("x64", "intel"),
      macosProgram("arm64", "arm"),
    ].entries()) {
      const offset = fat.readUInt32BE(8 + 20 * index + 8);
      expect(offset % 2 ** 14).toBe(0);
      expect(fat.subarray(offset, offset + program.length)).toEqual(Buffer.from(program));
    }
  });

  test("says of each package which legs it comes from", async () => {
    const file = release.packages.find(({ name }) => name === "@me/darwin-universal");
    const hash = async (row: string): Promise<string> =>
      createHash("sha256")
        .update(await readFile(join(output, "legs", row, delivery.legs[row]?.files[0]?.path ?? "")))
        .digest("hex");
    expect(file?.from.map(({ leg, sha256 }) => [leg, sha256])).toEqual([
      ["darwin-x64", await hash("darwin-x64")],
      ["darwin-arm64", await hash("darwin-arm64")],
    ]);
  });
});

test("without one of its parts it is missing too, and says why", async () => {
  const delivery = await deliver(await project(null));
  const { release } = await mergeDelivery(delivery, { allowMissing: ["darwin-x64"] });
  expect(release.missing.map(({ target }) => target)).toEqual(["darwin-x64", "darwin-universal"]);
  expect(release.missing[1]?.why).toContain("darwin-x64 is missing");
  expect(release.packages.map(({ target }) => target)).not.toContain("darwin-arm64");
});
