import { spawnSync } from "node:child_process";
import { chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { embed } from "../launcher/embed.mjs";
import { planNpmNames } from "../src/index.ts";
import { renderLauncher, renderTypes } from "../src/launcher.ts";
import { launcherText } from "../src/launcher-text.ts";
import { described, glibc, meta, musl, settings, windows } from "./fixtures.ts";
import { host, type Installed, installMain, installPlatform, launch } from "./installed.ts";

const linux = process.platform === "linux" ? describe : describe.skip;
const posix = process.platform === "win32" ? describe.skip : describe;
const elsewhere = { os: "sunos", arch: "x64" } as const;

/** What `binaryPath()` answers, asked in a process of its own. */
function ask(installed: Installed, ...args: string[]): string {
  const script = `try { console.log(require(process.argv[1]).binaryPath(...process.argv.slice(2))) } catch (error) { console.log(error.message) }`;
  return spawnSync(process.execPath, ["-e", script, installed.main, ...args], {
    encoding: "utf8",
  }).stdout.trim();
}

test("the text in the module is that of launcher.cjs", async () => {
  const module = await readFile(join(import.meta.dirname, "../src/launcher-text.ts"), "utf8");
  expect(module).toBe(embed());
  expect(launcherText.split("__PACKAGE__")).toHaveLength(2);
});

test.each([
  [8, "2.34"],
  [26, "2.28"],
])("with %i platforms it has at most 6 KiB", (count, needed) => {
  const architectures = [
    "x64",
    "arm64",
    "arm",
    "ia32",
    "ppc64le",
    "s390x",
    "riscv64",
    "loong64",
  ] as const;
  const binaries = architectures
    .flatMap((arch) => [
      described(`linux-${arch}-gnu`, { ...glibc(needed), arch }),
      described(`linux-${arch}-musl`, { ...musl, arch }),
      described(`windows-${arch}`, { ...windows, arch }),
      described(`freebsd-${arch}`, { os: "freebsd", arch }),
    ])
    .slice(0, count);
  const text = renderLauncher(planNpmNames(settings, meta, binaries), meta.version, "tool");
  expect(binaries).toHaveLength(count);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(6144);
});

test("types name the commands", () => {
  const both = [described("linux-x64", {}, "tool"), described("linux-x64", {}, "another")];
  expect(renderTypes(planNpmNames(settings, meta, both))).toContain(
    'binaryPath(name?: "tool" | "another"): string',
  );
});

describe("where the package is looked for", () => {
  let installed: Installed;
  beforeEach(async () => {
    installed = await installMain([{}]);
  });

  test("beside the main package", async () => {
    const file = await installPlatform(installed.folder(host));
    expect(ask(installed)).toBe(file);
    expect(ask(installed, "tool")).toBe(file);
    expect(ask(installed, "other")).toContain("no command other");
  });

  test("beside a scoped main package", async () => {
    const scoped = await installMain([{}], "@me/tool");
    expect(ask(scoped)).toContain("not installed");
    expect(ask(scoped)).toContain("@me/tool@1.2.3");
    expect(ask(scoped)).toBeTruthy();
    const file = await installPlatform(scoped.folder(host));
    expect(ask(scoped)).toBe(file);
  });

  test("inside it first, where npm puts a version that the tree has otherwise", async () => {
    await installPlatform(installed.folder(host), "/bin/sh", "9.9.9");
    const inner = await installPlatform(join(installed.main, "node_modules", "@tool", host));
    expect(ask(installed)).toBe(inner);
  });

  test("further up only in the same version: that folder may be somebody else's", async () => {
    const nested = { ...installed, main: join(installed.modules, "a", "node_modules", "tool") };
    await mkdir(nested.main, { recursive: true });
    await writeFile(
      join(nested.main, "index.js"),
      await readFile(join(installed.main, "index.js")),
    );
    const above = await installPlatform(installed.folder(host));
    expect(ask(nested)).toBe(above);
    await writeFile(join(installed.folder(host), "package.json"), '{"version": "9.9.9"}');
    expect(ask(nested)).toContain("not installed");
  });

  test("ES modules can import the function by name", async () => {
    const file = await installPlatform(installed.folder(host));
    const script = join(installed.modules, "..", "ask.mjs");
    await writeFile(script, 'import { binaryPath } from "tool"; console.log(binaryPath());');
    expect(spawnSync(process.execPath, [script], { encoding: "utf8" }).stdout.trim()).toBe(file);
  });
});

describe("what it says when there is nothing to start", () => {
  const message = async (installed: Installed, env: Record<string, string> = {}) => {
    const { code, signal, output, errors } = await launch(installed, [], { env });
    expect({ code, signal, output }).toEqual({ code: 1, signal: null, output: "" });
    expect(errors).toMatch(/^tool: [^\n]*\n$/);
    return errors;
  };

  test("never built for this platform: which there are", async () => {
    const text = await message(await installMain([elsewhere]));
    expect(text).toContain(`not built for ${host}, only for sunos-x64`);
  });

  test("optional dependencies left out: the package, the cause, one command", async () => {
    const text = await message(await installMain([{}]));
    expect(text).toContain(`@tool/${host} is not installed`);
    expect(text).toContain("--omit=optional");
    expect(text).toContain("Run: npm install --include=optional tool@1.2.3");
  });

  test.each([
    ["pnpm/12.1.0 npm/? node/v24", "Run: pnpm add tool@1.2.3"],
    ["yarn/4.18.1 npm/? node/v24", "Run: yarn add tool@1.2.3"],
    ["bun/1.4.5 npm/? node/v24", "Run: bun add tool@1.2.3"],
    ["deno/2.9.6 npm/? deno/2.9.6", "Run: deno add npm:tool@1.2.3"],
    ["npm/12.2.0 node/v24", "Run: npm install --include=optional tool@1.2.3"],
  ])("the command is that of %s", async (agent, command) => {
    expect(await message(await installMain([{}]), { npm_config_user_agent: agent })).toContain(
      command,
    );
  });

  test("node_modules of another platform: what was found, what is needed", async () => {
    const installed = await installMain([{}, elsewhere]);
    await mkdir(installed.folder("sunos-x64"), { recursive: true });
    const text = await message(installed);
    expect(text).toContain(`@tool/${host} is needed, @tool/sunos-x64 found`);
    expect(text).toContain("another platform");
  });

  test("the executable is gone, or the override leads nowhere", async () => {
    const installed = await installMain([{}]);
    const file = await installPlatform(installed.folder(host));
    await rm(file);
    expect(await message(installed)).toContain(`${file} is missing`);
    const lost = join(installed.modules, "lost");
    expect(await message(installed, { TOOL_BINARY_PATH: lost })).toContain(`${lost} is missing`);
  });
});

posix("modes", () => {
  test("a lost mode is named before Node crashes over it", async () => {
    const installed = await installMain([{}]);
    const file = await installPlatform(installed.folder(host));
    await rm(file);
    await writeFile(file, "#!/bin/sh\n");
    await chmod(file, 0o644);
    const { code, errors } = await launch(installed, []);
    expect(code).toBe(1);
    expect(errors).toContain(`${file} lost its mode`);
  });
});

linux("libc", () => {
  /** `process.report` is the slow, sure way to know. */
  const report = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  const own = report.header.glibcVersionRuntime === undefined ? "musl" : "gnu";

  /** The smallest ELF file that has an interpreter. */
  function elf(interpreter: string): Uint8Array {
    const bytes = Buffer.alloc(64 + 56 + interpreter.length + 1);
    bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
    bytes.writeBigUInt64LE(64n, 32);
    bytes.writeUInt16LE(56, 54);
    bytes.writeUInt16LE(1, 56);
    bytes.writeUInt32LE(3, 64);
    bytes.writeBigUInt64LE(120n, 64 + 8);
    bytes.writeBigUInt64LE(BigInt(interpreter.length + 1), 64 + 32);
    bytes.write(interpreter, 120);
    return new Uint8Array(bytes);
  }

  test("with both installed, this Node's own loader decides, whatever loaders lie about", async () => {
    const installed = await installMain([glibc("2.17"), musl]);
    await installPlatform(installed.folder(`${host}-gnu`));
    await installPlatform(installed.folder(`${host}-musl`));
    expect(ask(installed)).toContain(`${host}-${own}`);
  });

  test("with one installed, that one is it: the package manager has chosen", async () => {
    const installed = await installMain([glibc("2.17"), musl]);
    const other = own === "gnu" ? "musl" : "gnu";
    await installPlatform(installed.folder(`${host}-${other}`));
    expect(ask(installed)).toContain(`${host}-${other}`);
  });

  test("an executable whose loader is absent is refused with its name", async () => {
    const installed = await installMain([musl]);
    const file = await installPlatform(installed.folder(`${host}-musl`));
    await rm(file);
    await writeFile(file, elf("/lib/ld-musl-nowhere.so.1"), { mode: 0o755 });
    const { code, errors } = await launch(installed, []);
    expect(code).toBe(1);
    expect(errors).toContain(
      `@tool/${host}-musl is for another libc: /lib/ld-musl-nowhere.so.1 is missing`,
    );
  });

  test("a glibc that is too old is named with both versions", async () => {
    const installed = await installMain([glibc("2.999")]);
    await installPlatform(installed.folder(`${host}-gnu`));
    const { code, errors } = await launch(installed, ["-c", "exit 0"]);
    if (own === "musl") return expect(code).toBe(0);
    expect(code).toBe(1);
    expect(errors).toContain(
      `needs glibc 2.999, this system has ${report.header.glibcVersionRuntime}`,
    );
  });

  test("a glibc that is old enough is no obstacle", async () => {
    const installed = await installMain([glibc("2.29")]);
    await installPlatform(installed.folder(`${host}-gnu`));
    const { code, errors } = await launch(installed, ["-c", "exit 4"]);
    expect({ code, errors }).toEqual({ code: 4, errors: "" });
  });
});
