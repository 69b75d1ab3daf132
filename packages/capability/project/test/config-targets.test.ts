import { describe, expect, test } from "@jest/globals";
import { loadConfig } from "../src/config/load-config.ts";
import { temporary, userError } from "./temporary.ts";

async function load(text: string, overrides?: Parameters<typeof loadConfig>[2]) {
  const root = await temporary({ "multiarch.yml": text });
  return loadConfig(root, undefined, overrides);
}

describe("targets", () => {
  test.each<[string, string, string, string]>([
    ["unknown", "targets: [linux-x64, linux-amr64]\n", "MA101", "1:22"],
    ["unknown in an object", "targets: [{ optional: true, id: foo }]\n", "MA101", "1:33"],
    ["ambiguous", "targets:\n  - armhf\n", "MA102", "2:5"],
    ["unknown in a rule", "rules: [{ when: {}, targets: [nope-x64] }]\n", "MA101", "1:31"],
    ["unknown in a skip", "rules: [{ when: {}, skip: [nope-x64] }]\n", "MA101", "1:28"],
    ["unknown runner prefix", "runners: { linux-amr64: [x] }\n", "MA101", "1:12"],
    ["unknown in a matrix", "matrix: { test: { target: [lynux-x64] } }\n", "MA101", "1:28"],
    ["twice", "targets: [linux-x64, linux-x64]\n", "MA124", "1:22"],
  ])("%s: the place is told", async (_what, text, id, place) => {
    const error = await userError(load(text));
    expect(error.id).toBe(id);
    expect(error.details.where).toMatch(new RegExp(`^multiarch\\.yml:${place}\\b`));
  });

  test("two spellings of one target are refused, and both are named", async () => {
    const error = await userError(
      load("targets:\n  - linux-arm64-musl\n  - { id: aarch64-unknown-linux-musl }\n"),
    );
    expect(error.id).toBe("MA124");
    expect(error.details.what).toContain("linux-arm64-musl and aarch64-unknown-linux-musl");
    expect(error.details.where).toBe("multiarch.yml:3:11 (first at multiarch.yml:2:5)");
  });

  test("every spelling becomes the one id, everywhere", async () => {
    const { config } = await load(
      [
        "targets: [linux/amd64, { id: darwin/arm64, optional: true }]",
        "rules: [{ when: { event: push }, targets: [linux-aarch64], skip: [win32-x64] }]",
        "runners: { aarch64-unknown-linux-musl: [a], linux: [b], default: [c] }",
        "matrix: { t: { target: [linux/arm64], include: [{ target: linux/amd64 }], rules: [{ when: {}, target: [linux-x86_64] }] } }",
      ].join("\n"),
    );
    expect(config.targets).toEqual([{ id: "linux-x64" }, { id: "darwin-arm64", optional: true }]);
    expect(config.rules).toEqual([
      {
        when: { event: ["push"] },
        targets: [{ id: "linux-arm64" }],
        skip: [{ id: "windows-x64" }],
      },
    ]);
    expect(Object.keys(config.runners ?? {})).toEqual(["linux-arm64-musl", "linux", "default"]);
    expect(config.matrix?.t).toEqual({
      target: ["linux-arm64"],
      include: [{ target: "linux-x64" }],
      rules: [{ when: {}, target: ["linux-x64"] }],
    });
  });

  test("two spellings of one runner prefix are refused", async () => {
    const error = await userError(load("runners: { linux-arm64: [a], linux-aarch64: [b] }\n"));
    expect(error.id).toBe("MA124");
    expect(error.details.where).toBe("multiarch.yml:1:30");
  });
});

describe("overrides", () => {
  test("win over the file, object by object", async () => {
    const { config, overridden } = await load("npm: { layout: prefixed }\nname: a\n", {
      npm: { scope: "me" },
    });
    expect(config).toEqual({ name: "a", npm: { layout: "prefixed", scope: "@me" } });
    expect(overridden).toBe(true);
  });

  test("choosing a target keeps what the file says about it", async () => {
    const { config } = await load(
      "targets: [linux-x64, { id: linux-riscv64, optional: true, build: { args: [a] } }]\n",
      { targets: ["linux/riscv64", "linux-arm64"] },
    );
    expect(config.targets).toEqual([
      { id: "linux-riscv64", optional: true, build: { args: ["a"] } },
      { id: "linux-arm64" },
    ]);
  });

  test("that say what the file says change nothing", async () => {
    const { overridden } = await load("targets: [linux-x64]\n", { targets: ["linux/amd64"] });
    expect(overridden).toBe(false);
  });

  test("are checked like the file, and the error says where they come from", async () => {
    const error = await userError(load("", { targets: ["linux-x64", "linux-amr64"] }));
    expect(error.id).toBe("MA101");
    expect(error.details.where).toBe("inputs or flags: targets.1");
  });
});
