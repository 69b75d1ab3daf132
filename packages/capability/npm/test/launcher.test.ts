import { delimiter } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { host, type Installed, installMain, installPlatform, launch } from "./installed.ts";

/**
 * What the launcher does once it has found the program. `MULTIARCH_TEST_NODES` adds further Nodes: before 22.15 a child is
 * started, later the program takes the launcher's place, and before 26 a failure to do so would end in a crash.
 */
const nodes = [
  process.execPath,
  ...(process.env.MULTIARCH_TEST_NODES?.split(delimiter).filter(Boolean) ?? []),
];
const posix = process.platform === "win32" ? describe.skip : describe;
const linuxTest = process.platform === "linux" ? test : test.skip;

posix.each(nodes)("with the Node %s", (node) => {
  let installed: Installed;
  beforeAll(async () => {
    installed = await installMain([{}]);
    await installPlatform(installed.folder(host));
  });
  const shell = (script: string, ...args: string[]) =>
    launch(installed, ["-c", script, ...args], { node });

  test("arguments, environment and streams pass through", async () => {
    const found = await launch(
      installed,
      ["-c", 'echo "$1|$2|$GREETING"; echo no >&2', "sh", "a b", "*"],
      {
        node,
        env: { GREETING: "hello" },
      },
    );
    expect(found).toEqual({ code: 0, signal: null, output: "a b|*|hello\n", errors: "no\n" });
  });

  test.each([0, 1, 3, 127, 255])("exit code %i is the launcher's", async (code) => {
    expect(await shell(`exit ${code}`)).toMatchObject({ code, signal: null });
  });

  test.each(["SIGKILL", "SIGSEGV", "SIGABRT", "SIGTERM"] as const)(
    "a program that dies of %s never looks like a success",
    async (signal) => {
      expect(await shell(`kill -${signal.slice(3)} $$`)).toMatchObject({ code: null, signal });
    },
  );

  test.each([
    ["PIPE", "SIGPIPE", 141],
    ["XFSZ", "SIGXFSZ", 153],
  ])("%s, which Node itself ignores, still fails", async (name, signal, status) => {
    const found = await shell(`kill -${name} $$`);
    expect([signal, status]).toContain(found.signal ?? found.code);
  });

  test.each(["SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT", "SIGUSR2"] as const)(
    "%s reaches the program at once, and nobody is left behind",
    async (signal) => {
      const found = await launch(installed, ["-c", "echo $$; exec sleep 60"], {
        node,
        during: (child) => child.kill(signal),
      });
      expect(found).toMatchObject({ code: null, signal });
      const program = Number(found.output);
      expect(program).toBeGreaterThan(1);
      expect(() => process.kill(program, 0)).toThrow(/ESRCH/);
    },
  );

  test("a program that handles a signal decides itself how it ends", async () => {
    const script = "trap 'exit 7' TERM; echo ready; while :; do sleep 0.05; done";
    const found = await launch(installed, ["-c", script], {
      node,
      during: (child) => child.kill("SIGTERM"),
    });
    expect(found).toMatchObject({ code: 7, signal: null });
  });

  linuxTest("no signal stays ignored and no stream non-blocking in the program", async () => {
    const script = "grep SigIgn /proc/$$/status; grep -h flags /proc/$$/fdinfo/0 /proc/$$/fdinfo/1";
    const { output } = await shell(script);
    expect(output).toMatch(/^SigIgn:\t0+$/m);
    const flags = [...output.matchAll(/flags:\t([0-7]+)/g)].map(([, digits]) =>
      Number.parseInt(digits ?? "", 8),
    );
    expect(flags).toHaveLength(2);
    expect(flags.map((bits) => bits & 0o4000)).toEqual([0, 0]);
  });

  test("another program can be put in its place", async () => {
    const env = { TOOL_BINARY_PATH: node };
    const found = await launch(installed, ["-p", "'chosen'"], { node, env });
    expect(found).toMatchObject({ code: 0, output: "chosen\n", errors: "" });
  });

  test("one that no system can start ends with a message, not with a crash of Node", async () => {
    const { writeFile } = await import("node:fs/promises");
    const { join } = await import("node:path");
    const broken = join(installed.modules, "broken");
    await writeFile(broken, new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 0]), { mode: 0o755 });
    const found = await launch(installed, [], { node, env: { TOOL_BINARY_PATH: broken } });
    expect(found.code).not.toBe(0);
    expect(found.signal).toBeNull();
    expect(found.errors).not.toBe("");
    expect(found.errors).not.toContain("Native stack trace");
  });
});
