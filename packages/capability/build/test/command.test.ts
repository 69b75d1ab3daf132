import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { commandProject, prebuiltProject } from "../../../../test/support/project.ts";
import { recordingLog } from "../../../../test/support/recording-log.ts";
import { buildRow } from "./built.ts";

/** Puts the target's program where it belongs, and tells beside the project what it was given. */
const script = `
import { copyFileSync, writeFileSync } from "node:fs";
const [target, out, ...more] = process.argv.slice(2);
const name = target.startsWith("windows") ? "tool.exe" : "tool";
copyFileSync("programs/" + target, out + "/" + name);
writeFileSync("seen.json", JSON.stringify({ target, out, more, env: process.env }));
process.stdout.write("built " + target + "\\n");
`;

interface Seen {
  readonly target: string;
  readonly out: string;
  readonly more: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

async function seenIn(root: string): Promise<Seen> {
  return JSON.parse(await readFile(join(root, "seen.json"), "utf8")) as Seen;
}

describe("the command builder", () => {
  test("runs the project's own command, and takes what it leaves", async () => {
    const config = { build: { args: ["{version}", "{uname}"], env: { LEVEL: 3 } } };
    const root = await commandProject({ targets: ["linux-arm64"], script, config });
    const log = recordingLog();
    const { leg, folder, plan } = await buildRow(root, "linux-arm64", { log });
    expect(leg.error).toBeNull();
    expect(leg.files).toMatchObject([{ path: "files/tool/tool", facts: { arch: "arm64" } }]);
    const seen = await seenIn(root);
    expect(seen).toMatchObject({
      target: "linux-arm64",
      out: join(folder, "files", "tool"),
      more: ["1.2.3", "aarch64"],
      env: {
        LEVEL: "3",
        MULTIARCH_TARGET: "linux-arm64",
        MULTIARCH_VERSION: "1.2.3",
        MULTIARCH_OUT: join(folder, "files", "tool"),
        SOURCE_DATE_EPOCH: String(plan.project.epoch),
      },
    });
    expect(log.lines.some((line) => line.includes("built linux-arm64"))).toBe(true);
  });

  test("gives every target its own command and folder", async () => {
    const own = { command: [process.execPath, "build.mjs", "{id}", "{out}", "special"] };
    const targets = ["linux-x64", { id: "windows-x64", build: own }];
    const root = await commandProject({ targets, script });
    expect((await buildRow(root, "linux-x64")).leg.error).toBeNull();
    expect((await seenIn(root)).more).toEqual([]);
    const { leg } = await buildRow(root, "windows-x64");
    expect(leg.files.map(({ path }) => path)).toEqual(["files/tool/tool.exe"]);
    expect((await seenIn(root)).more).toEqual(["special"]);
  });

  const secrets = {
    ACTIONS_RUNTIME_TOKEN: "t0p",
    ACTIONS_RUNTIME_URL: "t0p",
    ACTIONS_RESULTS_URL: "t0p",
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: "t0p",
    ACTIONS_ID_TOKEN_REQUEST_URL: "t0p",
    GITHUB_TOKEN: "t0p",
    GH_TOKEN: "t0p",
    GITHUB_OUTPUT: "t0p",
    GITHUB_ENV: "t0p",
    GITHUB_PATH: "t0p",
    GITHUB_STEP_SUMMARY: "t0p",
    "INPUT_GITHUB-TOKEN": "t0p",
    STATE_secret: "t0p",
    NODE_AUTH_TOKEN: "t0p",
    NPM_TOKEN: "t0p",
    TWINE_PASSWORD: "t0p",
    CARGO_REGISTRY_TOKEN: "t0p",
    CARGO_REGISTRIES_MINE_TOKEN: "t0p",
    NODE_OPTIONS: "--no-warnings",
  };

  test("never sees the job's tokens, nor where outputs are written; all else it does", async () => {
    const node = `require("fs").writeFileSync("before.json", JSON.stringify(process.env))`;
    const config = { build: { before: [[process.execPath, "-e", node]] } };
    const root = await commandProject({ targets: ["linux-x64"], script, config });
    const environment = { ...process.env, ...secrets, MY_SETTING: "kept", GITHUB_SHA: "kept" };
    const { leg } = await buildRow(root, "linux-x64", { environment });
    expect(leg.error).toBeNull();
    const before = JSON.parse(await readFile(join(root, "before.json"), "utf8")) as object;
    for (const env of [(await seenIn(root)).env, before]) {
      expect(Object.keys(secrets).filter((name) => Object.hasOwn(env, name))).toEqual([]);
      expect(JSON.stringify(env)).not.toContain("t0p");
      expect(env).toMatchObject({ MY_SETTING: "kept", GITHUB_SHA: "kept" });
    }
  });

  async function failure(code: string, config: Record<string, unknown> = {}) {
    const root = await commandProject({ targets: ["linux-x64"], script: code, config });
    const { leg } = await buildRow(root, "linux-x64");
    expect(leg.result).toBe("failed");
    return leg.error;
  }

  test("a command that fails: the leg repeats its last words", async () => {
    const error = await failure(`console.error("no such header: zlib.h"); process.exit(3);`);
    expect(error).toMatchObject({ code: "MA382", phase: "compile" });
    expect(error?.text).toContain("the build command of tool");
    expect(error?.text).toContain("no such header: zlib.h");
  });

  test("a command that leaves nothing", async () => {
    const error = await failure("");
    expect(error).toMatchObject({ code: "MA308", phase: "compile" });
    expect(error?.text).toContain("the build command left no tool for linux-x64");
  });

  test("a command that is not there", async () => {
    const error = await failure("", { build: { command: ["no-such-compiler", "{out}"] } });
    expect(error).toMatchObject({ code: "MA380", phase: "compile" });
    expect(error?.text).toContain("no-such-compiler");
  });

  test("a placeholder that does not exist", async () => {
    const error = await failure("", { build: { args: ["{ouput}"] } });
    expect(error).toMatchObject({ code: "MA103", phase: "compile" });
  });

  test("what comes before fails the leg in its own phase, and nothing is compiled", async () => {
    const before = [[process.execPath, "-e", "process.exit(9)"]];
    const error = await failure("throw new Error('compiled')", { build: { before } });
    expect(error).toMatchObject({ code: "MA382", phase: "before" });
  });
});

test("commands before the build are passed on word by word, braces and all", async () => {
  const code = `require("fs").writeFileSync("seen", [process.argv[1], {}.constructor.name].join())`;
  const config = { build: { before: [[process.execPath, "-e", code, "$" + "{HOME} {id}"]] } };
  const root = await prebuiltProject({ targets: ["linux-x64"], config });
  expect((await buildRow(root, "linux-x64")).leg.error).toBeNull();
  expect(await readFile(join(root, "seen"), "utf8")).toBe("$" + "{HOME} {id},Object");
});

test("transformed files are read and hashed as they are afterwards", async () => {
  const code = `require("fs").appendFileSync(process.argv[1], "packed")`;
  const config = { build: { transform: [[process.execPath, "-e", code, "{file}"]] } };
  const root = await prebuiltProject({ targets: ["linux-x64"], config });
  const { leg, folder } = await buildRow(root, "linux-x64");
  expect(leg.error).toBeNull();
  const bytes = await readFile(join(folder, "files/tool/tool"));
  expect(bytes.subarray(-6).toString()).toBe("packed");
  expect(leg.files[0]?.size).toBe(bytes.byteLength);
  expect(leg.timings.map(({ phase }) => phase)).toEqual(["compile", "transform", "read", "smoke"]);
});
