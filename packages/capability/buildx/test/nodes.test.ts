import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { UserError } from "@multiarch/diagnostics";
import fc from "fast-check";
import { put, userError } from "../../../../test/support/temporary.ts";
import { parseAppend } from "../src/append.ts";
import {
  appendArguments,
  createArguments,
  defaultFlags,
  leaveArguments,
  removeArguments,
} from "../src/arguments.ts";
import { certificateOptions } from "../src/certificates.ts";
import { checkWishes, configOf, imageOf, nodesOf } from "../src/wishes.ts";
import { nothing, surroundings } from "./surroundings.ts";

const builder = { name: "b", driver: "docker-container", use: false, config: null };
const node = { index: 0, name: null, endpoint: null, driverOpts: [], flags: null, platforms: [] };

describe("arguments", () => {
  test("of a builder with nothing said", () => {
    expect(createArguments(builder, node)).toEqual([
      ...["create", "--name", "b", "--driver", "docker-container"],
      ...["--buildkitd-flags", defaultFlags],
    ]);
  });

  test("of everything at once: the endpoint is last, and can be taken for no option", () => {
    const all = {
      ...node,
      endpoint: "mycontext",
      driverOpts: ["image=a", '"env.x=a,b"'],
      flags: "--debug",
      platforms: ["linux/amd64", "linux/arm64"],
    };
    expect(createArguments({ ...builder, use: true, config: "/c.toml" }, all)).toEqual([
      ...["create", "--name", "b", "--driver", "docker-container"],
      ...["--driver-opt", "image=a", "--driver-opt", '"env.x=a,b"', "--buildkitd-flags", "--debug"],
      ...["--platform", "linux/amd64,linux/arm64", "--config", "/c.toml", "--use"],
      ...["--", "mycontext"],
    ]);
  });

  test.each(["docker-container", "kubernetes"])(
    "of a further node: flags without driver-opts, for %s",
    (driver) => {
      const further = { ...node, index: 1, name: "n1", endpoint: "tcp://h:1", flags: "--debug" };
      expect(appendArguments({ ...builder, driver }, further)).toEqual([
        ...["create", "--name", "b", "--append", "--node", "n1"],
        ...["--buildkitd-flags", "--debug", "--", "tcp://h:1"],
      ]);
      expect(appendArguments({ ...builder, driver }, { ...further, flags: null })).toContain(
        defaultFlags,
      );
    },
  );

  test("no flags for a BuildKit that runs already", () => {
    expect(createArguments({ ...builder, driver: "remote" }, node)).not.toContain(
      "--buildkitd-flags",
    );
  });

  test("of removal", () => {
    expect(removeArguments("b", false)).toEqual(["rm", "b"]);
    expect(removeArguments("b", true)).toEqual(["rm", "--keep-state", "b"]);
    expect(leaveArguments("b", "n")).toEqual(["create", "--name", "b", "--leave", "--node", "n"]);
  });
});

describe("append", () => {
  test("reads what docker/setup-buildx-action reads", async () => {
    const text = `
- name: node1
  endpoint: ssh://me@host
  driver-opts:
    - env.no_proxy=a,b
    - network=host
  buildkitd-flags: --debug
  platforms: linux/arm64, linux/arm/v7
- endpoint: tcp://10.0.0.1:1234
  platforms: [linux/s390x]
  driver-opts: |
    image=x
`;
    expect(await parseAppend(text)).toEqual([
      {
        index: 1,
        name: "node1",
        endpoint: "ssh://me@host",
        driverOpts: ['"env.no_proxy=a,b"', "network=host"],
        flags: "--debug",
        platforms: ["linux/arm64", "linux/arm/v7"],
      },
      {
        index: 2,
        name: null,
        endpoint: "tcp://10.0.0.1:1234",
        driverOpts: ["image=x"],
        flags: null,
        platforms: ["linux/s390x"],
      },
    ]);
    expect(await parseAppend(null)).toEqual([]);
  });

  test.each([
    ["a mapping", "endpoint: x"],
    ["a list of texts", "- x"],
    ["an unknown key", "- endpont: x"],
    ["a number for text", "- name: 5"],
    ["broken YAML", "- [x"],
    ["a key twice", "- name: a\n  name: b"],
    ["aliases", "- &a {name: x}\n- *a"],
    ["too many", "- {name: a}\n".repeat(65)],
    ["too long", `- name: ${"a".repeat(70_000)}`],
  ])("%s is refused", async (_what, text) => {
    expect((await userError(parseAppend(text))).id).toBe("MA485");
  });

  test("never more than a user's error", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => {
        await parseAppend(text).catch((error: unknown) => expect(error).toBeInstanceOf(UserError));
      }),
    );
  });
});

describe("nodes", () => {
  const append = "- endpoint: tcp://b:1\n- endpoint: tcp://c:1";

  test("the driver remote without an endpoint begins with the first of append", async () => {
    const nodes = await nodesOf({ ...nothing, driver: "remote", append }, { env: {} });
    expect(nodes.map(({ index, endpoint }) => [index, endpoint])).toEqual([
      [1, "tcp://b:1"],
      [2, "tcp://c:1"],
    ]);
  });

  test("the variable BUILDKIT_HOST is an endpoint", async () => {
    const env = { BUILDKIT_HOST: "tcp://a:1" };
    const nodes = await nodesOf({ ...nothing, driver: "remote", append }, { env });
    expect(nodes.map(({ index }) => index)).toEqual([0, 1, 2]);
  });

  test.each([
    ["no endpoint", { driver: "remote" }, "MA496"],
    [
      "a node without one",
      { driver: "remote", endpoint: "tcp://a:1", append: "- name: x" },
      "MA496",
    ],
    ["an endpoint that is an option", { endpoint: "--use" }, "MA496"],
    ["a platform that is an option", { platforms: ["-x"] }, "MA496"],
    ["a node's name that is an option", { append: "- name: --use" }, "MA495"],
  ])("%s is refused", async (_what, wishes, id) => {
    expect((await userError(nodesOf({ ...nothing, ...wishes }, { env: {} }))).id).toBe(id);
  });

  test.each([
    ["keep-state of a driver without state", { keepState: true, driver: "remote" }, "MA490"],
    ["Docker's cloud", { driver: "cloud" }, "MA481"],
    ["Docker's edition", { version: "cloud:latest" }, "MA481"],
    ["a reserved name", { name: "default" }, "MA495"],
    ["a name that is an option", { name: "--all-inactive" }, "MA495"],
    ["a name that is a path", { name: "../x" }, "MA495"],
  ])("%s is refused", (_what, wishes, id) => {
    expect(() => checkWishes({ ...nothing, ...wishes })).toThrow(expect.objectContaining({ id }));
  });

  test("the image is the user's, else ours, and by digest", async () => {
    const { buildkitImage } = await import("../src/data/buildkit.ts");
    expect(buildkitImage).toMatch(/@sha256:[0-9a-f]{64}$/);
    expect(imageOf("docker-container", node, "ours")).toBe("ours");
    expect(imageOf("docker-container", { ...node, driverOpts: ["image=x"] }, "ours")).toBe("x");
    expect(imageOf("remote", node, "ours")).toBeNull();
  });
});

describe("configuration of the daemon", () => {
  test("inline text becomes a file of the job", async () => {
    const { folder, log } = await surroundings();
    const wishes = { ...nothing, buildkitdConfigInline: "debug = true" };
    const path = await configOf(wishes, folder, { log });
    expect(path).toBe(join(folder, "buildkitd.toml"));
    expect((await stat(path ?? "")).size).toBe(12);
  });

  test("a file goes before it, and that is said", async () => {
    const { folder, log } = await surroundings();
    await put(folder, { "c.toml": "" });
    const buildkitdConfig = join(folder, "c.toml");
    const wishes = { ...nothing, buildkitdConfig, buildkitdConfigInline: "x" };
    expect(await configOf(wishes, folder, { log })).toBe(buildkitdConfig);
    expect(log.lines.join()).toContain("warning: buildkitd-config is used");
  });

  test.each([
    ["a file that is not there", { buildkitdConfig: "/nowhere/c.toml" }],
    ["a driver that starts no daemon", { driver: "remote", buildkitdConfigInline: "x" }],
  ])("%s is refused", async (_what, wishes) => {
    const { folder, log } = await surroundings();
    expect((await userError(configOf({ ...nothing, ...wishes }, folder, { log }))).id).toBe(
      "MA491",
    );
  });
});

describe("certificates", () => {
  const env = {
    BUILDER_NODE_1_AUTH_TLS_CACERT: "ca",
    BUILDER_NODE_1_AUTH_TLS_CERT: "cert\n",
    BUILDER_NODE_1_AUTH_TLS_KEY: "key",
  };
  const remote = { ...node, index: 1, endpoint: "tcp://h:1" };

  test("are written for their user only, and named to the driver", async () => {
    const { folder, log } = await surroundings();
    const inside = join(folder, "with, comma");
    await mkdir(inside);
    const options = await certificateOptions("remote", remote, inside, { env, log });
    expect(options).toEqual(
      ["cacert", "cert", "key"].map((kind) => `"${kind}=${join(inside, `node-1-${kind}.pem`)}"`),
    );
    if (process.platform !== "win32") {
      for (const kind of ["cacert", "cert", "key"]) {
        expect((await stat(join(inside, `node-1-${kind}.pem`))).mode & 0o777).toBe(0o600);
      }
    }
  });

  test("of another node are not for this one", async () => {
    const { folder, log } = await surroundings();
    expect(
      await certificateOptions("remote", { ...remote, index: 0 }, folder, { env, log }),
    ).toEqual([]);
    expect(log.lines).toEqual([]);
  });

  test.each([
    ["docker-container", "tcp://h:1"],
    ["remote", "unix:///s.sock"],
  ])("are not written to disk for %s at %s, and that is said", async (driver, endpoint) => {
    const { folder, log } = await surroundings();
    expect(await certificateOptions(driver, { ...remote, endpoint }, folder, { env, log })).toEqual(
      [],
    );
    await expect(stat(join(folder, "node-1-key.pem"))).rejects.toThrow("ENOENT");
    expect(log.lines.join()).toContain("warning: BUILDER_NODE_1_AUTH_TLS_CACERT is set");
  });

  test("a key without its certificate is refused by the name of the variable", async () => {
    const { folder, log } = await surroundings();
    const alone = { BUILDER_NODE_1_AUTH_TLS_KEY: "key" };
    const error = await userError(
      certificateOptions("remote", remote, folder, { env: alone, log }),
    );
    expect([error.id, error.message]).toEqual([
      "MA492",
      expect.stringContaining("BUILDER_NODE_1_AUTH_TLS_CERT"),
    ]);
  });
});
