import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { digest } from "@multiarch/contracts";
import { adoptPackages } from "@multiarch/merge";
import { deliver, mergeDelivery } from "../../../../test/support/delivery.ts";
import { prebuiltProject } from "../../../../test/support/project.ts";
import {
  type NamedFile,
  otherSdist,
  otherWheel,
} from "../../../../test/support/python-packages.ts";
import { recordingLog } from "../../../../test/support/recording-log.ts";
import { temporaryFolder, tree, userError } from "../../../../test/support/temporary.ts";

async function adopt(
  files: readonly (NamedFile & { leg?: string; target?: string })[],
  more: object = {},
) {
  const folder = await temporaryFolder();
  const log = recordingLog();
  const adoptable = await Promise.all(
    files.map(async ({ name, bytes, leg = "one", target }, index) => {
      const place = join(await temporaryFolder(), String(index));
      await mkdir(place);
      await writeFile(join(place, name), bytes);
      const file = { path: join(place, name), leg, fileId: `file-${index}` };
      return target === undefined ? file : { ...file, target };
    }),
  );
  const adopted = await adoptPackages(adoptable, {
    version: "1.2.3",
    packages: [{ name: "tool", wheelName: "Tool" }],
    targets: ["linux-x64-gnu", "any"],
    folder,
    temporaryFolder: await temporaryFolder(),
    log,
    ...more,
  });
  return { ...adopted, folder, log };
}

describe("packages that other tools made", () => {
  test("are copied byte for byte, with what they are and where they came from", async () => {
    const wheel = await otherWheel();
    const sdist = await otherSdist();
    const { packages, checks, folder } = await adopt([wheel, sdist]);
    expect(packages).toEqual([
      {
        id: `wheel:${wheel.name}`,
        kind: "wheel",
        package: "tool",
        name: "tool",
        version: "1.2.3",
        target: "linux-x64-gnu",
        main: false,
        file: `wheels/${wheel.name}`,
        size: wheel.bytes.byteLength,
        sha256: digest(wheel.bytes),
        integrity: null,
        from: [{ leg: "one", file: "file-0", sha256: digest(wheel.bytes) }],
        to: {},
      },
      expect.objectContaining({
        kind: "sdist",
        target: null,
        file: "wheels/tool-1.2.3.tar.gz",
        sha256: digest(sdist.bytes),
      }),
    ]);
    expect(checks.filter(({ level }) => level === "error")).toEqual([]);
    for (const { name, bytes } of [wheel, sdist]) {
      expect(digest(await readFile(join(folder, "wheels", name)))).toBe(digest(bytes));
    }
  });

  test("the target is the one that was asked for, by the name that the release has for it", async () => {
    const wheel = await otherWheel();
    const target = async (targets: string[], asked?: string) =>
      (await adopt([asked === undefined ? wheel : { ...wheel, target: asked }], { targets }))
        .packages[0]?.target;
    expect(await target(["linux-x64"])).toBe("linux-x64");
    expect(await target(["darwin-arm64"])).toBe("linux-x64-gnu");
    expect(await target(["linux-x64", "linux-x64-gnu"])).toBe("linux-x64-gnu");
    expect(await target(["linux-x64", "linux-x64-gnu"], "linux-x64")).toBe("linux-x64");
  });

  test("one file from two legs is one package of both; two of one name are refused", async () => {
    const wheel = await otherWheel();
    const same = await adopt([wheel, { ...wheel, leg: "two" }]);
    expect(same.packages).toHaveLength(1);
    expect(same.packages[0]?.from.map(({ leg }) => leg)).toEqual(["one", "two"]);
    const other = await otherWheel({ label: "other bytes" });
    expect(other.name).toBe(wheel.name);
    const error = await userError(adopt([wheel, { ...other, leg: "two" }]));
    expect(error.message).toMatch(/MA709 .*tool-1\.2\.3-cp38-abi3.*\n.*of one and of two/s);
  });

  test("another project's, another version's, another target's", async () => {
    const cases = [
      [await otherWheel({ name: "other" }), {}, /MA721 .*another project's/],
      [await otherSdist({ name: "tool2" }), {}, /MA721/],
      [await otherWheel({ version: "1.2.4" }), {}, /MA722 .*another version/],
      [await otherSdist({ version: "1.2.3rc1" }), {}, /MA722/],
      [{ ...(await otherWheel()), target: "linux-x64-musl" }, {}, /MA723 .*not for linux-x64-musl/],
      [{ ...(await otherWheel()), target: "any" }, {}, /MA723/],
      [await otherWheel(), { version: "1.2.3-nightly.1" }, /MA821/],
    ] as const;
    for (const [file, more, why] of cases) await expect(adopt([file], more)).rejects.toThrow(why);
  });

  test("spellings of one name and one version are the same", async () => {
    const sdist = await otherSdist({ name: "tool", version: "1.2.3rc1" });
    const { packages } = await adopt([sdist], {
      version: "1.2.3-rc.1",
      packages: [{ name: "tool", wheelName: "TOOL" }],
    });
    expect(packages[0]).toMatchObject({ name: "tool", version: "1.2.3rc1" });
  });

  test("what is no wheel, or a damaged one: with the rule that says so", async () => {
    const wheel = await otherWheel();
    const text = { name: wheel.name, bytes: new TextEncoder().encode("no zip at all") };
    await expect(adopt([text])).rejects.toThrow(/is not what it says \(zip\//);
    const cut = { name: wheel.name, bytes: wheel.bytes.subarray(0, wheel.bytes.length - 60) };
    await expect(adopt([cut])).rejects.toThrow(/is not what it says \(zip\//);
    const lie = { ...wheel, name: wheel.name.replace(/manylinux.*/, "musllinux_1_2_x86_64.whl") };
    await expect(adopt([lie])).rejects.toThrow(/is not what it says \(wheel\//);
  });

  test("every fault is told, and nothing is copied", async () => {
    const log = recordingLog();
    const files = [await otherWheel({ name: "other" }), await otherWheel({ version: "2.0.0" })];
    const folder = await temporaryFolder();
    const error = await userError(adopt(files, { log, folder }));
    expect(error.id).toBe("MA700");
    expect(log.lines.map((line) => /MA\d+/.exec(line)?.[0])).toEqual(["MA721", "MA722"]);
    expect(await tree(folder)).toEqual({});
  });
});

describe("a release of wheels and an sdist", () => {
  const config = {
    prebuilt: { files: ["dist/*.whl", "dist/*.tar.gz"] },
    repository: "https://github.com/me/tool",
  };

  test("holds them as they were delivered, and nothing of ours", async () => {
    const wheel = await otherWheel();
    const sdist = await otherSdist();
    const files = Object.fromEntries(
      [wheel, sdist].map(({ name, bytes }) => [`dist/${name}`, bytes]),
    );
    const root = await prebuiltProject({ targets: ["linux-x64-gnu", "any"], config, files });
    const delivery = await deliver(root);
    const { release, output } = await mergeDelivery(delivery, {
      installTest: true,
      environment: { PATH: "" },
    });
    expect(
      release.packages.map(({ kind, target, file, from }) => [kind, target, file, from[0]?.leg]),
    ).toEqual([
      ["wheel", "linux-x64-gnu", `wheels/${wheel.name}`, "linux-x64-gnu"],
      ["sdist", null, `wheels/${sdist.name}`, "any"],
    ]);
    for (const { file, sha256 } of release.packages) {
      expect(digest(await readFile(join(output, file)))).toBe(sha256);
    }
    expect(release.legs.map(({ row }) => row)).toEqual(["any", "linux-x64-gnu"]);
  });

  test("a wheel of another tool goes before the one that would be made of the program", async () => {
    const wheel = await otherWheel();
    const both = {
      ...config,
      wheel: true,
      prebuilt: { files: ["out/{id}/tool{exe}", "dist/{id}/*.whl"] },
    };
    const files = { [`dist/linux-x64-gnu/${wheel.name}`]: wheel.bytes };
    const root = await prebuiltProject({ targets: ["linux-x64-gnu"], config: both, files });
    const { release } = await mergeDelivery(await deliver(root));
    expect(release.packages.map(({ file }) => file)).toEqual([
      `wheels/${wheel.name}`,
      "archives/tool-1.2.3-linux-x64-gnu.tar.gz",
      "archives/SHA256SUMS",
    ]);
  });

  test("a leg whose wheel was exchanged, or is not there, is refused", async () => {
    const wheel = await otherWheel();
    const files = { [`dist/${wheel.name}`]: wheel.bytes };
    const only = { ...config, prebuilt: { files: "dist/*.whl" } };
    const spoil = async (work: (path: string) => Promise<void>) => {
      const delivery = await deliver(
        await prebuiltProject({ targets: ["linux-x64-gnu"], config: only, files }),
      );
      await work(
        join(delivery.store, delivery.artifact("linux-x64-gnu"), "files/tool", wheel.name),
      );
      return userError(mergeDelivery(delivery));
    };
    const other = await otherWheel({ label: "other" });
    expect((await spoil((path) => writeFile(path, other.bytes))).message).toMatch(
      /MA707 .*\n.*sha256/s,
    );
  });
});
