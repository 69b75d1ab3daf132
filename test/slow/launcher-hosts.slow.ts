import { constants as fileConstants } from "node:fs";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { constants } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { glibc, musl } from "../../packages/capability/npm/test/fixtures.ts";
import {
  host,
  type Installed,
  installMain,
  installPlatform,
} from "../../packages/capability/npm/test/installed.ts";
import { component, root } from "./support/components.ts";
import { installed, launch, majors, ready, repeated, rounds } from "./support/launch.ts";
import { run, succeed } from "./support/run.ts";

let nodes: string;
beforeAll(() => {
  nodes = component("get-node.sh", "nodes");
});

describe.each(majors)("what is found out with Node %i", (major) => {
  const node = () => join(nodes, `node${major}`, "bin/node");

  test("the program inherits no ignored signal and no stream that does not block", async () => {
    const project = await installMain([{}]);
    await installPlatform(project.folder(host));
    const script = "grep SigIgn /proc/$$/status; grep -h flags /proc/$$/fdinfo/0 /proc/$$/fdinfo/1";
    const { output } = await run(node(), [join(project.main, "bin/tool.js"), "-c", script], {
      cwd: project.main,
    });
    expect(output).toMatch(/^SigIgn:\t0+\n/);
    const flags = [...output.matchAll(/flags:\t([0-7]+)/g)].map(([, digits = ""]) => digits);
    expect(flags).toHaveLength(2);
    for (const digits of flags)
      expect(Number.parseInt(digits, 8) & fileConstants.O_NONBLOCK).toBe(0);
  });

  test("a disk that is mounted noexec is named", async () => {
    const project = await installed({ exit: 3 });
    const script =
      'mount --bind "$1" "$1" && mount -o remount,bind,noexec "$1" && shift && "$@"; exit $?';
    const command = [node(), join(project.main, "bin/tool.js")];
    const { code, output } = await run(
      "unshare",
      ["--map-root-user", "--mount", "sh", "-c", script, "sh", project.folder(host), ...command],
      { cwd: project.main },
    );
    expect(output).toMatch(/^tool: .*bin\/tool may not be executed: its disk is mounted noexec/);
    expect(code).toBe(1);
  });

  test("an addon is loaded, by require and by import", async () => {
    const project = await installedAddon();
    expect(await evaluated(node(), [], project)).toBe("function function\n");
  });
});

/** They run commands of npm packages as Node does, if they are told to. */
describe.each(["bun", "deno"])("instead of Node, %s", (name) => {
  const flags = name === "bun" ? ["--bun"] : ["run", "-A"];
  const command = () => join(component("get-package-managers.sh", "pm"), "bin", name);

  test("passes exit code and signals through and leaves nobody behind", async () => {
    const quick = await installed({ text: ready, exit: 3 });
    expect(await repeated(() => launch([command(), ...flags], quick))).toEqual({
      "3 written": rounds,
    });
    const crashes = await installed({ text: ready, end: constants.signals.SIGSEGV });
    const waiting = await installed({ text: ready, end: "waits" });
    const kill = { signal: "SIGTERM", at: "written" } as const;
    const ends = {
      SIGSEGV: await repeated(() => launch([command(), ...flags], crashes)),
      SIGTERM: await repeated(() => launch([command(), ...flags], waiting, kill)),
    };
    for (const [signal, found] of Object.entries(ends)) {
      // Deno does not always die of its own signal in time; a shell reports the same number for both.
      const number = 128 + constants.signals[signal as keyof typeof ends];
      const { [`${signal} written`]: died = 0, [`${number} written`]: left = 0, ...others } = found;
      expect([others, died + left]).toEqual([{}, rounds]);
      if (name === "bun") expect(left).toBe(0);
    }
  });

  test("loads an addon, by require and by import", async () => {
    expect(await evaluated(command(), flags, await installedAddon())).toBe("function function\n");
  });
});

/** A project with the loader and a real addon: what jest finds modules with. */
async function installedAddon(): Promise<Installed> {
  const libc = "glibcVersionRuntime" in (process.report.getReport() as { header: object }).header;
  const facts = libc ? glibc("2.17") : musl;
  const project = await installMain([{ ...facts, static: null }], { addon: "index" }, onlyAddon);
  const suffix = `${host}-${libc ? "gnu" : "musl"}`;
  const folder = project.folder(suffix);
  await mkdir(folder, { recursive: true });
  const addon = join(root, `node_modules/@unrs/resolver-binding-${suffix}/resolver.${suffix}.node`);
  await copyFile(addon, join(folder, "index.node"));
  const manifest = { name: `@tool/${suffix}`, version: "1.2.3", main: "index.node" };
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
  return project;
}

const onlyAddon = { onlyAddon: true };

async function evaluated(command: string, flags: string[], { main, modules }: Installed) {
  const file = join(modules, "../ask.mjs");
  await writeFile(
    file,
    `import addon from "tool";
import { createRequire } from "node:module";
const required = createRequire(import.meta.url)("tool");
console.log(typeof addon.ResolverFactory, typeof required.ResolverFactory);
`,
  );
  return succeed(command, [...flags, file], { cwd: main });
}
