import { appendFile, chmod, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { silentLog } from "@multiarch/diagnostics";
import { findZigbuild, type ZigbuildRequest, type ZigbuildTable } from "@multiarch/toolchains";
import { zigbuildTable } from "../src/data/zigbuild.ts";
import { temporaryFolder } from "./fake-go.ts";

// The tools of these tests are shell scripts.
const onUnix = process.platform === "win32" ? describe.skip : describe;

const pins = {
  platforms: ["manylinux_2_5_x86_64", "manylinux_2_12_x86_64"],
  zigbuild: { version: "0.24.0", sha256: "a".repeat(64) },
  zig: { version: "0.17.0", sha256: "b".repeat(64) },
};
const table: ZigbuildTable = { "linux-x64": pins };

/** A Python whose pip writes down what it was asked for and lays out files as the real one does. */
const pip = (folder: string, install: string): string => `#!/bin/sh
PATH=/bin:/usr/bin
[ "$2 $3" = "pip --version" ] && exit 0
env | sort > '${folder}/environment'
echo "$@" > '${folder}/arguments'
echo call >> '${folder}/calls'
while [ "$#" -gt 0 ]; do
  case "$1" in --target) tree=$2 ;; --requirement) cp "$2" '${folder}/requirements' ;; esac
  shift
done
${install}
`;
const good = `mkdir -p "$tree/bin" "$tree/ziglang/lib"
echo zigbuild > "$tree/bin/cargo-zigbuild"; echo zig > "$tree/ziglang/zig"
echo lib > "$tree/ziglang/lib/std.zig"
chmod 755 "$tree/bin/cargo-zigbuild" "$tree/ziglang/zig"`;

async function machine(
  folder: string,
  install: string,
  more: Partial<ZigbuildRequest> = {},
): Promise<ZigbuildRequest> {
  await mkdir(join(folder, "bin"), { recursive: true });
  await writeFile(join(folder, "bin/python3"), pip(folder, install));
  await chmod(join(folder, "bin/python3"), 0o755);
  return {
    log: silentLog,
    toolCache: join(folder, "cache"),
    host: { os: "linux", arch: "x64" },
    table,
    ...more,
    env: { PATH: join(folder, "bin"), HOME: folder, ...more.env },
  };
}

onUnix("cargo-zigbuild and zig", () => {
  test("come from pip by hash, without what would send the files elsewhere", async () => {
    await using folder = await temporaryFolder();
    const env = {
      PIP_FIND_LINKS: "/wheels",
      PIP_TARGET: "/elsewhere",
      PIP_INDEX_URL: "https://index.example/simple",
      ACTIONS_RUNTIME_TOKEN: "secret",
    };
    const request = await machine(folder.path, good, { env });
    const found = await findZigbuild(request);
    const read = (name: string): Promise<string> => readFile(join(folder.path, name), "utf8");
    expect(await read("requirements")).toBe(
      `cargo-zigbuild==0.24.0 --hash=sha256:${"a".repeat(64)}\nziglang==0.17.0 --hash=sha256:${"b".repeat(64)}\n`,
    );
    for (const option of ["--require-hashes", "--no-deps", "--only-binary=:all:", "--no-compile"]) {
      expect(await read("arguments")).toContain(option);
    }
    expect(await read("arguments")).toContain("--platform manylinux_2_5_x86_64 --platform");
    const environment = await read("environment");
    expect(environment).toContain("PIP_INDEX_URL=https://index.example/simple");
    expect(environment).not.toMatch(/FIND_LINKS|PIP_TARGET|secret/);

    const [name = ""] = (await readdir(request.toolCache)).filter((one) => one.startsWith("zig"));
    const tree = join(request.toolCache, name, "tree");
    expect(found.environment).toMatchObject({
      CARGO_ZIGBUILD_ZIG_PATH: join(tree, "ziglang/zig"),
      CARGO_ZIGBUILD_CACHE_DIR: join(request.toolCache, "cargo-zigbuild-0.24.0-cache"),
      PATH: [join(tree, "bin"), join(folder.path, "bin")].join(delimiter),
    });
    expect(found.environment.ACTIONS_RUNTIME_TOKEN).toBeUndefined();
    expect((await stat(join(tree, "ziglang/zig"))).mode & 0o111).toBe(0o111);
    expect(found.used).toEqual([
      { name: "cargo-zigbuild", version: "0.24.0", sha256: "a".repeat(64), from: "pip" },
      { name: "zig", version: "0.17.0", sha256: "b".repeat(64), from: "pip" },
    ]);
    expect(await findZigbuild({ ...request, offline: true })).toEqual(found);
    expect((await read("calls")).trim()).toBe("call");
  });

  test("two builds at once ask pip once", async () => {
    await using folder = await temporaryFolder();
    const request = await machine(folder.path, good);
    const both = await Promise.all([findZigbuild(request), findZigbuild(request)]);
    expect(both[0]).toEqual(both[1]);
    expect((await readFile(join(folder.path, "calls"), "utf8")).trim()).toBe("call");
  });

  test("a tree that was changed is made again", async () => {
    await using folder = await temporaryFolder();
    const made = await machine(folder.path, good, { toolCache: join(folder.path, "made") });
    const first = await findZigbuild(made);
    // Under another name: within one process a folder is compared only once.
    const { rename } = await import("node:fs/promises");
    const request = { ...made, toolCache: join(folder.path, "cache") };
    await rename(made.toolCache, request.toolCache);
    const zig = (first.environment.CARGO_ZIGBUILD_ZIG_PATH ?? "").replace("/made/", "/cache/");
    await appendFile(zig, "evil");
    await findZigbuild(request);
    expect(await readFile(zig, "utf8")).toBe("zig\n");
    expect((await readFile(join(folder.path, "calls"), "utf8")).trim()).toBe("call\ncall");
  });

  test("of this machine, when both are there; a cargo-zigbuild without zig is not enough", async () => {
    await using folder = await temporaryFolder();
    const request = await machine(folder.path, good);
    const bin = join(folder.path, "bin");
    const tool = async (name: string, says: string): Promise<void> => {
      await writeFile(join(bin, name), `#!/bin/sh\necho '${says}'\n`);
      await chmod(join(bin, name), 0o755);
    };
    await tool("cargo-zigbuild", "cargo-zigbuild 0.22.1");
    expect((await findZigbuild(request)).used[0]?.from).toBe("pip");
    await tool("zig", "0.15.2");
    const own = await findZigbuild(request);
    expect(own.used).toEqual([
      { name: "cargo-zigbuild", version: "0.22.1", sha256: null, from: "path" },
      { name: "zig", version: "0.15.2", sha256: null, from: "path" },
    ]);
    expect(own.environment.CARGO_ZIGBUILD_ZIG_PATH).toBe(join(bin, "zig"));
  });

  test.each([
    ["MA357", "echo 'ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM' >&2; exit 1"],
    ["MA356", "echo 'ERROR: No matching distribution found' >&2; exit 1"],
    ["MA354", 'mkdir -p "$tree/ziglang"; ln -s /etc/passwd "$tree/ziglang/zig"'],
    ["MA354", 'echo other > "$tree/something"'],
  ])("%s, and nothing that could be used is left: %s", async (id, install) => {
    await using folder = await temporaryFolder();
    const request = await machine(folder.path, install);
    await expect(findZigbuild(request)).rejects.toThrow(id);
    await expect(findZigbuild(request)).rejects.toThrow(id);
    await expect(findZigbuild({ ...request, offline: true })).rejects.toThrow("MA356");
    expect(await readdir(request.toolCache)).toEqual([]);
  });

  test("the reasons are named", async () => {
    await using folder = await temporaryFolder();
    const request = await machine(folder.path, good);
    const without = { ...request, env: { PATH: "/nonexistent", HOME: folder.path } };
    await expect(findZigbuild(without)).rejects.toThrow(/MA356[\s\S]*no Python with pip/);
    await expect(findZigbuild({ ...request, offline: true })).rejects.toThrow(
      /MA356.*[\s\S]*offline/,
    );
    const host = { os: "sunos", arch: "x64" };
    await expect(findZigbuild({ ...request, host })).rejects.toThrow(/MA356[\s\S]*sunos-x64/);
  });
});

describe("the table of wheels", () => {
  test("has hashes of the right form for every machine that GitHub offers", () => {
    for (const machine of [
      "linux-x64",
      "linux-arm64",
      "darwin-x64",
      "darwin-arm64",
      "windows-x64",
      "windows-arm64",
    ]) {
      const found = zigbuildTable[machine];
      expect(found?.zig.sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(found?.zigbuild.sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(found?.zig.version).toMatch(/^0\.17\.0(\.post0)?$/);
    }
  });
});
