import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { runProcess } from "@multiarch/process";
import { build } from "esbuild";
import { inActions, temporaryFolder } from "./helpers.ts";
import { obey } from "./runner.ts";

const folder = temporaryFolder();
const environment = { PATH: process.env.PATH, SystemRoot: process.env.SystemRoot, ...inActions };

/** One action, with as many ways to end as there are cases here. */
const program = `
  import { guardMain, standardOutput } from "@multiarch/github";
  import { UserError } from "@multiarch/diagnostics";
  import { HttpClient } from "@actions/http-client";
  const [how, address] = process.argv.slice(2);
  const ends = {
    async well() { console.log("done"); },
    async never() { await new Promise(() => {}); },
    async user() { throw new UserError("MA004", { what: "the input tool\\n::set-output name=a::b is missing", cause: new Error("inner") }); },
    async bug() { throw new TypeError("broken", { cause: new Error("the cause") }); },
    async thrown() { throw "a text"; },
    async aggregate() { await Promise.any([Promise.reject(new Error("first reason")), Promise.reject(new Error("second reason"))]); },
    async own() { process.exitCode = 3; },
    async fenced(log) { log.childOutput.line("::stop-commands::x"); throw new UserError("MA001", { what: "ours" }); },
    async cut() { const response = await new HttpClient("x").get(address); console.log(await response.readBody()); },
    async late() { setTimeout(() => console.log("written late"), 50); throw new Error("first"); },
  };
  await guardMain(ends[how], { env: process.env, write: standardOutput });
`;

/** The same loss of a connection, without the guard: what it is there for. */
const unguarded = `
  import { HttpClient } from "@actions/http-client";
  new HttpClient("x").get(process.argv[2]).then((response) => response.readBody()).then(console.log);
`;

let server: Server;
let address = "";

beforeAll(async () => {
  for (const [name, contents] of Object.entries({ program, unguarded })) {
    await build({
      stdin: { contents, resolveDir: import.meta.dirname, loader: "ts" },
      outfile: folder.path(`${name}.mjs`),
      bundle: true,
      format: "esm",
      platform: "node",
      banner: {
        js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
      },
    });
  }
  // Promises 100 bytes, sends 9 and hangs up.
  server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"value":');
      socket.end();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("no port");
  address = `http://127.0.0.1:${bound.port}/`;
});
afterAll(() => void server.close());

function run(
  how: string,
  env: Record<string, string | undefined> = environment,
): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [folder.path("program.mjs"), how], { env, encoding: "utf8" });
}

/** Without blocking us, for we serve it. */
function connect(program: string, ...args: string[]) {
  return runProcess(process.execPath, [folder.path(program), ...args, address], {
    env: environment,
    timeoutMs: 60_000,
  });
}

describe("an action", () => {
  test("that is done is green", () => {
    expect(run("well")).toMatchObject({ status: 0, stdout: "done\n", stderr: "" });
  });

  test("that never settles is red", () => {
    const { status, stdout } = run("never");
    expect(status).toBe(1);
    expect(obey(stdout).commands).toMatchObject([
      { name: "error", properties: { title: "MA001" } },
    ]);
  });

  test("whose connection is lost in the middle of a body is red", async () => {
    expect((await connect("unguarded.mjs")).code).toBe(0);
    const { code, stdout } = await connect("program.mjs", "cut");
    expect(code).toBe(1);
    expect(stdout).toContain("::error title=MA001::");
  });

  test("shows a user's error with its id, without a stack, whatever its text", () => {
    const { status, stdout, stderr } = run("user");
    expect(status).toBe(1);
    const { commands } = obey(stdout);
    expect(commands).toMatchObject([
      { name: "error", properties: { title: "MA004" } },
      { name: "debug", data: expect.stringContaining("inner") },
    ]);
    expect(commands[0]?.data).toContain("MA004 the input tool\n::set-output name=a::b is missing");
    expect(commands[0]?.data).not.toMatch(/\n\s+at /);
    expect(stderr).toBe("");
  });

  test("shows its own bug with the stacks of the error and its causes", () => {
    const { status, stdout } = run("bug");
    expect(status).toBe(1);
    const [command] = obey(stdout).commands;
    expect(command).toMatchObject({ name: "error", properties: { title: "TypeError" } });
    expect(command?.data).toMatch(
      /^TypeError: broken\n\s+at [\s\S]*caused by: Error: the cause\n\s+at /,
    );
  });

  test("shows what is no error, and every reason of several", () => {
    expect(run("thrown")).toMatchObject({ status: 1, stdout: "::error title=Error::a text\n" });
    expect(run("aggregate").stdout).toMatch(/first reason.*second reason/);
  });

  test("keeps the exit code that it set itself", () => {
    expect(run("own").status).toBe(3);
  });

  test("gets its error through a fence that is still up", () => {
    const { commands, stopped } = obey(run("fenced").stdout);
    expect(commands).toMatchObject([{ name: "error", properties: { title: "MA001" } }]);
    expect(stopped).toBe(false);
  });

  test("is not cut off: what is under way is still written", () => {
    expect(run("late")).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("written late\n"),
    });
  });

  test("outside GitHub Actions fails in plain words", () => {
    const { status, stdout } = run("user", { ...environment, GITHUB_ACTIONS: undefined });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^error: MA004 the input tool\n/);
  });
});
