import { spawnSync } from "node:child_process";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { ask, evaluate, host, type Installed, installMain, installPlatform } from "./installed.ts";

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
    const scoped = await installMain([{}], { main: "@me/tool" });
    expect(ask(scoped)).toContain("not installed");
    expect(ask(scoped)).toContain("@me/tool@1.2.3");
    const file = await installPlatform(scoped.folder(host));
    expect(ask(scoped)).toBe(file);
  });

  test.each(["tool", "@me/tool"])(
    "%s in the layout alias: in the folder of that alias",
    async (main) => {
      const aliased = await installMain([{}], { main, layout: "alias" });
      const file = await installPlatform(aliased.folder(host), "/bin/sh", `1.2.3-${host}`);
      expect(file).toContain(`node_modules/${main}-${host}/bin/tool`);
      expect(ask(aliased)).toBe(file);
      // Further up its version tells whether it is ours.
      const nested = await copiedDeeper(aliased, main);
      expect(ask(nested)).toBe(file);
      await writeFile(join(aliased.folder(host), "package.json"), `{"version": "1.2.4-${host}"}`);
      expect(ask(nested)).toContain("not installed");
    },
  );

  test("inside it first, where npm puts a version that the tree has otherwise", async () => {
    await installPlatform(installed.folder(host), "/bin/sh", "9.9.9");
    const inner = await installPlatform(join(installed.main, "node_modules", "@tool", host));
    expect(ask(installed)).toBe(inner);
  });

  test("further up only in the same version: that folder may be somebody else's", async () => {
    const nested = await copiedDeeper(installed, "tool");
    const above = await installPlatform(installed.folder(host));
    expect(ask(nested)).toBe(above);
    await writeFile(join(installed.folder(host), "package.json"), '{"version": "9.9.9"}');
    expect(ask(nested)).toContain("not installed");
  });

  test("a package whose program is gone is no place", async () => {
    await mkdir(installed.folder(host), { recursive: true });
    expect(ask(installed)).toMatch(/tool is missing\. Run: npm/);
  });
});

describe("who may ask", () => {
  const script = 'import { binaryPath } from "MODULE"; console.log(binaryPath());';

  async function imported(installed: Installed, module: string): Promise<string> {
    const file = join(dirname(installed.modules), "ask.mjs");
    await writeFile(file, script.replace("MODULE", module));
    const { stdout, stderr } = spawnSync(process.execPath, [file], { encoding: "utf8" });
    return stdout.trim() + stderr;
  }

  test("ES modules, by name", async () => {
    const installed = await installMain([{}]);
    const file = await installPlatform(installed.folder(host));
    expect(await imported(installed, "tool")).toBe(file);
  });

  test("in a package of ES modules, too", async () => {
    const manifest = JSON.stringify({ type: "module" });
    const installed = await installMain([{}], { manifest });
    const file = await installPlatform(installed.folder(host));
    expect(await imported(installed, "tool")).toBe(file);
    expect(evaluate("require(process.argv[1]).binaryPath()", [installed.main])).toBe(file);
    const { stdout } = spawnSync(join(installed.main, "bin/tool.cjs"), ["-c", "echo started"]);
    expect(stdout.toString()).toBe("started\n");
  });

  test("where the main module is an addon's, by the module binary-path", async () => {
    const installed = await installMain([{}], { addon: "index" });
    const file = await installPlatform(installed.folder(host));
    expect(await imported(installed, "tool/binary-path.js")).toBe(file);
    expect(
      evaluate('require(process.argv[1] + "/binary-path").binaryPath()', [installed.main]),
    ).toBe(file);
  });
});

/** The same package once more, as somebody else's dependency: then nothing lies beside it. */
async function copiedDeeper(installed: Installed, main: string): Promise<Installed> {
  const folder = join(installed.modules, "a", "node_modules", main);
  await mkdir(dirname(folder), { recursive: true });
  await cp(installed.main, folder, { recursive: true });
  return { ...installed, main: folder };
}
