import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { buildkitPrograms, type Daemon, startBuildkit } from "./support/buildkit.ts";
import { buildxOf, type Releases, serveReleases, sha256 } from "./support/releases.ts";
import {
  bundleActions,
  type EndedMain,
  newJob,
  runSetup,
  type SetupJob,
} from "./support/setup-steps.ts";

const platform = `linux-${process.arch === "arm64" ? "arm64" : "amd64"}`;
let folder: string;
let script: string;
let daemon: Daemon;
let releases: Releases;
let docker: string;
let mine: SetupJob;

/** A machine without buildx, with or without docker, and a mirror of the releases. */
function machine(withDocker: boolean, env: SetupJob["env"] = {}): SetupJob {
  const bare = join(folder, "bare");
  return newJob(mkdtempSync(join(folder, "machine-")), script, {
    MULTIARCH_BUILDX_MIRROR: releases.url,
    PATH: withDocker ? `${docker}:${bare}` : bare,
    ...env,
  });
}

const setUp = (inputs: Record<string, string>, job = mine): Promise<EndedMain> =>
  runSetup("setup/buildx", { driver: "remote", endpoint: daemon.address, ...inputs }, job);

function serve(version: string, listed = true): Buffer {
  const body = buildxOf(version, join(buildkitPrograms(), "buildx"));
  const name = `buildx-v${version}.${platform}`;
  releases.files.set(`/v${version}/${name}`, body);
  const list = listed ? `${sha256(body)} *${name}\n` : "";
  releases.files.set(`/v${version}/checksums.txt`, Buffer.from(list));
  return body;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "multiarch-buildx-"));
  script = await bundleActions(folder);
  daemon = await startBuildkit(join(folder, "daemon"));
  docker = join(folder, "docker");
  mkdirSync(docker);
  // Whether there is a docker is all that is asked of it here.
  writeFileSync(join(docker, "docker"), "#!/bin/sh\nexit 1\n");
  chmodSync(join(docker, "docker"), 0o755);
  mkdirSync(join(folder, "bare"));
  for (const name of ["sh", "node"]) {
    symlinkSync(name === "node" ? process.execPath : "/bin/sh", join(folder, "bare", name));
  }
});
beforeEach(async () => {
  releases = await serveReleases();
  mine = machine(true);
});
afterEach(() => {
  releases.stop();
});
afterAll(() => {
  daemon.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe("a release", () => {
  test("is checked by its own list, becomes docker's plugin, and comes from the tool cache the second time", async () => {
    const body = serve("99.0.0");
    const main = await setUp({ version: "v99.0.0" });
    expect([main.code, main.errors, main.outputs.version, main.path]).toEqual([
      0,
      [],
      "99.0.0",
      "",
    ]);
    const plugin = join(mine.home, ".docker/cli-plugins/docker-buildx");
    expect([readFileSync(plugin).equals(body), statSync(plugin).mode & 0o777]).toEqual([
      true,
      0o755,
    ]);
    expect(releases.asked).toEqual([
      "/v99.0.0/checksums.txt",
      `/v99.0.0/buildx-v99.0.0.${platform}`,
    ]);
    rmSync(plugin);
    const again = await setUp({ version: "v99.0.0" });
    expect([again.errors, releases.asked.length]).toEqual([[], 3]);
    // Now it is installed, and nobody is asked.
    const third = await setUp({ version: "^99" });
    expect([third.errors, third.outputs.version, releases.asked.length]).toEqual([[], "99.0.0", 3]);
  });

  test("with a checksum of the user's, nothing else is asked; a flipped byte in the tool cache is seen", async () => {
    const body = serve("99.1.0", false);
    const inputs = { version: "99.1.0", checksum: `sha256:${sha256(body)}` };
    const first = await setUp(inputs);
    expect([first.errors, releases.asked]).toEqual([[], [`/v99.1.0/buildx-v99.1.0.${platform}`]]);
    const [name = ""] = readdirSync(join(mine.toolCache, "multiarch")).filter((one) =>
      one.startsWith("buildx-"),
    );
    const program = join(mine.toolCache, "multiarch", name, "buildx");
    const flipped = readFileSync(program);
    flipped[flipped.length - 2] = (flipped[flipped.length - 2] ?? 0) ^ 1;
    writeFileSync(program, flipped);
    rmSync(join(mine.home, ".docker/cli-plugins"), { recursive: true });
    const second = await setUp(inputs);
    expect([second.errors, second.warnings]).toEqual([
      [],
      [expect.stringContaining("is not the buildx that was put there")],
    ]);
    expect(readFileSync(program).equals(body)).toBe(true);
    expect(releases.asked).toHaveLength(2);
    // An installed one of the right version is not enough when its bytes are asked for.
    const plugin = join(mine.home, ".docker/cli-plugins/docker-buildx");
    writeFileSync(plugin, `${body.toString()}#\n`);
    expect((await setUp(inputs)).errors).toEqual([]);
    expect(readFileSync(plugin).equals(body)).toBe(true);
  });

  test("without docker is in the PATH of later steps", async () => {
    mine = machine(false);
    serve("99.2.0");
    const main = await setUp({ version: "99.2.0", "cache-binary": "false" });
    expect(main.errors).toEqual([]);
    expect(main.path.startsWith(mine.temporary)).toBe(true);
    expect(readdirSync(main.path)).toEqual(["buildx"]);
    expect(existsSync(join(mine.home, ".docker/cli-plugins"))).toBe(false);
    expect(existsSync(join(mine.toolCache, "multiarch"))).toBe(false);
  });

  test("latest, and a range that no known version fits, are looked up", async () => {
    serve("99.3.0");
    const list = [
      { tag_name: "v99.4.0-rc1", prerelease: true },
      { tag_name: "v99.3.0" },
      { tag_name: "v0.36.1" },
    ];
    releases.files.set("/releases.json", Buffer.from(JSON.stringify(list)));
    expect((await setUp({ version: "latest" })).outputs.version).toBe("99.3.0");
    expect(releases.asked[0]).toBe("/releases.json");
    const asked = releases.asked.length;
    // The latest is installed now: only the list is read.
    expect((await setUp({ version: "latest" })).outputs.version).toBe("99.3.0");
    expect(releases.asked.slice(asked)).toEqual(["/releases.json"]);
    const none = await setUp({ version: ">=100" });
    expect(none.errors).toEqual([expect.stringContaining("MA482")]);
  });
});

describe("what is wrong is red, and nothing is executed", () => {
  test.each<[string, (job: SetupJob) => Record<string, string>, string]>([
    [
      "other bytes than in our table",
      () => {
        const body = buildxOf("0.36.1", "/bin/false");
        releases.files.set(`/v0.36.1/buildx-v0.36.1.${platform}`, body);
        releases.files.set(
          "/v0.36.1/checksums.txt",
          Buffer.from(`${sha256(body)} *buildx-v0.36.1.${platform}\n`),
        );
        return { version: "0.36.1" };
      },
      "MA505",
    ],
    [
      "other bytes than the user's checksum says",
      () => {
        serve("99.0.0");
        return { version: "99.0.0", checksum: "0".repeat(64) };
      },
      "MA505",
    ],
    [
      "a release that lists no hash",
      () => {
        serve("99.0.0", false);
        return { version: "99.0.0" };
      },
      "MA483",
    ],
    [
      "a checksum that our table contradicts",
      () => ({ version: "0.36.1", checksum: "0".repeat(64) }),
      "MA484",
    ],
    [
      "a release that is not there",
      () => ({ version: "99.9.9", checksum: "0".repeat(64) }),
      "MA502",
    ],
    [
      "a program that says another version",
      () => {
        const body = buildxOf("98.0.0", "/bin/false");
        releases.files.set(`/v99.0.0/buildx-v99.0.0.${platform}`, body);
        return { version: "99.0.0", checksum: sha256(body) };
      },
      "MA497",
    ],
    ["a git address", () => ({ version: "https://github.com/docker/buildx.git#master" }), "MA481"],
    [
      "a list of releases that is a page",
      () => {
        releases.files.set("/releases.json", Buffer.from("<html></html>"));
        return { version: "latest" };
      },
      "MA498",
    ],
  ])("%s", async (_what, prepare, id) => {
    const main = await setUp(prepare(mine));
    expect([main.code, main.errors]).toEqual([1, [expect.stringContaining(id)]]);
    expect(existsSync(join(mine.home, ".docker/cli-plugins"))).toBe(false);
    expect(main.state).toEqual({});
  });
});

test("an installed buildx that satisfies no wish at all is used as it is, and nobody is asked", async () => {
  const plugins = join(mine.home, ".docker/cli-plugins");
  mkdirSync(plugins, { recursive: true });
  writeFileSync(
    join(plugins, "docker-buildx"),
    buildxOf("0.13.1", join(buildkitPrograms(), "buildx")),
    { mode: 0o755 },
  );
  const main = await setUp({});
  expect([main.errors, main.outputs.version, releases.asked]).toEqual([[], "0.13.1", []]);
});

test("an installed buildx that does not run is passed over", async () => {
  const plugins = join(mine.home, ".docker/cli-plugins");
  mkdirSync(plugins, { recursive: true });
  writeFileSync(join(plugins, "docker-buildx"), "#!/bin/sh\nexit 3\n", { mode: 0o755 });
  serve("99.0.0");
  const main = await setUp({ version: ">=99 <100", checksum: sha256(serve("99.0.0")) });
  expect(main.warnings).toEqual([expect.stringContaining("does not run")]);
});
