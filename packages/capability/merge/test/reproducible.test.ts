import { stat } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { addonFor } from "../../../../test/support/addons.ts";
import { bundle, runNode, supportFolder } from "../../../../test/support/bundle.ts";
import { type Delivery, deliver, deliverAgain } from "../../../../test/support/delivery.ts";
import { prebuiltProject } from "../../../../test/support/project.ts";
import { temporaryFolder, tree } from "../../../../test/support/temporary.ts";

let delivery: Delivery;
let script: string;
beforeAll(async () => {
  const targets = ["linux-x64", "linux-arm64-musl", "darwin-x64", "windows-arm64"];
  const config = {
    prebuilt: { files: ["out/{id}/tool{exe}", "out/{id}/{bin}.node"] },
    npm: { scope: "@me", addon: "index", files: ["lib"] },
    wheel: { module: true },
  };
  const files = {
    ...Object.fromEntries(targets.map((id) => [`out/${id}/index.node`, addonFor(id)])),
    // In a Turkish locale, I and i are no pair; in many, capitals do not come first.
    "lib/I.js": "",
    "lib/b.js": "",
    "lib/Z.js": "",
  };
  delivery = await deliver(await prebuiltProject({ targets, config, files }));
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
  locale: string,
): Promise<{ output: string; zone: string }> {
  const output = join(await temporaryFolder(), "release");
  const { reference, sha256 } = delivery.reference;
  const args = [script, delivery.store, reference, sha256, output, umask, order];
  return { output, zone: await runNode(args, { TZ: zone, LC_ALL: locale }) };
}

test("equal inputs give equal bytes in any time zone, locale, umask and order of legs", async () => {
  const one = await mergeIn("UTC", "022", "as-listed", "C");
  const other = await mergeIn("Pacific/Kiritimati", "077", "reversed", "tr_TR.UTF-8");
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
