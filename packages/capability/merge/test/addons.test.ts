import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { listArchive } from "@multiarch/archive";
import type { Release } from "@multiarch/contracts";
import { UserError } from "@multiarch/diagnostics";
import { addonFor } from "../../../../test/support/addons.ts";
import { glibcProgram } from "../../../../test/support/binaries.ts";
import { deliver, mergeDelivery, rewriteLeg } from "../../../../test/support/delivery.ts";
import { prebuiltProject } from "../../../../test/support/project.ts";
import { recordingLog } from "../../../../test/support/recording-log.ts";

const ids = ["linux-x64-gnu", "linux-x64-musl", "darwin-arm64", "windows-x64-msvc"];
const prebuilt = { files: ["out/{id}/tool{exe}", "out/{id}/{bin}.node"] };

function project(npm: object, files: Record<string, string | Uint8Array> = {}, more: object = {}) {
  const addons = ids.map((id): [string, Uint8Array] => [`out/${id}/index.node`, addonFor(id)]);
  return prebuiltProject({
    targets: ids,
    config: { prebuilt, npm, ...more },
    programs: { "linux-x64-gnu": glibcProgram("x64", "2.17") },
    files: { ...Object.fromEntries(addons), ...files },
  });
}

const shape = async (
  output: string,
  release: Release,
  name: (one: Release["packages"][number]) => boolean,
) => {
  const found = release.packages.find(name);
  if (found === undefined) throw new Error("there is no such package");
  return (await listArchive(join(output, found.file))).map(
    (one) => `${one.mode.toString(8)} ${one.name}`,
  );
};

describe("commands and an addon of one project", () => {
  test("travel in legs with their kinds, and reach only the packages that they mean something to", async () => {
    const delivery = await deliver(
      await project({ addon: "index", scope: "@me" }, {}, { wheel: true }),
    );
    expect(delivery.plan.rows[0]?.expect).toEqual([
      { package: "tool", kind: "executable" },
      { package: "tool", kind: "addon" },
    ]);
    const leg = delivery.legs["linux-x64-gnu"];
    expect(leg?.files.map(({ id, kind, path, mode }) => [id, kind, path, mode])).toEqual([
      ["tool", "executable", "files/tool/tool", "0755"],
      ["index-node", "addon", "files/tool/index.node", "0644"],
    ]);
    const { output, release } = await mergeDelivery(delivery);
    const npm = release.packages.filter(({ kind }) => kind === "npm");
    expect(npm.map(({ name }) => name)).toEqual([
      "@me/darwin-arm64",
      "@me/linux-x64-gnu",
      "@me/linux-x64-musl",
      "@me/win32-x64",
      "tool",
    ]);
    expect(npm[1]?.from.map(({ file }) => file)).toEqual(["tool", "index-node"]);
    expect(await shape(output, release, (one) => one === npm[1])).toEqual(
      expect.arrayContaining(["755 package/bin/tool", "644 package/index.node"]),
    );
    for (const kind of ["archive", "wheel"] as const) {
      const members = await shape(
        output,
        release,
        (one) => one.kind === kind && one.target === "linux-x64-gnu",
      );
      expect(members.filter((name) => name.endsWith(".node"))).toEqual([]);
    }
    const kept = JSON.parse(await readFile(join(output, "legs/linux-x64-gnu/leg.json"), "utf8"));
    expect(kept.files).toHaveLength(2);
  });

  test("in the layout alias, files of the project's in the main package", async () => {
    const files = {
      "package.json": JSON.stringify({
        name: "@me/tool",
        version: "0.0.0",
        type: "module",
        exports: "./dist/main.js",
        scripts: { test: "x" },
      }),
      "dist/main.js": "export {};\n",
    };
    const npm = { addon: "index", layout: "alias", files: ["dist"] };
    const { output, release } = await mergeDelivery(await deliver(await project(npm, files)));
    const made = release.packages.filter(({ kind }) => kind === "npm");
    expect(made.map(({ name, version, to }) => [name, version, to.tag])).toEqual([
      ["@me/tool", "1.2.3-darwin-arm64", "darwin-arm64"],
      ["@me/tool", "1.2.3-linux-x64-gnu", "linux-x64-gnu"],
      ["@me/tool", "1.2.3-linux-x64-musl", "linux-x64-musl"],
      ["@me/tool", "1.2.3-win32-x64", "win32-x64"],
      ["@me/tool", "1.2.3", undefined],
    ]);
    expect(new Set(made.map(({ file }) => file)).size).toBe(5);
    expect(release.order.at(-1)).toBe("npm:me-tool-1.2.3.tgz");
    const main = await shape(output, release, (one) => one.kind === "npm" && one.main);
    expect(main).toEqual(
      expect.arrayContaining([
        "755 package/bin/tool.cjs",
        "644 package/dist/main.js",
        "644 package/index.cjs",
      ]),
    );
  });

  test("the addon alone: no archives, no wheels", async () => {
    const root = await project(
      { addon: "index" },
      {},
      { prebuilt: { files: "out/{id}/{bin}.node" } },
    );
    const delivery = await deliver(root);
    expect(delivery.plan.packages).toMatchObject([
      { bins: [], outputs: { npm: { addon: "index" } } },
    ]);
    const { release } = await mergeDelivery(delivery);
    expect([...new Set(release.packages.map(({ kind }) => kind))]).toEqual(["npm"]);
  });
});

describe("what is refused", () => {
  const told = async (change: Parameters<typeof rewriteLeg>[2]): Promise<string> => {
    const delivery = await deliver(await project({ addon: "index" }));
    await rewriteLeg(delivery, "linux-x64-gnu", change);
    const log = recordingLog();
    const error = await mergeDelivery(delivery, { log }).catch((caught: unknown) => caught);
    if (!(error instanceof UserError)) throw error;
    return [error.message, ...log.lines].join("\n");
  };

  test("an addon that the leg does not list", async () => {
    const without = await told((leg) => ({
      ...leg,
      files: leg.files.filter(({ kind }) => kind !== "addon"),
    }));
    expect(without).toContain("holds no addon index of tool");
  });

  test("an addon that calls itself a command", async () => {
    const renamed = await told((leg) => ({
      ...leg,
      files: leg.files.map((file) => ({ ...file, kind: "executable" as const })),
    }));
    expect(renamed).toMatch(/MA707 files\/tool\/index.node[\s\S]*found: executable index of tool/);
  });

  test.each<[string, Uint8Array, RegExp]>([
    ["a library for another target", addonFor("darwin-arm64"), /made\/os/],
    ["a program under an addon's name", glibcProgram("x64", "2.17"), /MA311[\s\S]*library/],
    ["text under an addon's name", Buffer.from("module.exports = {};\n"), /MA6/],
  ])("%s, in the leg itself", async (_what, bytes, message) => {
    const root = await project({ addon: "index" }, { "out/linux-x64-gnu/index.node": bytes });
    const { legs } = await deliver(root);
    expect(legs["linux-x64-gnu"]).toMatchObject({ result: "failed", files: [] });
    expect(legs["linux-x64-gnu"]?.error?.text).toMatch(message);
  });
});
