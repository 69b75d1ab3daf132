import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { toolIdentity } from "@multiarch/contracts";
import { rows } from "@multiarch/targets";
import { prebuiltProject } from "../../../test/support/project.ts";
import { put, temporaryFolder } from "../../../test/support/temporary.ts";
import { document, run } from "./session.ts";

let root: string;
beforeAll(async () => {
  root = await prebuiltProject({ targets: ["linux-x64", "darwin-arm64"] });
});

describe("what is mistyped ends with 2 and names what was meant", () => {
  const table: [args: string[], suggestion: string][] = [
    [["relase"], "Did you mean release?"],
    [["release", "--target", "linux-x64"], "Did you mean --targets?"],
    [["plan", "--jsno"], "Did you mean --json?"],
    [["plan", "--builder", "crago"], "Allowed choices are auto, go, cargo"],
    [["release", "--jobs", "many"], 'found: "many"'],
    [["release", "--jobs", "0"], "MA020 --jobs is not a number of builds"],
    [["plan", "--targets", ""], "It names nothing"],
    [["release", "--allow-missing", ","], "It names nothing"],
    [["plan", "--event", "nowhere.json"], "MA020 --event names no file"],
    [["plan", "--event-name", "pul_request"], "expected: pull_request"],
    [["plan", "--targets", "linux-x46"], "linux-x64"],
    [["build", "--platforms", "linux/amd46"], "linux-amd64"],
    [["release", "--allow-missing", "linux-arn64"], "linux-arm64"],
    [["merge", "--plan", "x", "--allow-missing", "linux-arn64"], "linux-arm64"],
    [["targets", "lunix-x64"], "linux-x64"],
    [["targets", "docker:linux/arm64/v9"], "MA1"],
    [["merge", "--plan", "17"], "MA901 a reference to a document cannot be read"],
    [["merge"], "MA020 merge takes --plan or --from"],
    [["merge", "--from", "x", "--plan", "y"], "MA020 merge takes --plan or --from"],
    [["merge", "--plan", "y", "--name", "x"], "MA020 --name goes with --from"],
    [["merge", "--from", "x", "--targets", "linux-x46"], "linux-x64"],
    [["merge", "--from", "x", "--version", "1.2.3"], "expected: --package-version"],
    [
      ["merge", "--from", "x", "--npm-layout", "flat"],
      "Allowed choices are scoped, prefixed, alias",
    ],
    [["targets", "linux-x64", "linux-arm64"], "too many arguments"],
  ];
  test.each(table)("%p", async (args, suggestion) => {
    const { code, stdout, messages } = await run(args, root);
    expect([code, stdout]).toEqual([2, ""]);
    expect(messages).toContain(suggestion);
  });

  test("an ambiguous name tells its readings", async () => {
    const { code, messages } = await run(["plan", "--targets", "armhf"], root);
    expect(code).toBe(2);
    expect(messages).toContain("MA102");
    expect(messages).toContain("linux-armv7");
  });

  test("no verb at all shows what there is", async () => {
    const { code, stdout, messages } = await run([], root);
    expect([code, stdout]).toEqual([2, ""]);
    for (const verb of [
      "init",
      "detect",
      "doctor",
      "plan",
      "build",
      "merge",
      "release",
      "targets",
    ]) {
      expect(messages).toMatch(new RegExp(`^\\s+${verb} `, "m"));
    }
  });
});

test("help and version are results, and end with 0", async () => {
  expect(await run(["--version"], root)).toMatchObject({
    code: 0,
    stdout: `${toolIdentity.version}\n`,
  });
  const help = await run(["help", "release"], root);
  expect(help.code).toBe(0);
  expect(help.stdout).toContain("--allow-missing <targets>");
});

describe("what is wrong with the project ends with 1, and nothing is printed", () => {
  test.each([
    ["an unknown key", { timout: 5 }, "MA122", "did you mean timeout?"],
    ["an unknown target", { targets: ["linux-x46"] }, "MA101", "linux-x64"],
    ["a version that is none", { version: "1.2" }, "MA140", "1.2"],
    ["a version that npm refuses", { version: "1.2.3+b", npm: true }, "MA802", "build metadata"],
    ["a version that Python refuses", { version: "1.2.3-x", wheel: true }, "MA821", '"x"'],
  ])("%s", async (_what, config, id, text) => {
    const wrong = await prebuiltProject({ targets: ["linux-x64"], config });
    for (const verb of ["plan", "release", "build"]) {
      const { code, stdout, messages } = await run([verb, "--json"], wrong);
      expect([verb, code, stdout]).toEqual([verb, 1, ""]);
      expect(messages).toContain(id);
      expect(messages).toContain(text);
    }
  });

  test("a folder with nothing to build, and one that is not there", async () => {
    const empty = await temporaryFolder();
    const { code, messages } = await run(["release"], empty);
    expect(code).toBe(1);
    expect(messages).toContain("MA130 nothing was found that can be built");
    expect((await run(["plan", "nowhere"], empty)).messages).toContain(join(empty, "nowhere"));
  });
});

describe("plan", () => {
  test("shows a table, or prints the plan alone", async () => {
    const shown = await run(["plan"], root);
    expect(shown.code).toBe(0);
    expect(shown.stdout).toMatch(/^target +where +how +why\ndarwin-arm64 +this machine/);
    const printed = await run(["plan", "--json"], root);
    const plan = document<{ rows: { id: string }[] }>(printed);
    expect(plan.rows.map(({ id }) => id)).toEqual(["darwin-arm64", "linux-x64"]);
  });

  test("is found from elsewhere, for other targets", async () => {
    const args = [
      "plan",
      root,
      "--targets",
      "linux/arm64,win32-x64",
      "--platforms",
      "any",
      "--json",
    ];
    const failed = await run(args, await temporaryFolder());
    expect(failed.code).toBe(1);
    expect(failed.messages).toContain("MA204 any cannot be built");
    const ended = await run([...args.slice(0, 4), "--json"], await temporaryFolder());
    expect(document<{ rows: { id: string }[] }>(ended).rows.map(({ id }) => id)).toEqual([
      "linux-arm64",
      "windows-x64",
    ]);
  });

  test("asks an event's payload who caused it", async () => {
    const event = { pull_request: { head: { repo: { id: 2 } } }, repository: { id: 1 } };
    const folder = await temporaryFolder();
    await put(folder, { "event.json": JSON.stringify(event) });
    const args = ["plan", root, "--event", "event.json", "--event-name", "pull_request", "--json"];
    const { code, stdout } = await run(args, folder);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      trigger: { event: "pull_request", trusted: false },
      publish: { allowed: false },
      rows: [{ runs_on: "ubuntu-24.04" }, { runs_on: "ubuntu-24.04" }],
    });
  });
});

describe("plan --matrix", () => {
  test("shows the rows of a matrix of one's own, for an event", async () => {
    const matrix = {
      test: {
        target: ["linux-x64", "linux-arm64"],
        rules: [{ when: { event: "pull_request" }, target: ["linux-x64"] }],
      },
    };
    const own = await prebuiltProject({ targets: ["linux-x64"], config: { matrix } });
    const args = ["plan", own, "--matrix", "test"];
    const all = await run([...args, "--json"], own);
    expect(document<{ include: unknown[] }>(all).include).toHaveLength(2);
    const { code, stdout, messages } = await run([...args, "--event-name", "pull_request"], own);
    expect([code, messages]).toEqual([0, "info: narrowed by rule 1 (event pull_request)"]);
    expect(stdout).toMatch(/^row +where +how +why\nlinux-x64 +ubuntu-24.04 +native +hosted/);
    expect((await run(["plan", own, "--matrix", "tset"], own)).messages).toContain("MA219");
  });

  test("needs no project that can be built here", async () => {
    const own = await temporaryFolder();
    await put(own, { "multiarch.yml": "matrix: { test: { target: [linux-x64, linux-arm64] } }" });
    const { code, stdout } = await run(["plan", own, "--matrix", "test"], own);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^linux-arm64 +ubuntu-24.04-arm /m);
    expect((await run(["plan", own], own)).messages).toContain("MA130");
  });
});

describe("targets", () => {
  test("one in every naming system, from any spelling", async () => {
    const { code, stdout } = await run(["targets", "aarch64-unknown-linux-musl"], root);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^rust +aarch64-unknown-linux-musl$/m);
    const table = document(await run(["targets", "linux-arm64-musl", "--json"], root));
    expect(table).toMatchObject({ id: "linux-arm64-musl", rust: "aarch64-unknown-linux-musl" });
  });

  test("all of them", async () => {
    const { stdout } = await run(["targets"], root);
    expect(stdout.trimEnd().split("\n")).toHaveLength(rows.length + 1);
    expect(document(await run(["targets", "--json"], root))).toHaveLength(rows.length);
  });
});

test("detect prints what this machine is", async () => {
  const { code, stdout } = await run(["detect"], root);
  expect(code).toBe(0);
  expect(stdout).toContain("machineArch");
  expect(document(await run(["detect", "--json"], root))).toMatchObject({
    os: process.platform === "win32" ? "windows" : process.platform,
  });
});
