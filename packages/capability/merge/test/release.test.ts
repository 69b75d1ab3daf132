import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { listArchive, readArchiveEntries } from "@multiarch/archive";
import { digest, parseDocument, type Release } from "@multiarch/contracts";
import { type Delivery, deliver, mergeDelivery } from "../../../../test/support/delivery.ts";
import { prebuiltProject } from "../../../../test/support/project.ts";
import { tree } from "../../../../test/support/temporary.ts";

const targets = ["linux-x64", "linux-arm64-gnu", "darwin-arm64", "windows-x64"];
const linuxTags = (processor: string): string =>
  `manylinux2014_${processor}.manylinux_2_17_${processor}.musllinux_1_1_${processor}.musllinux_1_2_${processor}`;

/** Every package that carries a program, and where the program lies inside it. */
const carriers = [
  {
    target: "linux-x64",
    npm: "me-linux-x64-1.2.3.tgz",
    wheel: linuxTags("x86_64"),
    archive: "linux-x64.tar.gz",
    bin: "tool",
  },
  {
    target: "linux-arm64-gnu",
    npm: "me-linux-arm64-1.2.3.tgz",
    wheel: linuxTags("aarch64"),
    archive: "linux-arm64-gnu.tar.gz",
    bin: "tool",
  },
  {
    target: "darwin-arm64",
    npm: "me-darwin-arm64-1.2.3.tgz",
    wheel: "macosx_11_0_arm64",
    archive: "darwin-arm64.tar.gz",
    bin: "tool",
  },
  {
    target: "windows-x64",
    npm: "me-win32-x64-1.2.3.tgz",
    wheel: "win_amd64",
    archive: "windows-x64.zip",
    bin: "tool.exe",
  },
].map(({ target, npm, wheel, archive, bin }) => ({
  target,
  bin,
  files: {
    [`npm/${npm}`]: `package/bin/${bin}`,
    [`wheels/tool-1.2.3-py3-none-${wheel}.whl`]: `tool-1.2.3.data/scripts/${bin}`,
    [`archives/tool-1.2.3-${archive}`]: `tool-1.2.3-${archive.replace(/\.(?:zip|tar\.gz)$/, "")}/${bin}`,
  },
}));

describe("a release of four targets", () => {
  let delivery: Delivery;
  let release: Release;
  let output: string;

  beforeAll(async () => {
    const config = { npm: { scope: "@me" }, wheel: true };
    delivery = await deliver(await prebuiltProject({ targets, config }));
    ({ release, output } = await mergeDelivery(delivery));
  });

  test("holds every package, leg and document, and nothing besides", async () => {
    const expected = [
      ...carriers.flatMap(({ target, bin, files }) => [
        ...Object.keys(files),
        `legs/${target}/leg.json`,
        `legs/${target}/files/tool/${bin}`,
      ]),
      "npm/tool-1.2.3.tgz",
      "archives/SHA256SUMS",
      "plan.json",
      "release.json",
    ];
    expect(Object.keys(await tree(output)).sort()).toEqual(expected.sort());
  });

  test.each(carriers)(
    "$target: one program inside every package",
    async ({ target, bin, files }) => {
      const program = await readFile(join(output, "legs", target, "files/tool", bin));
      for (const [file, inside] of Object.entries(files)) {
        const member = (await listArchive(join(output, file))).find(({ name }) => name === inside);
        const executable = { sha256: digest(program), size: program.byteLength, mode: 0o755 };
        expect([file, member]).toMatchObject([file, executable]);
      }
      const made = release.packages.filter((one) => one.target === target);
      expect(made.map(({ file }) => file).sort()).toEqual(Object.keys(files).sort());
      for (const { from } of made) {
        expect(from).toEqual([{ leg: target, file: "tool", sha256: digest(program) }]);
      }
    },
  );

  test("lists each package with the size and the hash of its file", async () => {
    expect(release.packages).toHaveLength(14);
    for (const { file, size, sha256 } of release.packages) {
      const bytes = await readFile(join(output, file));
      expect([file, bytes.byteLength, digest(bytes)]).toEqual([file, size, sha256]);
    }
  });

  test("SHA256SUMS names every archive, sorted, bare", async () => {
    const lines = (await readFile(join(output, "archives/SHA256SUMS"), "utf8")).split("\n");
    const archives = release.packages
      .filter(({ kind }) => kind === "archive")
      .map(({ name, sha256 }) => `${sha256}  ${name}`);
    const byName = (left: string, right: string): number =>
      left.slice(66) < right.slice(66) ? -1 : 1;
    expect(lines).toEqual([...archives.sort(byName), ""]);
  });

  test("archives hold the documents beside the program", async () => {
    const names = (await listArchive(join(output, "archives/tool-1.2.3-linux-x64.tar.gz"))).map(
      ({ name, mode }) => [name, mode],
    );
    const top = "tool-1.2.3-linux-x64";
    expect(names).toEqual([
      [`${top}/LICENSE`, 0o644],
      [`${top}/README.md`, 0o644],
      [`${top}/tool`, 0o755],
    ]);
  });

  test("the main npm package pins exactly what was built, and is published last", async () => {
    const main = join(output, "npm/tool-1.2.3.tgz");
    const files = await readArchiveEntries(main, ["package/package.json"]);
    const manifest: unknown = JSON.parse(
      Buffer.from(files.get("package/package.json") ?? []).toString(),
    );
    expect(manifest).toMatchObject({
      name: "tool",
      version: "1.2.3",
      optionalDependencies: {
        "@me/linux-x64": "1.2.3",
        "@me/linux-arm64": "1.2.3",
        "@me/darwin-arm64": "1.2.3",
        "@me/win32-x64": "1.2.3",
      },
    });
    expect(release.order).toHaveLength(5);
    expect(release.order.at(-1)).toBe("npm:tool-1.2.3.tgz");
    const ids = release.packages.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(release.order));
  });

  test("its documents pass their own schemas and name each other", async () => {
    const bytes = await readFile(join(output, "release.json"));
    const parsed = parseDocument("release", bytes, "release.json");
    expect(parsed.unknown).toEqual([]);
    expect(parsed.value).toEqual(release);
    const plan = await readFile(join(output, "plan.json"));
    expect(release.plan).toEqual({ id: delivery.plan.id, sha256: digest(plan) });
    for (const { row, sha256, result } of release.legs) {
      const leg = await readFile(join(output, "legs", row, "leg.json"));
      expect([row, digest(leg), result]).toEqual([row, sha256, "ok"]);
      expect(parseDocument("leg", leg, row).unknown).toEqual([]);
    }
    expect(release.legs.map(({ row }) => row)).toEqual([...targets].sort());
    expect(release.missing).toEqual([]);
    expect(release.publish).toEqual(delivery.plan.publish);
  });

  test("nothing is left beside it", async () => {
    const around = Object.keys(await tree(join(output, "..")));
    expect(around.filter((name) => !name.startsWith("release/"))).toEqual([]);
  });
});
