import { describe, expect, test } from "@jest/globals";
import { silentLog } from "@multiarch/diagnostics";
import { verify } from "@multiarch/verify";
import { addonFor } from "../../../../test/support/addons.ts";
import { glibcProgram } from "../../../../test/support/binaries.ts";
import { deliver, mergeDelivery } from "../../../../test/support/delivery.ts";
import { prebuiltProject } from "../../../../test/support/project.ts";
import { temporaryFolder } from "../../../../test/support/temporary.ts";

const targets = ["linux-x64-gnu", "linux-x64-musl", "linux-arm64", "darwin-arm64", "windows-x64"];
const addons = Object.fromEntries(targets.map((id) => [`out/${id}/index.node`, addonFor(id)]));
const both = { prebuilt: { files: ["out/{id}/tool{exe}", "out/{id}/{bin}.node"] } };
const alone = { prebuilt: { files: "out/{id}/{bin}.node" } };

/** Findings of our own checks, as npm would have to care for them, about a release that we made. */
async function findings(npm: object, files: object): Promise<string[]> {
  const config = { repository: "https://code.example/me/tool", npm, ...files };
  const programs = { "linux-x64-gnu": glibcProgram("x64", "2.17") };
  const project = await prebuiltProject({ targets, config, programs, files: addons });
  const { output } = await mergeDelivery(await deliver(project));
  const report = await verify({
    paths: [output],
    folder: output,
    temporaryFolder: await temporaryFolder(),
    purpose: "npm",
    target: null,
    glibc: null,
    exclude: [],
    failOn: "error",
    log: silentLog,
  });
  expect(report.files.filter(({ kind }) => kind === "npm").length).toBeGreaterThan(targets.length);
  return report.files.flatMap(({ path, checks }) =>
    checks
      .filter(({ level }) => level !== "note")
      .map(
        ({ rule, level, expected, found }) => `${path} ${level} ${rule}: ${expected} / ${found}`,
      ),
  );
}

describe("npm packages that were made here have nothing that verify would say", () => {
  test.each<[string, object, object]>([
    ["scoped", { scope: "@me" }, {}],
    ["prefixed", {}, {}],
    ["prefixed by a scope with a name", { scope: "@me/tool", addon: "index" }, both],
    ["alias", { layout: "alias", main: "@me/tool", addon: "index" }, both],
    ["as napi-rs names them", { names: "napi", scope: "@me", addon: "index" }, alone],
    ["as biome names them", { names: "biome", scope: "@me" }, {}],
  ])("%s", async (_what, npm, files) => {
    expect(await findings(npm, files)).toEqual([]);
  });
});
