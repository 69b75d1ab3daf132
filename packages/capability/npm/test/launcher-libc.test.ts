import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { glibcProgram, linuxProgram, muslProgram } from "../../../../test/support/binaries.ts";
import { writeElf } from "../../../../test/support/write/elf.ts";
import { glibc, musl, temporary } from "./fixtures.ts";
import {
  evaluate,
  host,
  type Installed,
  installMain,
  installPlatform,
  launch,
  pretend,
} from "./installed.ts";

const linux = process.platform === "linux" ? describe : describe.skip;
const processor = process.arch === "arm64" ? "arm64" : "x64";
/** `process.report` is the slow, sure way to know. */
const report = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
const own = report.header.glibcVersionRuntime;
const onGlibc = own === undefined ? test.skip : test;

/** A Node for another libc: only its header is ever looked at. */
async function nodeFor(libc: "glibc" | "musl"): Promise<string> {
  const file = join(await temporary(), "node");
  await writeFile(file, libc === "musl" ? muslProgram(processor) : glibcProgram(processor, "2.28"));
  return file;
}

const nowhere = "/lib/ld-linux-nowhere.so.2";

/** A platform package for glibc whose program needs a loader that no system has. */
async function installStrange(installed: Installed): Promise<string> {
  const file = await installPlatform(installed.folder(`${host}-gnu`));
  await rm(file);
  const machine = processor === "arm64" ? 183 : 62;
  await writeFile(file, writeElf({ machine, interpreter: nowhere }), { mode: 0o755 });
  return file;
}

function chosen(installed: Installed, env: Record<string, string>): string {
  const file = evaluate("require(process.argv[1]).binaryPath()", [installed.main], { env });
  return file.startsWith(installed.modules) ? (file.split("/").at(-3) ?? "") : file;
}

linux("with both libcs installed", () => {
  let installed: Installed;
  beforeEach(async () => {
    installed = await installMain([glibc("2.17"), musl]);
    await installPlatform(installed.folder(`${host}-gnu`));
    await installPlatform(installed.folder(`${host}-musl`));
  });

  test.each([
    ["glibc", "gnu"],
    ["musl", "musl"],
  ] as const)("a Node for %s starts the package of %s", async (libc, ending) => {
    const env = await pretend({ execPath: await nodeFor(libc) });
    expect(chosen(installed, env)).toBe(`${host}-${ending}`);
  });

  test("the loader of musl, which Debian's package musl brings, does not make it a musl system", async () => {
    const execPath = await nodeFor("glibc");
    const present = ["x86_64", "aarch64"].map((name) => `/lib/ld-musl-${name}.so.1`);
    expect(chosen(installed, await pretend({ execPath, present }))).toBe(`${host}-gnu`);
  });

  test("a Node whose file may not be read is taken for one of glibc", async () => {
    const execPath = join(await temporary(), "absent");
    expect(chosen(installed, await pretend({ execPath }))).toBe(`${host}-gnu`);
  });

  test("this Node's own file tells", async () => {
    expect(chosen(installed, {})).toBe(`${host}-${own === undefined ? "musl" : "gnu"}`);
  });
});

linux("with a glibc that is too old", () => {
  onGlibc(
    "a static package beside that for glibc serves, where it was installed, too",
    async () => {
      const installed = await installMain([glibc("2.999"), {}]);
      await installPlatform(installed.folder(`${host}-gnu`));
      const file = await installPlatform(installed.folder(`${host}-musl`));
      await rm(file);
      await writeFile(file, linuxProgram(processor, { exit: 4 }), { mode: 0o755 });
      expect(chosen(installed, {})).toBe(`${host}-musl`);
      expect(await launch(installed, [])).toMatchObject({ code: 4, errors: "" });
    },
  );

  onGlibc("needed and found are named", async () => {
    const installed = await installMain([glibc("2.999")]);
    await installPlatform(installed.folder(`${host}-gnu`));
    const { code, errors } = await launch(installed, ["-c", "exit 0"]);
    expect(code).toBe(1);
    expect(errors).toBe(`tool: @tool/${host}-gnu needs glibc 2.999, this system has ${own}\n`);
  });

  test("one that is new enough is no obstacle", async () => {
    const installed = await installMain([glibc("2.29")]);
    await installPlatform(installed.folder(`${host}-gnu`));
    const { code, errors } = await launch(installed, ["-c", "exit 4"]);
    expect({ code, errors }).toEqual({ code: 4, errors: "" });
  });
});

linux("with one installed", () => {
  test("that one is it, if it can run: the package manager has chosen", async () => {
    const installed = await installMain([glibc("2.17"), musl]);
    const other = own === undefined ? "gnu" : "musl";
    const file = await installPlatform(installed.folder(`${host}-${other}`));
    expect(chosen(installed, {})).toBe(`${host}-${other}`);
    await rm(file);
    await writeFile(file, linuxProgram(processor, { exit: 5 }), { mode: 0o755 });
    expect(await launch(installed, [])).toMatchObject({ code: 5, errors: "" });
  });

  test("one for the other libc: both packages, and the command that gets the right one", async () => {
    const installed = await installMain([glibc("2.17"), musl]);
    await installStrange(installed);
    const env = await pretend({ execPath: await nodeFor("musl") });
    const { code, errors } = await launch(installed, [], { env });
    expect(code).toBe(1);
    expect(errors).toContain(`@tool/${host}-musl is needed, @tool/${host}-gnu found`);
    expect(errors).toContain(`--os=linux --cpu=${process.arch} --libc=musl tool@1.2.3`);
  });

  test("one for the other libc where ours was never built", async () => {
    const installed = await installMain([glibc("2.17")]);
    const env = await pretend({ execPath: await nodeFor("musl") });
    const { code, errors } = await launch(installed, [], { env });
    expect(code).toBe(1);
    expect(errors).toBe(`tool: tool is not built for ${host} with musl, only for ${host}-gnu\n`);
  });

  test("a loader that this system has elsewhere is named", async () => {
    const installed = await installMain([glibc("2.17")]);
    const file = await installStrange(installed);
    const env = await pretend({ execPath: await nodeFor("glibc") });
    const { code, errors } = await launch(installed, [], { env });
    expect(code).toBe(1);
    expect(errors).toBe(`tool: ${file} needs ${nowhere}, which is missing\n`);
  });
});
