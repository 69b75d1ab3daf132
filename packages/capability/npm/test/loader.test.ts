import { spawnSync } from "node:child_process";
import { mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { glibcProgram, muslProgram } from "../../../../test/support/binaries.ts";
import { writeElf } from "../../../../test/support/write/elf.ts";
import { glibc, musl, temporary } from "./fixtures.ts";
import { evaluate, host, type Installed, installMain, pretend } from "./installed.ts";

const linux = process.platform === "linux" ? describe : describe.skip;
const gnu = { ...glibc("2.17"), static: null, interp: null };
const muslAddon = { ...musl, static: null, interp: null };
const elsewhere = { os: "sunos", arch: "x64", libc: null, static: null } as const;
const processor = process.arch === "arm64" ? "arm64" : "x64";

/** A real addon for this machine: what jest itself finds modules with. */
let real: string;
beforeAll(async () => {
  const folder = join(import.meta.dirname, "../../../../node_modules/@unrs");
  const [own] = (await readdir(folder)).filter((name) => name.includes(`-${host}`));
  const names = await readdir(join(folder, own ?? ""));
  real = join(folder, own ?? "", names.find((name) => name.endsWith(".node")) ?? "");
});

/** The loader for an addon alone, with whatever platforms. */
const install = (platforms: readonly object[], changes: object = {}): Promise<Installed> =>
  installMain(platforms, { addon: "index", ...changes }, { onlyAddon: true });

/** Puts a platform package into `folder` whose addon is a link to a file, or has these bytes; null leaves it out. */
async function installAddon(folder: string, content: string | Uint8Array | null = real) {
  await mkdir(folder, { recursive: true });
  const manifest = { version: "1.2.3", main: "index.node" };
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
  const file = join(folder, "index.node");
  if (typeof content === "string") await symlink(content, file);
  else if (content !== null) await writeFile(file, content);
  return file;
}

/** What requiring the main package gives: one name that the real addon exports, or the error's message. */
function load({ main }: Installed, env: Record<string, string> = {}): string {
  return evaluate("typeof require(process.argv[1]).ResolverFactory", [main], { env });
}

linux("the addon that is loaded", () => {
  let installed: Installed;
  beforeEach(async () => {
    installed = await install([gnu, muslAddon]);
  });

  test("is the platform package's; its exports are the main package's", async () => {
    await installAddon(installed.folder(`${host}-gnu`));
    expect(load(installed)).toBe("function");
  });

  test("is that of the layout alias", async () => {
    const aliased = await install([gnu], { layout: "alias", main: "@me/sum" });
    await installAddon(aliased.folder(`${host}-gnu`));
    expect(load(aliased)).toBe("function");
  });

  test("can be imported by ES modules, as the default", async () => {
    await installAddon(installed.folder(`${host}-gnu`));
    const file = join(dirname(installed.modules), "ask.mjs");
    await writeFile(file, 'import addon from "tool"; console.log(typeof addon.ResolverFactory);');
    const { stdout } = spawnSync(process.execPath, [file], { encoding: "utf8" });
    expect(stdout).toBe("function\n");
  });

  test.each(["glibc", "musl"] as const)(
    "with both installed, a Node for %s takes its own",
    async (libc) => {
      const right = `${host}-${libc === "musl" ? "musl" : "gnu"}`;
      for (const suffix of [`${host}-gnu`, `${host}-musl`]) {
        await installAddon(installed.folder(suffix), suffix === right ? real : new Uint8Array(3));
      }
      const execPath = join(await temporary(), "node");
      await writeFile(
        execPath,
        libc === "musl" ? muslProgram(processor) : glibcProgram(processor, "2.28"),
      );
      expect(load(installed, await pretend({ execPath }))).toBe("function");
    },
  );

  test.each(["index.node", `index.${host}-gnu.node`])(
    "is what a developer has just built, if %s lies beside the loader",
    async (name) => {
      await symlink(real, join(installed.main, name));
      expect(load(installed)).toBe("function");
    },
  );

  test("is the installed one where the file beside the loader does not load", async () => {
    await writeFile(join(installed.main, "index.node"), "");
    await installAddon(installed.folder(`${host}-gnu`));
    expect(load(installed)).toBe("function");
  });

  test("is the file that a variable with the package's name gives", async () => {
    expect(load(installed, { TOOL_ADDON_PATH: real })).toBe("function");
    const scoped = await install([gnu], { main: "@me/sum" });
    expect(load(scoped, { ME_SUM_ADDON_PATH: real })).toBe("function");
    expect(load(scoped, { ME_SUM_ADDON_PATH: "/nowhere.node" })).toContain("/nowhere.node");
  });
});

linux("why no addon could be loaded", () => {
  test("it was left out", async () => {
    expect(load(await install([gnu]))).toBe(
      `@tool/${host}-gnu is not installed: left out, as by --omit=optional. Run: npm install --include=optional tool@1.2.3`,
    );
  });

  test("it was never built for this machine", async () => {
    expect(load(await install([elsewhere]))).toBe(
      `tool is not built for ${host}, only for sunos-x64`,
    );
  });

  test("node_modules is from another platform", async () => {
    const installed = await install([gnu, elsewhere]);
    await installAddon(installed.folder("sunos-x64"), null);
    expect(load(installed)).toContain(`@tool/${host}-gnu is needed, @tool/sunos-x64 found`);
  });

  test("the one that is installed is for the other libc, and would take it into this process", async () => {
    const installed = await install([gnu, muslAddon]);
    await installAddon(installed.folder(`${host}-gnu`));
    const execPath = join(await temporary(), "node");
    await writeFile(execPath, muslProgram(processor));
    const text = load(installed, await pretend({ execPath }));
    expect(text).toContain(`@tool/${host}-musl is needed, @tool/${host}-gnu found`);
    expect(text).toContain("--libc=musl");
  });

  async function broken(content: Uint8Array | null): Promise<string> {
    const installed = await install([gnu]);
    await installAddon(installed.folder(`${host}-gnu`), content);
    return load(installed);
  }

  test("its file is gone", async () => {
    const text = await broken(null);
    expect(text).toMatch(/^tool could not be loaded: .*Cannot find module/);
    expect(text).toContain("Run: npm install --include=optional tool@1.2.3");
  });

  test("its file is damaged", async () => {
    expect(await broken(new Uint8Array(3))).toMatch(/could not be loaded: .*file too short.*Run:/);
  });

  test("it needs a newer glibc", async () => {
    const library = writeElf({
      machine: processor === "arm64" ? 183 : 62,
      type: 3,
      needed: ["libc.so.6"],
      versions: { "libc.so.6": ["GLIBC_2.999"] },
    });
    const text = await broken(library);
    expect(text).toMatch(/GLIBC_2\.999' not found/);
    expect(text).toMatch(/\. It needs glibc 2\.999, this system has 2\.\d+$/);
  });

  test("Node was told to load none", async () => {
    const installed = await install([gnu]);
    await installAddon(installed.folder(`${host}-gnu`));
    const text = load(installed, { NODE_OPTIONS: "--no-addons" });
    expect(text).toMatch(/^tool could not be loaded: .*Node was told to load none/);
  });

  test("every file that was tried is told, with its error as a cause", async () => {
    const installed = await install([gnu]);
    await writeFile(join(installed.main, "index.node"), "");
    await installAddon(installed.folder(`${host}-gnu`), new Uint8Array(3));
    const script = `(() => { try { require(process.argv[1]) } catch ({ message, cause }) {
      return JSON.stringify({ message, causes: cause.errors.map((one) => one.code) }) } })()`;
    const found = JSON.parse(evaluate(script, [installed.main]));
    expect(found.causes).toEqual(["ERR_DLOPEN_FAILED", "ERR_DLOPEN_FAILED"]);
    expect(found.message.match(/index\.node: /g)).toHaveLength(2);
  });
});
