import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Daemon, startBuildkit } from "./support/buildkit.ts";
import {
  builders,
  buildx,
  jobWithPlugin,
  leases,
  post,
  untilAlone,
} from "./support/buildx-jobs.ts";
import { makeCertificates, nodeVariables } from "./support/certificates.ts";
import { full } from "./support/components.ts";
import { bundleActions, runSetup, type SetupJob } from "./support/setup-steps.ts";

let folder: string;
let script: string;
const daemons: Daemon[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "multiarch-buildx-"));
  script = await bundleActions(folder);
  for (const name of ["one", "two"]) daemons.push(await startBuildkit(join(folder, name)));
});
afterAll(() => {
  for (const daemon of daemons) daemon.stop();
  rmSync(folder, { recursive: true, force: true });
});

const one = (): string => daemons[0]?.address ?? "";
const two = (): string => daemons[1]?.address ?? "";
const job = (env: SetupJob["env"] = {}): SetupJob => jobWithPlugin(folder, script, env);
const remote = (more: Record<string, string> = {}): Record<string, string> => ({
  driver: "remote",
  endpoint: one(),
  ...more,
});

describe("a builder on a remote BuildKit", () => {
  test("is made, used for two platforms on two nodes, and removed by post", async () => {
    const mine = job();
    const append = `- endpoint: ${two()}\n  platforms: linux/arm64\n`;
    const main = await runSetup("setup/buildx", remote({ platforms: "linux/amd64", append }), mine);
    expect([main.code, main.errors, main.warnings]).toEqual([0, [], []]);
    const { name = "", driver, platforms, nodes = "", version } = main.outputs;
    expect(name).toMatch(/^multiarch-[0-9a-f]{16}$/);
    expect([driver, platforms, version]).toEqual(["remote", "linux/amd64,linux/arm64", "0.37.2"]);
    expect(JSON.parse(nodes)).toMatchObject([
      { name: `${name}0`, endpoint: one(), status: "running", platforms: "linux/amd64" },
      { endpoint: two(), status: "running", platforms: "linux/arm64" },
    ]);
    const context = mkdtempSync(join(folder, "context-"));
    writeFileSync(join(context, "Dockerfile"), "FROM scratch\nCOPY Dockerfile /\n");
    const out = join(context, "out");
    const output = ["--platform", "linux/amd64,linux/arm64", "--output", `type=local,dest=${out}`];
    const built = await buildx(mine, "build", "--provenance=false", ...output, context);
    if (built.code !== 0) throw new Error(built.output);
    expect(readdirSync(out).sort()).toEqual(["linux_amd64", "linux_arm64"]);
    const ended = await post(main, mine);
    expect([ended.code, ended.errors, ended.warnings]).toEqual([0, [], []]);
    expect(ended.log).toContain(`the builder ${name} was removed`);
    expect([builders(mine), leases(mine)]).toEqual([[], []]);
  });

  test("without an endpoint, the first of append is the builder's first node", async () => {
    const mine = job();
    const append = `- endpoint: ${one()}\n  name: first\n- endpoint: ${two()}\n`;
    const main = await runSetup("setup/buildx", { driver: "remote", append }, mine);
    const endpoints = (
      JSON.parse(main.outputs.nodes ?? "[]") as { name: string; endpoint: string }[]
    ).map((node) => node.endpoint);
    expect([main.errors, endpoints]).toEqual([[], [one(), two()]]);
    await post(main, mine);
    expect(builders(mine)).toEqual([]);
  });

  test("stays with cleanup: false, and use: false leaves the current builder alone", async () => {
    const mine = job();
    const wishes = remote({ name: "Stays", cleanup: "false", use: "false" });
    const main = await runSetup("setup/buildx", wishes, mine);
    expect([main.errors, main.outputs.name, main.state]).toEqual([[], "stays", {}]);
    expect(
      [builders(mine), leases(mine)].flat().filter((name) => !name.startsWith("kept-")),
    ).toEqual(["stays"]);
    expect((await buildx(mine, "inspect")).output).not.toMatch(/^Name:\s+stays$/m);
    await post(main, mine);
    expect(builders(mine)).toEqual(["stays"]);
  });
});

describe("a builder that was there before", () => {
  test("is used and stays, by any spelling of its name; nodes that were added are taken off", async () => {
    const mine = job();
    await buildx(mine, "create", "--name", "foo", "--driver", "remote", "--node", "own", one());
    const before = readFileSync(join(mine.home, ".docker/buildx/instances/foo"), "utf8");
    const append = `- endpoint: ${two()}\n`;
    const main = await runSetup("setup/buildx", remote({ name: "Foo", append }), mine);
    expect([main.code, main.errors]).toEqual([0, []]);
    expect(main.log).toContain("it is used and will stay");
    expect(JSON.parse(main.outputs.nodes ?? "")).toHaveLength(2);
    // `use` holds for it too.
    expect((await buildx(mine, "inspect")).output).toMatch(/^Name:\s+foo$/m);
    const ended = await post(main, mine);
    expect([ended.code, ended.warnings]).toEqual([0, []]);
    const after = readFileSync(join(mine.home, ".docker/buildx/instances/foo"), "utf8");
    const nodes = (text: string): string[] =>
      (JSON.parse(text) as { Nodes: { Name: string; Endpoint: string }[] }).Nodes.map(
        ({ Name, Endpoint }) => `${Name} ${Endpoint}`,
      );
    expect(nodes(after)).toEqual(nodes(before));
    expect(leases(mine)).toEqual([]);
  });

  test("jobs that share a name: the last one removes it", async () => {
    const mine = job();
    const wishes = remote({ name: "shared" });
    const mains = [
      await runSetup("setup/buildx", wishes, mine),
      await runSetup("setup/buildx", wishes, mine),
    ];
    const [first, second] = mains as [(typeof mains)[0], (typeof mains)[0]];
    const ended = await post(first, mine);
    expect(ended.log).toContain("still used by another job");
    expect((await buildx(mine, "inspect", "shared")).code).toBe(0);
    expect((await post(second, mine)).warnings).toEqual([]);
    expect([builders(mine), leases(mine)]).toEqual([[], []]);
  });

  test("jobs at the same time, each with its own, remove no other's", async () => {
    const mine = job();
    await buildx(mine, "create", "--name", "foo", "--driver", "remote", one());
    const mains = await Promise.all(
      Array.from({ length: full ? 8 : 3 }, () => runSetup("setup/buildx", remote(), mine)),
    );
    const names = mains.map(({ outputs }) => outputs.name ?? "");
    expect(mains.flatMap(({ errors }) => errors)).toEqual([]);
    expect(builders(mine)).toEqual(["foo", ...names].sort());
    for (const [at, main] of mains.entries()) {
      await post(main, mine);
      expect(builders(mine)).toEqual(["foo", ...names.slice(at + 1)].sort());
    }
  });
});

describe("certificates", () => {
  test("lead to a BuildKit that lets in only who has one; they are readable by one user, and gone after the job", async () => {
    const authority = await makeCertificates(join(folder, "tls"));
    const closed = await startBuildkit(join(folder, "closed"), {
      ...authority.server,
      ca: authority.ca,
    });
    try {
      const endpoint = { driver: "remote", endpoint: closed.address };
      const stranger = job();
      const refused = await runSetup("setup/buildx", endpoint, stranger);
      expect([refused.code, refused.errors]).toEqual([
        1,
        [expect.stringMatching(/MA488 the builder .* does not start/)],
      ]);
      await post(refused, stranger);
      expect([builders(stranger), leases(stranger)]).toEqual([[], []]);

      const known = job(nodeVariables(0, authority));
      const main = await runSetup("setup/buildx", endpoint, known);
      expect([main.code, main.errors, main.warnings]).toEqual([0, [], []]);
      const [lease = ""] = leases(known);
      const place = join(known.home, ".docker/buildx/multiarch", lease);
      const modes = readdirSync(place).map((name) => [
        name,
        statSync(join(place, name)).mode & 0o777,
      ]);
      expect(statSync(place).mode & 0o777).toBe(0o700);
      expect(Object.fromEntries(modes)).toEqual({
        "lease.json": 0o600,
        "node-0-cacert.pem": 0o600,
        "node-0-cert.pem": 0o600,
        "node-0-key.pem": 0o600,
      });
      expect((await post(main, known)).warnings).toEqual([]);
      expect([builders(known), leases(known)]).toEqual([[], []]);
    } finally {
      closed.stop();
    }
  });
});

describe("a job that is killed", () => {
  test("at any moment: the next one clears away what it left, and only that", async () => {
    const mine = job();
    await buildx(mine, "create", "--name", "foo", "--driver", "remote", one());
    let left = 0;
    for (let moment = 0; moment < (full ? 100 : 8); moment++) {
      const killAfter = Math.round(Math.random() * 1500);
      await runSetup("setup/buildx", remote(), mine, { ownJob: true, killAfter });
      await untilAlone(mine);
      left += builders(mine).length - 1;
      const main = await runSetup("setup/buildx", remote(), mine);
      expect([killAfter, main.errors]).toEqual([killAfter, []]);
      expect([killAfter, builders(mine)]).toEqual([
        killAfter,
        ["foo", main.outputs.name ?? ""].sort(),
      ]);
      await post(main, mine);
      expect([killAfter, builders(mine)]).toEqual([killAfter, ["foo"]]);
    }
    // Folders of jobs that had not come to write a lease are left for an hour: they are empty.
    for (const name of leases(mine)) {
      expect(readdirSync(join(mine.home, ".docker/buildx/multiarch", name))).toEqual([]);
    }
    expect(left).toBeGreaterThanOrEqual(0);
  });

  test("whose builder had started", async () => {
    const mine = job();
    const dead = await runSetup("setup/buildx", remote({ name: "left" }), mine, { ownJob: true });
    expect([dead.errors, builders(mine)]).toEqual([[], ["left"]]);
    const main = await runSetup("setup/buildx", remote(), mine);
    expect(main.log).toContain("a job that has ended left left: it is cleared away");
    expect(builders(mine)).toEqual([main.outputs.name]);
    await post(main, mine);
    expect([builders(mine), leases(mine)]).toEqual([[], []]);
  });
});

describe("what is wrong is red, and named", () => {
  test.each<[string, Record<string, string>, string]>([
    ["nobody listens", { driver: "remote", endpoint: "tcp://127.0.0.1:9" }, "MA488"],
    ["no endpoint", { driver: "remote" }, "MA496"],
    [
      "an option that the driver does not have",
      { driver: "remote", endpoint: "tcp://127.0.0.1:9", "driver-opts": "nosuch=1" },
      "MA48",
    ],
    ["a driver that there is not", { driver: "nosuch" }, "MA487"],
    [
      "flags for a BuildKit that runs already",
      { driver: "remote", endpoint: "tcp://127.0.0.1:9", "buildkitd-flags": "--debug" },
      "MA48",
    ],
    ["nodes that are none", { append: "x" }, "MA485"],
    ["a misspelt input", { drivr: "remote" }, "MA002"],
  ])("%s", async (_what, inputs, id) => {
    const mine = job({ DOCKER_HOST: "unix:///nowhere/docker.sock" });
    const main = await runSetup("setup/buildx", inputs, mine);
    expect([main.code, main.errors]).toEqual([1, [expect.stringContaining(id)]]);
    await post(main, mine);
    expect([builders(mine), leases(mine)]).toEqual([[], []]);
  });
});
