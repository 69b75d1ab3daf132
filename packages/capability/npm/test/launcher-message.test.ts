import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { macos } from "./fixtures.ts";
import {
  evaluate,
  host,
  type Installed,
  installMain,
  installPlatform,
  launch,
  pretend,
} from "./installed.ts";

const posix = process.platform === "win32" ? test.skip : test;
const elsewhere = { os: "sunos", arch: "x64" } as const;

/** What the command says, and with it every cause: one line, and never a success. */
async function message(installed: Installed, env: Record<string, string> = {}): Promise<string> {
  const { code, signal, output, errors } = await launch(installed, [], { env });
  expect({ code, signal, output }).toEqual({ code: 1, signal: null, output: "" });
  expect(errors).toMatch(/^tool: [^\n]*\n$/);
  return errors.slice("tool: ".length, -1);
}

/** A lock file in the folder that has node_modules, with the platform packages listed or without. */
async function locked(installed: Installed, name: string, text: string): Promise<string> {
  const file = join(dirname(installed.modules), name);
  await writeFile(file, text);
  return file;
}

describe("nothing is installed for this machine", () => {
  test("it was never built for it: which there are", async () => {
    expect(await message(await installMain([elsewhere]))).toBe(
      `tool is not built for ${host}, only for sunos-x64`,
    );
  });

  test("optional dependencies were left out: the package, the cause, one command", async () => {
    expect(await message(await installMain([{}]))).toBe(
      `@tool/${host} is not installed: left out, as by --omit=optional. Run: npm install --include=optional tool@1.2.3`,
    );
  });

  test("the lock file lists it, so it was left out: the lock file's own command mends that", async () => {
    const installed = await installMain([{}]);
    await locked(installed, "package-lock.json", `{"node_modules/@tool/${host}": {}}`);
    const text = await message(installed);
    expect(text).toContain("not installed: left out, as by --omit=optional");
    expect(text).toContain(`Run in ${dirname(installed.modules)}: npm ci --include=optional`);
  });

  test("the lock file was written on another system and lacks it: it has to be added anew", async () => {
    const installed = await installMain([{}, elsewhere]);
    const lock = await locked(
      installed,
      "package-lock.json",
      '{"node_modules/@tool/sunos-x64": {}}',
    );
    const text = await message(installed);
    expect(text).toContain(`not installed: ${lock} does not list it`);
    expect(text).toMatch(/Run: npm install --include=optional tool@1\.2\.3$/);
  });

  const named = `{"optionalDependencies": {"@tool/${host}": "1.2.3"}}`;
  test.each([
    ["package-lock.json", named, "npm install --include=optional tool@1.2.3"],
    ["bun.lock", named, "bun remove tool && bun add tool@1.2.3"],
    ["pnpm-lock.yaml", "tool@1.2.3:", "pnpm install --fix-lockfile"],
  ])("%s lacks it: named by the main package at most", async (name, text, command) => {
    const installed = await installMain([{}]);
    const lock = await locked(installed, name, text);
    const said = await message(installed);
    expect(said).toContain(`not installed: ${lock} does not list it. Run`);
    expect(said).toMatch(new RegExp(`: ${command}$`));
  });

  test("node_modules of another platform: what was found, what is needed, for which machine to install", async () => {
    const installed = await installMain([{}, elsewhere]);
    await mkdir(installed.folder("sunos-x64"), { recursive: true });
    await locked(installed, "package-lock.json", `{"node_modules/@tool/${host}": {}}`);
    const text = await message(installed);
    expect(text).toContain(
      `@tool/${host} is needed, @tool/sunos-x64 found: node_modules is from another platform`,
    );
    const flags = `--include=optional --os=${process.platform} --cpu=${process.arch}`;
    expect(text).toContain(`Run in ${dirname(installed.modules)}: npm ci ${flags}`);
  });
});

describe("an Intel Node on a Mac with its own processor", () => {
  const rosetta = { platform: "darwin", arch: "x64", processor: "VirtualApple @ 2.50GHz" };

  test("finds the package of the other processor", async () => {
    const installed = await installMain([macos("x64"), macos("arm64")]);
    await mkdir(installed.folder("darwin-arm64"), { recursive: true });
    const text = await message(installed, await pretend(rosetta));
    expect(text).toContain("@tool/darwin-x64 is needed, @tool/darwin-arm64 found");
    expect(text).toContain("this Node is for Intel, run by Rosetta 2");
    expect(text).toContain("--os=darwin --cpu=x64 tool@1.2.3");
  });

  test("finds nothing that was built for Intel", async () => {
    const installed = await installMain([macos("arm64")]);
    expect(await message(installed, await pretend(rosetta))).toBe(
      "tool is not built for darwin-x64 (this Node is for Intel, run by Rosetta 2), only for darwin-arm64",
    );
  });

  test("a real Intel Mac has nothing of that", async () => {
    const installed = await installMain([macos("x64"), macos("arm64")]);
    await mkdir(installed.folder("darwin-arm64"), { recursive: true });
    const intel = { ...rosetta, processor: "Intel(R) Core(TM) i7" };
    expect(await message(installed, await pretend(intel))).toContain("is from another platform");
  });
});

describe("the command is that of the package manager", () => {
  test.each([
    ["pnpm/12.1.0 npm/? node/v24", "pnpm add tool@1.2.3"],
    ["yarn/4.18.1 npm/? node/v24", "yarn add tool@1.2.3"],
    ["bun/1.4.5 npm/? node/v24", "bun add tool@1.2.3"],
    ["deno/2.9.6 npm/? deno/2.9.6", "deno add npm:tool@1.2.3"],
    ["npm/12.2.0 node/v24", "npm install --include=optional tool@1.2.3"],
  ])("that runs it: %s", async (agent, command) => {
    const text = await message(await installMain([{}]), { npm_config_user_agent: agent });
    expect(text).toMatch(new RegExp(`Run: ${command}$`));
  });

  test.each([
    ["package-lock.json", `"node_modules/@tool/${host}": {}`, "npm ci --include=optional"],
    ["pnpm-lock.yaml", `'@tool/${host}@1.2.3':`, "pnpm install"],
    ["yarn.lock", `# yarn lockfile v1\n"@tool/${host}@1.2.3":`, "yarn install --force"],
    ["yarn.lock", `__metadata:\n"@tool/${host}@npm:1.2.3":`, "yarn install"],
    ["bun.lock", `"@tool/${host}": ["@tool/${host}@1.2.3"]`, "bun install --force"],
    ["deno.lock", `"@tool/${host}@1.2.3": {}`, "deno install --reload"],
  ])("that wrote %s %s", async (name, text, command) => {
    const installed = await installMain([{}]);
    await locked(installed, name, text);
    expect(await message(installed)).toMatch(
      new RegExp(`Run in ${dirname(installed.modules)}: ${command}$`),
    );
  });

  test("the one that runs it counts for more than the one that wrote another lock file", async () => {
    const installed = await installMain([{}]);
    await locked(installed, "package-lock.json", `"node_modules/@tool/${host}": {}`);
    const env = { npm_config_user_agent: "pnpm/12.1.0 npm/? node/v24" };
    expect(await message(installed, env)).toContain("Run: pnpm add tool@1.2.3");
  });

  test("installed for the whole machine", async () => {
    const installed = await installMain([{}]);
    const script =
      "require(process.argv[1])({ usable: [], ...JSON.parse(process.argv[2]) }).trouble({ one: [], file: '/nowhere' })";
    const context = {
      own: { name: "tool", version: "1.2.3", prefix: "@tool/", built: "" },
      root: "/opt/node/lib/node_modules/tool",
    };
    const help = join(installed.main, "install-help.js");
    expect(evaluate(script, [help, JSON.stringify(context)])).toContain(
      "Run: npm install -g --include=optional tool@1.2.3",
    );
  });
});

describe("the program", () => {
  test("is gone, or the override leads nowhere", async () => {
    const installed = await installMain([{}]);
    const file = await installPlatform(installed.folder(host));
    await rm(file);
    expect(await message(installed)).toBe(
      `${file} is missing. Run: npm install --include=optional tool@1.2.3`,
    );
    const lost = join(installed.modules, "lost");
    expect(await message(installed, { TOOL_BINARY_PATH: lost })).toBe(`${lost} is missing`);
  });

  async function replaced(
    content: string | Uint8Array,
    mode: number,
  ): Promise<[Installed, string]> {
    const installed = await installMain([{}]);
    const file = await installPlatform(installed.folder(host));
    await rm(file);
    await writeFile(file, content);
    await chmod(file, mode);
    return [installed, file];
  }

  posix("lost its mode", async () => {
    const [installed, file] = await replaced("#!/bin/sh\n", 0o644);
    expect(await message(installed)).toContain(`${file} lost its mode. Run: npm`);
  });

  posix("may not be executed by this user, or not from this disk", async () => {
    const [installed, file] = await replaced("#!/bin/sh\n", 0o755);
    // Only an administrator can mount a disk noexec; what the system says then is EACCES for a file with mode 0755.
    const env = await pretend({ refused: [file] });
    expect(await message(installed, env)).toContain(
      `${file} may not be executed: its disk is mounted noexec`,
    );
  });

  posix.each([
    ["empty", ""],
    ["cut off", new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1])],
    ["something else", "version https://git-lfs\n"],
  ])("is %s", async (_what, content) => {
    const [installed, file] = await replaced(content, 0o755);
    expect(await message(installed)).toContain(`${file} is damaged. Run: npm`);
  });
});

test("Node's permissions: which ones are needed", async () => {
  const installed = await installMain([{}]);
  await installPlatform(installed.folder(host));
  const old = Number.parseInt(process.versions.node, 10) < 22;
  const flags = [old ? "--experimental-permission" : "--permission", "--allow-fs-read=*"];
  const { code, errors } = await launch(installed, ["-c", "exit 0"], { flags });
  expect(code).toBe(1);
  expect(errors).toMatch(/^tool: .*--allow-child-process/m);
  const allowed = [...flags, "--allow-child-process"];
  expect(await launch(installed, ["-c", "exit 3"], { flags: allowed })).toMatchObject({ code: 3 });
});
