import { chmod, mkdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { silentLog, UserError } from "@multiarch/diagnostics";
import { describeTools, findGo, type GoRequest } from "@multiarch/toolchains";
import { type Folder, goScript, host, makeFakeGo, temporaryFolder } from "./fake-go.ts";
import { file, serve } from "./file-server.ts";

// The installed go commands of these tests are shell scripts.
const onUnix = process.platform === "win32" ? describe.skip : describe;

async function install(
  root: string,
  version: string,
  options: { readonly broken?: "tool" | "list"; readonly proxies?: string } = {},
): Promise<string> {
  await mkdir(join(root, "bin"), { recursive: true });
  const command = join(root, "bin", "go");
  await writeFile(command, goScript(version, root, options));
  await chmod(command, 0o755);
  return command;
}

async function request(
  folder: Folder,
  version: string | null,
  more: Partial<GoRequest> = {},
): Promise<GoRequest> {
  const { table } = await makeFakeGo(folder.path);
  return {
    version,
    log: silentLog,
    toolCache: join(folder.path, "cache"),
    host,
    places: [],
    table,
    offline: true,
    ...more,
    // The scripts need a printf; no Go may be among the rest.
    env: { PATH: "/nonexistent", HOME: folder.path, ...more.env },
  };
}

onUnix("a Go that is installed", () => {
  test("is taken from PATH, GOROOT, a usual place, in this order", async () => {
    await using folder = await temporaryFolder();
    const roots = ["path", "variable", "place"].map((name) => join(folder.path, name));
    const [onPath = "", variable = "", place = ""] = roots;
    const commands = [];
    for (const root of roots) commands.push(await install(root, "1.25.1"));
    const all = await findGo(
      await request(folder, "1.25", {
        env: { PATH: join(onPath, "bin"), GOROOT: variable },
        places: [place],
      }),
    );
    expect(all.command).toBe(commands[0]);
    expect(all.used).toEqual({ name: "go", version: "1.25.1", sha256: null, from: "path" });
    expect(all.environment).toMatchObject({ GOROOT: onPath, GOTOOLCHAIN: "local" });
    const two = await request(folder, "1.25", { env: { GOROOT: variable }, places: [place] });
    expect((await findGo(two)).command).toBe(commands[1]);
    const one = await request(folder, "1.25", { places: [join(folder.path, "missing"), place] });
    expect((await findGo(one)).command).toBe(commands[2]);
  });

  test("the exact minor version is preferred, a newer one accepted, an older one not", async () => {
    await using folder = await temporaryFolder();
    const newer = join(folder.path, "newer");
    const exact = join(folder.path, "exact");
    await install(newer, "1.27.0");
    await install(exact, "1.25.9");
    const env = { PATH: join(newer, "bin") };
    const both = await findGo(await request(folder, "1.25", { env, places: [exact] }));
    expect(both.used.version).toBe("1.25.9");
    const told: string[] = [];
    const log = { ...silentLog, info: (text: string) => void told.push(text) };
    const only = await findGo(await request(folder, "1.25", { env, log }));
    expect(only.used.version).toBe("1.27.0");
    expect(told.join()).toMatch(/1\.27\.0.*asks for 1\.25/);
    const older = await request(folder, "1.28", { env, places: [exact] });
    await expect(findGo(older)).rejects.toThrow(/MA350[\s\S]*Go 1\.27\.0 at .*Go 1\.25\.9 at/);
    expect((await findGo(await request(folder, null, { env }))).used.version).toBe("1.27.0");
  });

  test("one that does not start, or is a development version, is passed over", async () => {
    await using folder = await temporaryFolder();
    for (const [name, script] of [
      ["fails", "#!/bin/sh\nexit 1\n"],
      ["nonsense", "#!/bin/sh\necho hello\n"],
      ["no-program", "\u0000\u0001\u0002"],
      ["devel", goScript("x", "/r").replace("gox", "devel go1.30-abc")],
    ] as const) {
      const root = join(folder.path, name);
      const command = await install(root, "1.25.0");
      await writeFile(command, script);
    }
    const good = join(folder.path, "good");
    await install(good, "1.25.0");
    const places = ["fails", "nonsense", "no-program", "devel", "good"];
    const found = await findGo(
      await request(folder, "1.25", { places: places.map((name) => join(folder.path, name)) }),
    );
    expect(found.command).toBe(join(good, "bin", "go"));
  });

  test("one that is too old still says which proxy its user has set", async () => {
    await using folder = await temporaryFolder();
    const fake = await makeFakeGo(folder.path);
    await using proxy = await serve(file(fake.zip));
    const old = join(folder.path, "old");
    await install(old, "1.20.1", { proxies: `${proxy.origin},direct` });
    const found = await findGo({
      version: "1.25",
      env: { PATH: join(old, "bin"), HOME: folder.path },
      log: silentLog,
      toolCache: join(folder.path, "cache"),
      host,
      places: [],
      table: fake.table,
    });
    expect(found.used).toMatchObject({ version: "1.25.3", from: "module proxy" });
  });

  test("tools describe themselves", async () => {
    await using folder = await temporaryFolder();
    await install(folder.path, "1.25.1");
    const zig = join(folder.path, "bin", "zig");
    await writeFile(zig, "#!/bin/sh\necho 0.17.0\n");
    await chmod(zig, 0o755);
    const PATH = ["/nonexistent", join(folder.path, "bin")].join(delimiter);
    expect(await describeTools({ PATH }, silentLog)).toEqual({
      go: { path: join(folder.path, "bin", "go"), version: "1.25.1" },
      cargo: null,
      rustc: null,
      zigbuild: null,
      zig: { path: zig, version: "0.17.0" },
    });
  });
});

onUnix("a Go in the runner's tool cache", () => {
  async function cached(
    folder: Folder,
    version: string,
    options: { marker?: boolean; broken?: "tool" | "list"; says?: string } = {},
  ): Promise<string> {
    const root = join(folder.path, "hosted/go", version, "x64");
    const command = await install(root, options.says ?? version, options);
    if (options.marker !== false) await writeFile(`${root}.complete`, "");
    return command;
  }
  const find = async (folder: Folder, version: string | null): Promise<string> => {
    const env = { RUNNER_TOOL_CACHE: join(folder.path, "hosted") };
    return findGo(await request(folder, version, { env })).then(
      ({ used }) => `${used.version} ${used.from}`,
      (error: unknown) => (error instanceof UserError ? error.id : String(error)),
    );
  };

  test("the newest patch of the wanted minor version; no other minor version", async () => {
    await using folder = await temporaryFolder();
    for (const version of ["1.24.9", "1.25.2", "1.25.10", "1.26.0"]) await cached(folder, version);
    expect(await find(folder, "1.25")).toBe("1.25.10 tool-cache");
    expect(await find(folder, "1.25.11")).toBe("MA350");
    expect(await find(folder, "1.23")).toBe("MA350");
    expect(await find(folder, null)).toBe("1.25.10 tool-cache");
  });

  test("half a tree with a marker, a tree without one, and a lying folder are passed over", async () => {
    await using folder = await temporaryFolder();
    await cached(folder, "1.25.1");
    await cached(folder, "1.25.5", { marker: false });
    await cached(folder, "1.25.6", { broken: "tool" });
    await cached(folder, "1.25.7", { broken: "list" });
    await cached(folder, "1.25.8", { says: "1.25.2" });
    await mkdir(join(folder.path, "hosted/go/1.25.9"), { recursive: true });
    await writeFile(join(folder.path, "hosted/go/1.25.9/x64.complete"), "");
    expect(await find(folder, "1.25")).toBe("1.25.1 tool-cache");
  });
});
