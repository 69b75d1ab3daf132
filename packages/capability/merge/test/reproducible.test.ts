import { stat } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { bundle, runNode, supportFolder } from "../../../../test/support/bundle.ts";
import { type Delivery, deliver, deliverAgain } from "../../../../test/support/delivery.ts";
import { prebuiltProject } from "../../../../test/support/project.ts";
import { temporaryFolder, tree } from "../../../../test/support/temporary.ts";

let delivery: Delivery;
let script: string;
beforeAll(async () => {
  const targets = ["linux-x64", "linux-arm64-musl", "darwin-x64", "windows-arm64"];
  const config = { npm: { scope: "@me" }, wheel: { module: true } };
  delivery = await deliver(await prebuiltProject({ targets, config }));
  // Equal legs of one row: which of the two is kept must not depend on which is listed first.
  await deliverAgain(delivery, "linux-x64", { attempt: 1, nonce: "000000000000" });
  script = await bundle(
    join(supportFolder, "merge-child.ts"),
    join(await temporaryFolder(), "merge.mjs"),
  );
});

async function mergeIn(
  zone: string,
  umask: string,
  order: string,
): Promise<{ output: string; zone: string }> {
  const output = join(await temporaryFolder(), "release");
  const { reference, sha256 } = delivery.reference;
  const args = [script, delivery.store, reference, sha256, output, umask, order];
  return { output, zone: await runNode(args, { TZ: zone }) };
}

test("equal inputs give equal bytes in any time zone, umask and order of legs", async () => {
  const one = await mergeIn("UTC", "022", "as-listed");
  const other = await mergeIn("Pacific/Kiritimati", "077", "reversed");
  expect(other.zone).not.toBe(one.zone);
  const files = await tree(one.output);
  expect(Object.keys(files).length).toBeGreaterThan(20);
  expect(await tree(other.output)).toEqual(files);
  // The umask was really another one.
  const mode = async (folder: string): Promise<number> =>
    (await stat(join(folder, "release.json"))).mode & 0o777;
  const modes = process.platform === "win32" ? [0o666, 0o666] : [0o644, 0o600];
  expect([await mode(one.output), await mode(other.output)]).toEqual(modes);
});
