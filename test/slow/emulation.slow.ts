import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { makeRepository } from "./support/act.ts";
import { cache, component, full, root } from "./support/components.ts";
import { foreignEntry, mountTable, type Namespace, openNamespace } from "./support/namespace.ts";
import { type QemuJobOptions, qemuJob } from "./support/qemu-step.ts";
import { run } from "./support/run.ts";
import { crossRust } from "./support/rust.ts";

// In user namespaces of their own: what is registered there is seen by nobody else, and goes with them.

const words = ["aarch64", "arm", "riscv64", "ppc64le", "s390x"];
const platforms = "arm64, linux/arm/v7, riscv64, ppc64le, s390x, 386";
const go: Readonly<Record<string, string>> = {
  arm64: "aarch64",
  arm: "arm",
  riscv64: "riscv64",
  ppc64le: "ppc64le",
  s390x: "s390x",
};

const isRoot = process.getuid?.() === 0;

/** What Zig and Debian call the guests, with glibc and with musl. */
const dynamicGuests = [
  { debian: "arm64", targets: ["aarch64-linux-gnu", "aarch64-linux-musl"] },
  { debian: "armhf", targets: ["arm-linux-gnueabihf", "arm-linux-musleabihf"] },
  { debian: "riscv64", targets: ["riscv64-linux-gnu", "riscv64-linux-musl"] },
  { debian: "ppc64el", targets: ["powerpc64le-linux-gnu", "powerpc64le-linux-musl"] },
  { debian: "s390x", targets: ["s390x-linux-gnu", "s390x-linux-musl"] },
].flatMap(({ debian, targets }) => targets.map((target) => ({ debian, target })));

/** As such workflows are: only what stands after `uses:` is ours. */
const workflow = `name: emulated
on: push
permissions: {}
jobs:
  run:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1
      - name: Set up QEMU
        id: qemu
        uses: ./setup/qemu
        with:
          platforms: arm64,arm
          image: tonistiigi/binfmt:latest
          cache-image: false
      - run: ./program && echo "runs $PLATFORMS"
        env: { PLATFORMS: "\${{ steps.qemu.outputs.platforms }}" }
`;

let work: string;
let emulators: string;
let aarch64: string;
const opened: Namespace[] = [];

async function namespace(setUp: string = mountTable): Promise<Namespace> {
  const made = await openNamespace(setUp);
  opened.push(made);
  return made;
}

let count = 0;
function job(space: Namespace | null, options: Partial<QemuJobOptions> = {}) {
  const folder = join(work, `job-${++count}`);
  mkdirSync(folder);
  const toolCache = join(work, "tools");
  return qemuJob({ folder, path: emulators, toolCache, namespace: space, ...options });
}

/** Programs of the Go compiler, which need neither loader nor library. */
function programs(): string {
  const folder = join(work, "programs");
  mkdirSync(folder, { recursive: true });
  const source = join(folder, "main.go");
  writeFileSync(
    source,
    'package main\n\nimport "runtime"\n\nfunc main() { println("hello from", runtime.GOARCH) }\n',
  );
  for (const arch of full ? Object.keys(go) : ["arm64", "s390x"]) {
    execFileSync("go", ["build", "-o", join(folder, arch), source], {
      env: { ...process.env, GOOS: "linux", GOARCH: arch, CGO_ENABLED: "0", GOFLAGS: "" },
    });
  }
  return folder;
}

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "multiarch-emulation-"));
  emulators = component("cross-qemu.sh", "qemu", ...words);
  aarch64 = join(emulators, "qemu-aarch64");
});

afterAll(() => {
  for (const space of opened) space.close();
  rmSync(work, { recursive: true, force: true });
});

describe("the kernel's table is as it was", () => {
  test.each([
    { foreign: "absent", setUp: mountTable },
    { foreign: "present", setUp: "on" },
    { foreign: "disabled", setUp: "off" },
  ])("with somebody else's entry $foreign", async ({ setUp }) => {
    const state = setUp === "on" || setUp === "off" ? setUp : null;
    const space = await namespace(
      state === null ? mountTable : `${mountTable} && ${foreignEntry(aarch64, state)}`,
    );
    const before = await space.table();
    const one = job(space);
    const main = await one.main({ platforms });
    expect([main.code, main.errors, main.warnings]).toEqual([0, [], []]);
    expect(main.outputs).toMatchObject({ strategy: "binfmt", missing: "" });
    expect(main.outputs.platforms?.split(",")).toEqual(
      expect.arrayContaining(["linux/amd64", "linux/386", "linux/arm64", "linux/arm/v7"]),
    );
    const during = await space.table();
    for (const word of words) expect(during).toContain(`== multiarch-${word}\nenabled`);
    // What the kernel runs by itself is left alone.
    expect(during).not.toContain("i386");
    expect(during).toContain("flags: POCF");
    const folder = programs();
    for (const arch of full ? Object.keys(go) : ["arm64", "s390x"]) {
      expect(await space.run(join(folder, arch), [])).toEqual({
        code: 0,
        output: `hello from ${arch}\n`,
      });
    }
    const post = await one.post();
    expect([post.code, post.warnings]).toEqual([0, []]);
    expect(await space.table()).toBe(before);
    // A post step that runs twice, or after somebody else's clean-up, has nothing to do.
    expect(await one.post()).toMatchObject({ code: 0, warnings: [] });
  });

  test("where it was not mounted at all", async () => {
    const space = await namespace("true");
    const before = await space.shell(
      "ls /proc/sys/fs/binfmt_misc; grep -c binfmt /proc/self/mounts || true",
    );
    const one = job(space);
    expect(await one.main({ platforms: "arm64" })).toMatchObject({ code: 0, errors: [] });
    expect(await space.table()).toContain("multiarch-aarch64");
    await one.post();
    expect(
      await space.shell("ls /proc/sys/fs/binfmt_misc; grep -c binfmt /proc/self/mounts || true"),
    ).toBe(before);
  });

  test("unless it is to be kept", async () => {
    const space = await namespace();
    const one = job(space);
    expect(await one.main({ platforms: "arm64", keep: "true" })).toMatchObject({ code: 0 });
    const kept = await space.table();
    await one.post();
    const two = job(space);
    expect(await two.main({ platforms: "arm64" })).toMatchObject({ code: 0 });
    await two.post();
    expect(await space.table()).toBe(kept);
  });
});

/** Equal on every run (mulberry32): a failure can be looked at again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The shell is the job: it starts the step, and ends. */
const runner = ["sh", "-c", '"$@"; exit $?', "sh"];
const leases = "ls /run/multiarch-emulation";

test("a step that is killed at any moment leaves nothing that the next one does not take back", async () => {
  const space = await namespace(`${mountTable} && ${foreignEntry(aarch64, "on")}`);
  const before = await space.table();
  const random = seeded(20_261_121);
  const wanted = { platforms: "arm64, s390x, riscv64" };
  let duration = 0;
  // The second one does not have to wait for the bundle.
  for (let round = 0; round < 2; round++) {
    const first = job(space);
    const started = performance.now();
    expect(await first.main(wanted)).toMatchObject({ code: 0 });
    duration = performance.now() - started;
    await first.post();
    expect(await space.table()).toBe(before);
  }
  let killed = 0;
  while (killed < (full ? 100 : 10)) {
    // The shell stands for the runner, which starts the step: both are killed.
    const one = job(space, { through: runner });
    const running = one.main(wanted);
    const timer = setTimeout(() => one.kill(), random() * duration);
    const { signal } = await running;
    clearTimeout(timer);
    if (signal === "SIGKILL") killed++;
    // A runner that lives starts the post step after a killed main too.
    if (random() < 0.3) await one.post();
    if (random() < 0.5) {
      const next = job(space);
      expect(await next.main(wanted)).toMatchObject({ code: 0, errors: [] });
      await next.post();
    }
    // Not killed in time, and not ended: that job lives on.
    if (signal === null) await one.post();
  }
  const last = job(space);
  expect(await last.main(wanted)).toMatchObject({ code: 0, errors: [] });
  await last.post();
  expect(await space.table()).toBe(before);
  expect(await space.shell(leases)).toBe("");
});

test("a job that died after its step is swept by the next, one that lives is not", async () => {
  const space = await namespace();
  const before = await space.table();
  const dead = job(space, { through: runner });
  expect(await dead.main({ platforms: "arm64, riscv64" })).toMatchObject({ code: 0 });
  const alive = job(space);
  const { log } = await alive.main({ platforms: "arm64" });
  expect(log).toContain("removed multiarch-aarch64, which a job that is no more had left");
  const during = await space.table();
  expect(during).toContain("multiarch-aarch64");
  expect(during).not.toContain("multiarch-riscv64");
  const other = job(space);
  expect(await other.main({ platforms: "arm64" })).toMatchObject({ code: 0 });
  await other.post();
  expect(await space.table()).toBe(during);
  await alive.post();
  expect(await space.table()).toBe(before);
});

test.each(full ? [2, 4, 8] : [3])(
  "%i jobs at the same time never take each other's entries",
  async (jobs) => {
    const space = await namespace();
    const before = await space.table();
    const program = join(programs(), "arm64");
    const random = seeded(jobs);
    await Promise.all(
      Array.from({ length: jobs }, async (_none, index) => {
        for (let round = 0; round < (full ? 4 : 2); round++) {
          const one = job(space);
          const others = ["riscv64", "s390x"][Math.floor(random() * 2)];
          const main = await one.main({ platforms: `arm64, ${others}` });
          expect([index, main.code, main.errors]).toEqual([index, 0, []]);
          for (let use = 0; use < 1 + random() * 10; use++) {
            expect(await space.run(program, [])).toMatchObject({ code: 0 });
          }
          expect(await one.post()).toMatchObject({ code: 0, warnings: [] });
        }
      }),
    );
    expect(await space.table()).toBe(before);
    expect(await space.shell(leases)).toBe("");
  },
);

test("a workflow for docker/setup-qemu-action works with one line changed", async () => {
  const folder = join(work, "repository");
  const home = join(work, "home");
  mkdirSync(home);
  await makeRepository(folder, { ".github/workflows/emulated.yml": workflow });
  cpSync(join(root, "setup"), join(folder, "setup"), { recursive: true });
  cpSync(join(programs(), "arm64"), join(folder, "program"));
  const space = await namespace();
  const before = await space.table();
  const act = join(component("get-act.sh", "bin"), "act");
  const node = join(component("get-node.sh", "nodes"), "node24/bin");
  const addresses = ["--artifact-server-addr", "127.0.0.1", "--cache-server-addr", "127.0.0.1"];
  const { code, output } = await space.run(
    act,
    ["push", "-C", folder, "-P", "ubuntu-24.04=-self-hosted", ...addresses],
    { HOME: home, PATH: `${node}:${emulators}:${process.env.PATH}` },
  );
  expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
  expect(output).toContain("hello from arm64");
  expect(output).toMatch(/runs linux\/amd64,\S*linux\/arm64/);
  expect(output).toContain("removed multiarch-aarch64, multiarch-arm");
  expect(await space.table()).toBe(before);
});

test("a version is not taken from under another job", async () => {
  const space = await namespace();
  const one = job(space);
  expect(await one.main({ platforms: "arm64" })).toMatchObject({ code: 0 });
  const folder = join(work, "other");
  mkdirSync(folder);
  execFileSync("cp", [aarch64, join(folder, "qemu-aarch64")]);
  const two = job(space, { path: folder });
  const refused = await two.main({ platforms: "arm64", "qemu-version": "10" });
  expect([refused.code, refused.errors[0]]).toEqual([1, expect.stringContaining("MA464")]);
  const three = job(space, { path: folder });
  const missing = await three.main({ platforms: "arm64", "qemu-version": "9.2", image: folder });
  expect([missing.code, missing.errors[0]]).toEqual([1, expect.stringContaining("MA458")]);
  await one.post();
});

/** What `sudo -n` does for a user who may, as a program with root's rights; `sudo -n` itself needs a system around it. */
function sudo(): string {
  const folder = join(work, "sudo");
  mkdirSync(folder);
  const source = join(folder, "main.go");
  writeFileSync(
    source,
    `package main

import (
	"os"
	"os/exec"
	"syscall"
)

func main() {
	log, _ := os.OpenFile("${folder}/calls", os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	words := os.Args[1:]
	if len(words) < 2 || words[0] != "-n" {
		os.Exit(1)
	}
	words = words[1:]
	if words[0] == "--" {
		words = words[1:]
	}
	for _, word := range words {
		log.WriteString(word + " ")
	}
	log.WriteString("\\n")
	syscall.Setgid(0)
	syscall.Setuid(0)
	path, err := exec.LookPath(words[0])
	if err != nil {
		os.Exit(1)
	}
	syscall.Exec(path, words, os.Environ())
}
`,
  );
  execFileSync("go", ["build", "-o", join(folder, "sudo"), source], {
    env: { ...process.env, CGO_ENABLED: "0", GOFLAGS: "" },
  });
  chmodSync(join(folder, "sudo"), 0o4755);
  chmodSync(folder, 0o777);
  return folder;
}

// Only root can make a namespace with more users than one. Others have a sudo of their own, or none.
if (isRoot) {
  test("a user with sudo: each call is one of a few, and everything is taken back", async () => {
    const tools = sudo();
    const space = await openNamespace("true", "all");
    opened.push(space);
    chmodSync(work, 0o755);
    const own = join(work, "user");
    mkdirSync(own);
    chownSync(own, 1000, 1000);
    const user = ["setpriv", "--reuid=1000", "--regid=1000", "--clear-groups"];
    const one = qemuJob({
      folder: own,
      toolCache: join(own, "tools"),
      namespace: space,
      path: `${tools}:${emulators}`,
      through: user,
    });
    execFileSync("chown", ["-R", "1000:1000", own]);
    const main = await one.main({ platforms: "arm64, s390x" });
    expect([main.code, main.errors]).toEqual([0, []]);
    expect(await space.table()).toContain("multiarch-s390x");
    // Root's job and the user's share the entries.
    const other = job(space);
    expect(await other.main({ platforms: "arm64" })).toMatchObject({ code: 0, errors: [] });
    expect(await one.post()).toMatchObject({ code: 0, warnings: [] });
    expect(await space.table()).toContain("multiarch-aarch64");
    expect(await space.table()).not.toContain("multiarch-s390x");
    await other.post();
    expect(await space.shell("ls /proc/sys/fs/binfmt_misc /run/multiarch-emulation")).not.toMatch(
      /aarch64|json/,
    );
    const calls = readFileSync(join(tools, "calls"), "utf8").trim().split("\n");
    const known =
      /^(?:true|mkdir -m 1777 \/run\/multiarch-emulation|(?:mount -t binfmt_misc binfmt_misc|umount) \/proc\/sys\/fs\/binfmt_misc|tee \/proc\/sys\/fs\/binfmt_misc\/(?:register|multiarch-[a-z0-9]+)|chroot \S+ \/[a-z0-9]+|rm -f -- \/run\/multiarch-emulation\/[0-9a-f]{24}\.json) ?$/;
    expect(calls.filter((call) => !known.test(call))).toEqual([]);
  });
}

/** The table of this very machine. */
function machineTable(): string {
  const script =
    'cd /proc/sys/fs/binfmt_misc && for name in *; do echo "== $name"; test "$name" = register || cat "$name" 2>/dev/null; done; grep -c binfmt_misc /proc/self/mounts';
  return execFileSync("sh", ["-c", `${script} || true`], { encoding: "utf8" });
}

if (full) {
  test("on the machine itself, by root or by sudo", async () => {
    const before = machineTable();
    const one = job(null);
    try {
      const main = await one.main({ platforms });
      expect([main.code, main.errors]).toEqual([0, []]);
      expect(machineTable()).toContain("== multiarch-s390x\nenabled");
      const program = join(programs(), "s390x");
      expect(await run(program, [], { cwd: "/" })).toMatchObject({ code: 0 });
    } finally {
      await one.post();
    }
    expect(machineTable()).toBe(before);
  });

  test.each(dynamicGuests)(
    "programs for $target that need their own loader and library run in their own root",
    async ({ debian, target }) => {
      const space = await namespace();
      const roots = component("cross-sysroots.sh", "sysroots", debian);
      const { CARGO_ZIGBUILD_ZIG_PATH: zig = "" } = crossRust();
      const source = join(work, "hello.c");
      writeFileSync(source, '#include <stdio.h>\nint main(void) { puts("hello"); return 0; }\n');
      const rootFolder = mkdtempSync(join(work, "root-"));
      execFileSync("cp", ["-a", `${join(roots, debian)}/.`, rootFolder]);
      execFileSync(
        zig,
        ["cc", "-target", target, "-dynamic", "-o", join(rootFolder, "hello"), source],
        {
          env: {
            ...process.env,
            ZIG_GLOBAL_CACHE_DIR: join(cache, "zig-cache"),
            ZIG_LOCAL_CACHE_DIR: join(work, "zig-local"),
          },
        },
      );
      const one = job(space);
      expect(await one.main({ platforms: target.split("-")[0] ?? "" })).toMatchObject({ code: 0 });
      expect(await space.run("chroot", [rootFolder, "/hello"])).toEqual({
        code: 0,
        output: "hello\n",
      });
      await one.post();
    },
  );
}
