import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Facts } from "@multiarch/contracts";
import { detectHost, type HostFacts } from "@multiarch/host";
import { factsOfFile, smoke } from "./machine.ts";

let folder: string;
let host: HostFacts;
let facts: Facts;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "multiarch-test-"));
  host = await detectHost(process.env);
  facts = await factsOfFile(process.execPath);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const program = process.execPath;
const onUnix = process.platform === "win32" ? test.skip : test;

describe("a program for this machine", () => {
  test("ok", async () => {
    const result = await smoke({ path: program, facts, host, name: "node" });
    expect(result).toEqual({
      file: "node",
      argv: ["--version"],
      where: "native",
      status: "ok",
      exit: 0,
      ms: expect.any(Number),
      why: null,
    });
  });

  test("started: it ran, and knows no such flag", async () => {
    const result = await smoke({ path: program, facts, host, argv: ["--no-such-flag"] });
    expect(result).toMatchObject({ where: "native", status: "started", exit: 9 });
    expect(result.why).toContain("--no-such-flag");
  });

  onUnix("failed: it ended by a signal", async () => {
    const argv = ["-e", "process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000)"];
    const result = await smoke({ path: program, facts, host, argv });
    expect(result).toMatchObject({ status: "failed", exit: null, why: "ended by SIGKILL" });
  });

  test("failed: it does not end", async () => {
    const argv = ["-e", "setInterval(() => {}, 1000)"];
    const result = await smoke({ path: program, facts, host, argv, timeoutMs: 1000 });
    expect(result).toMatchObject({ status: "failed", why: "did not end within 1 s" });
  });

  test("failed: it is not there", async () => {
    const result = await smoke({ path: join(folder, "absent"), facts, host });
    expect(result).toMatchObject({ where: "native", status: "failed", exit: null });
    expect(result.why).toContain("cannot be started");
  });

  onUnix("failed: the kernel takes it for no program", async () => {
    const path = join(folder, "no-program");
    await writeFile(path, "no_such_command_anywhere\n");
    await chmod(path, 0o755);
    expect(await smoke({ path, facts, host })).toMatchObject({ where: "native", status: "failed" });
  });

  test("runs in an empty folder, which is gone afterwards, without the job's secrets", async () => {
    const answer = join(folder, "answer.json");
    const script = `require("node:fs").writeFileSync(${JSON.stringify(answer)}, JSON.stringify({
      folder: process.cwd(), files: require("node:fs").readdirSync("."), env: process.env }))`;
    const env = { ...process.env, ACTIONS_RUNTIME_TOKEN: "secret", INPUT_TARGET: "x", KEPT: "yes" };
    const result = await smoke({ path: program, facts, host, argv: ["-e", script], env });
    expect(result).toMatchObject({ status: "ok" });
    const said = JSON.parse(await readFile(answer, "utf8")) as {
      folder: string;
      files: string[];
      env: Record<string, string>;
    };
    expect(said.files).toEqual([]);
    expect(said.folder).not.toBe(process.cwd());
    await expect(readdir(said.folder)).rejects.toMatchObject({ code: "ENOENT" });
    expect(said.env).toMatchObject({ KEPT: "yes" });
    expect(said.env).not.toHaveProperty("ACTIONS_RUNTIME_TOKEN");
    expect(said.env).not.toHaveProperty("INPUT_TARGET");
  });
});

describe("not run", () => {
  test.each<[string, (facts: Facts) => Partial<Facts> | null, string]>([
    ["no native file", () => null, "it is no native file"],
    ["a library", () => ({ type: "library" }), "only programs can be started"],
    [
      "a processor outside the table",
      () => ({ arch: null, slices: [] }),
      "none of the known targets",
    ],
    [
      "another system",
      () => ({ os: "freebsd", arch: "x64", slices: [], libc: null }),
      "made for freebsd",
    ],
  ])("%s", async (_name, change, why) => {
    const changed = change(facts);
    const given = changed === null ? null : { ...facts, ...changed };
    const result = await smoke({ path: program, facts: given, host });
    expect(result).toMatchObject({ where: "none", status: "not-run", exit: null, ms: 0 });
    expect(result.why).toContain(why);
  });

  test("the project does not want it", async () => {
    expect(await smoke({ path: program, facts, host, argv: false })).toMatchObject({
      status: "not-run",
      argv: [],
      why: "smoke is false in the configuration",
    });
  });

  test("a newer glibc than this machine's", async () => {
    const linux = {
      ...host,
      os: "linux",
      arch: "x64",
      machineArch: "x64",
      native: ["x64"],
      glibcVersion: "2.17",
    };
    const newer: Facts = {
      ...facts,
      format: "elf",
      os: "linux",
      arch: "x64",
      slices: [],
      libc: "glibc",
      interp: null,
      glibcMin: "2.39",
    };
    const result = await smoke({ path: program, facts: newer, host: linux });
    expect(result).toMatchObject({
      status: "not-run",
      why: "needs glibc 2.39, this machine has 2.17",
    });
  });
});
