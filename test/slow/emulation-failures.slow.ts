import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { component } from "./support/components.ts";
import { mountTable, type Namespace, openNamespace } from "./support/namespace.ts";
import { type Ended, type QemuJobOptions, qemuJob } from "./support/qemu-step.ts";

// Each way to fail has its own message, and leaves the kernel's table as it was.

let work: string;
let emulators: string;
let space: Namespace;
let before: string;
let count = 0;
const servers: Server[] = [];
const spaces: Namespace[] = [];

const sha256 = (bytes: string | Uint8Array): string =>
  createHash("sha256").update(bytes).digest("hex");

function folder(name: string): string {
  const path = join(work, `${name}-${++count}`);
  mkdirSync(path);
  return path;
}

/** A step that should fail; nothing on its PATH but what the options name. */
async function attempt(
  inputs: Readonly<Record<string, string>>,
  options: Partial<QemuJobOptions> = {},
): Promise<Ended> {
  const one = qemuJob({
    folder: folder("job"),
    toolCache: folder("tools"),
    namespace: space,
    ...options,
  });
  const ended = await one.main(inputs);
  await one.post();
  return ended;
}

async function refused(...args: Parameters<typeof attempt>): Promise<string> {
  const { code, errors, log } = await attempt(...args);
  if (code !== 1 || errors.length !== 1) throw new Error(`exit ${code}: ${errors}\n${log}`);
  return errors[0] ?? "";
}

async function serve(answer: (path: string, response: ServerResponse) => void): Promise<string> {
  const server = createServer((request: IncomingMessage, response) =>
    answer(request.url ?? "", response),
  );
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A mirror with one emulator, whose answer for it a test may change. */
async function mirror(
  answer: (response: ServerResponse, bytes: Buffer) => void = (response, bytes) =>
    void response.end(bytes),
): Promise<string> {
  const bytes = readFileSync(join(emulators, "qemu-aarch64"));
  const sums = `${sha256(bytes)}  qemu-aarch64\n`;
  const host = await serve((path, response) => {
    if (path === "/qemu/SHA256SUMS") response.end(sums);
    else answer(response, bytes);
  });
  return `http://${host}/qemu#sha256=${sha256(sums)}`;
}

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), "multiarch-refused-"));
  chmodSync(work, 0o755);
  emulators = component("cross-qemu.sh", "qemu", "aarch64", "arm");
  space = await openNamespace(mountTable);
  spaces.push(space);
  before = await space.table();
});

afterAll(async () => {
  for (const one of spaces) one.close();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  rmSync(work, { recursive: true, force: true });
});

describe("what is asked for", () => {
  test.each([
    ["ppc64", "MA102"],
    ["mips64", "MA102"],
    ["arm46", "MA101"],
    ["darwin-arm64", "MA450"],
  ])("platforms: %s", async (platforms, id) => {
    expect(await refused({ platforms })).toContain(id);
  });

  test.each([["ghcr.io/me/binfmt:latest"], ["https://mirror.example/qemu"], ["me/qemu@sha256:12"]])(
    "image: %s",
    async (image) => {
      expect(await refused({ image, platforms: "arm64" })).toContain("MA460");
    },
  );
});

describe("what the machine allows", () => {
  test("no privilege and no sudo", async () => {
    // Somebody else inside, who has nothing.
    const user = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
    const own = folder("nobody");
    for (const one of [own, join(own, "tools")]) {
      mkdirSync(one, { recursive: true });
      chmodSync(one, 0o777);
    }
    const one = qemuJob({
      folder: own,
      toolCache: join(own, "tools"),
      namespace: null,
      through: user,
      path: emulators,
    });
    execFileSync("chown", ["-R", "65534:65534", own]);
    const { code, errors } = await one.main({ platforms: "arm64" });
    expect([code, errors[0]]).toEqual([1, expect.stringContaining("MA452")]);
  });

  test("binfmt_misc cannot be mounted", async () => {
    // Root of a user namespace, but in somebody else's mount namespace.
    const error = await refused(
      { platforms: "arm64" },
      { namespace: null, through: ["unshare", "-Ur"], path: emulators },
    );
    expect(error).toContain("MA453");
  });

  test("binfmt_misc is switched off", async () => {
    const off = await openNamespace(`${mountTable} && echo 0 > /proc/sys/fs/binfmt_misc/status`);
    spaces.push(off);
    const error = await refused({ platforms: "arm64" }, { namespace: off, path: emulators });
    expect(error).toContain("switched off");
  });

  test("the disk is full", async () => {
    const tools = folder("small");
    await space.shell(`mount -t tmpfs -o size=1m none ${tools}`);
    const error = await refused(
      { platforms: "arm64", image: await mirror() },
      { toolCache: tools },
    );
    expect(error).toContain("MA411");
    expect(error).toContain("ENOSPC");
    expect(await space.shell(`find ${tools} -type f`)).toBe("");
  });
});

describe("what the source gives", () => {
  const cases: readonly [string, string, (response: ServerResponse, bytes: Buffer) => void][] = [
    [
      "a page",
      "MA506",
      (response) => void response.setHeader("content-type", "text/html").end("<html>"),
    ],
    ["404", "MA502", (response) => void response.writeHead(404).end()],
    [
      "a flipped byte",
      "MA505",
      (response, bytes) => {
        const other = Buffer.from(bytes);
        other[5_000_000] = (other[5_000_000] ?? 0) ^ 1;
        response.end(other);
      },
    ],
  ];
  test.each(cases)("%s", async (_name, id, answer) => {
    const error = await refused({ platforms: "arm64", image: await mirror(answer) });
    expect(error).toContain(id);
  });

  test("a list that is not the pinned one", async () => {
    const [url = ""] = (await mirror()).split("#");
    const error = await refused({
      platforms: "arm64",
      image: `${url}#sha256=${"0".repeat(64)}`,
    });
    expect(error).toContain("MA505");
  });
});

describe("what the emulator is", () => {
  test("one with a flipped byte in the cache", async () => {
    const toolCache = folder("tools");
    expect(
      await attempt({ platforms: "arm64", image: await mirror() }, { toolCache }),
    ).toMatchObject({ code: 0, errors: [] });
    // Again without a server: from the cache.
    expect(await attempt({ platforms: "arm64" }, { toolCache })).toMatchObject({ code: 0 });
    const store = join(toolCache, "multiarch/qemu");
    const name = readdirSync(store).find((one) => one.startsWith("qemu-")) ?? "";
    const path = join(store, name, "qemu-aarch64");
    chmodSync(path, 0o755);
    const bytes = readFileSync(path);
    bytes[bytes.length - 9] = (bytes[bytes.length - 9] ?? 0) ^ 0x40;
    writeFileSync(path, bytes);
    expect(await refused({ platforms: "arm64" }, { toolCache })).toContain("MA457");
  });

  test("one of another processor", async () => {
    const image = folder("wrong");
    copyFileSync(join(emulators, "qemu-arm"), join(image, "qemu-aarch64"));
    const error = await refused({ platforms: "arm64", image });
    expect(error).toContain("MA458");
    expect(error).toMatch(/Invalid ELF image for this architecture/);
  });

  test("one with other bytes than the folder's own list says", async () => {
    const image = folder("listed");
    cpSync(join(emulators, "qemu-aarch64"), join(image, "qemu-aarch64"));
    writeFileSync(join(image, "SHA256SUMS"), `${"1".repeat(64)}  qemu-aarch64\n`);
    expect(await refused({ platforms: "arm64", image })).toContain("MA459");
  });

  test.each([
    ["is killed by a signal", "syscall.Kill(os.Getpid(), syscall.SIGKILL)", /killed by SIGKILL/],
    ["ends with an error", 'println("unsupported syscall"); os.Exit(3)', /unsupported syscall/],
  ])("one that %s only when the kernel calls it", async (_name, does, reason) => {
    const image = folder("liar");
    const source = join(image, "main.go");
    // By hand it gets one argument; with the flag P the kernel adds the program's own name.
    writeFileSync(
      source,
      `package main
import ("os"; "syscall"; "fmt")
var _ = syscall.Getpid
func main() {
  if len(os.Args) == 2 && os.Args[1] == "--version" { fmt.Println("qemu-aarch64 version 10.9.9"); return }
  if len(os.Args) == 2 { os.Exit(42) }
  ${does}
}
`,
    );
    execFileSync("go", ["build", "-o", join(image, "qemu-aarch64"), source], {
      env: { ...process.env, CGO_ENABLED: "0", GOFLAGS: "" },
    });
    const error = await refused({ platforms: "arm64", image });
    expect(error).toContain("MA456");
    expect(error).toMatch(reason);
  });

  test("one that needs libraries, which containers do not have", async () => {
    const image = folder("dynamic");
    copyFileSync("/bin/cat", join(image, "qemu-aarch64"));
    const error = await refused({ platforms: "arm64", image });
    expect(error).toContain("MA458");
    expect(error).toContain("needs the loader");
  });
});

/** An image of one layer in a registry, as any host of images answers. */
async function registry(damage = false): Promise<string> {
  const root = folder("layer");
  mkdirSync(join(root, "usr/bin"), { recursive: true });
  copyFileSync(join(emulators, "qemu-aarch64"), join(root, "usr/bin/qemu-aarch64"));
  chmodSync(join(root, "usr/bin/qemu-aarch64"), 0o755);
  const tar = execFileSync("tar", ["-C", root, "-c", "usr"], { maxBuffer: 2 ** 28 });
  const layer = gzipSync(tar, { level: 1 });
  const blobs = new Map<string, Uint8Array>();
  const store = (bytes: Uint8Array): string => {
    blobs.set(`sha256:${sha256(bytes)}`, bytes);
    return `sha256:${sha256(bytes)}`;
  };
  const manifest = Buffer.from(JSON.stringify({ layers: [{ digest: store(layer) }] }));
  const other = {
    digest: `sha256:${"2".repeat(64)}`,
    platform: { os: "linux", architecture: "s390x" },
  };
  const own = { digest: store(manifest), platform: { os: "linux", architecture: "amd64" } };
  const index = store(Buffer.from(JSON.stringify({ manifests: [other, own] })));
  if (damage) layer[layer.length - 20_000] = (layer[layer.length - 20_000] ?? 0) ^ 1;
  const host = await serve((path, response) => {
    const bytes = blobs.get(path.split("/").at(-1) ?? "");
    if (bytes === undefined) response.writeHead(404).end();
    else response.end(bytes);
  });
  return `${host}/me/binfmt@${index}`;
}

describe("an image's layer", () => {
  test("brings the emulator, by the digest of the image", async () => {
    const toolCache = folder("tools");
    const image = await registry();
    const { code, errors, outputs } = await attempt({ platforms: "arm64", image }, { toolCache });
    expect([code, errors]).toEqual([0, []]);
    // Again without the registry: by the pin, from the cache.
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
    const again = await attempt({ platforms: "arm64", image }, { toolCache });
    expect([again.code, again.outputs.emulators]).toEqual([
      0,
      expect.stringContaining("tool cache"),
    ]);
    const bytes = readFileSync(join(emulators, "qemu-aarch64"));
    expect(JSON.parse(outputs.emulators ?? "")).toMatchObject([{ sha256: sha256(bytes) }]);
  });

  test("is refused with a flipped byte", async () => {
    expect(await refused({ platforms: "arm64", image: await registry(true) })).toContain("MA505");
  });
});

test("an engine on another kernel gets the pinned image, and its own entries back", async () => {
  const bin = folder("bin");
  const calls = join(bin, "calls");
  const state = join(bin, "state");
  writeFileSync(state, "qemu-aarch64");
  // Answers as the image does: exit code 0 whatever happens, and an account of what there is.
  writeFileSync(
    join(bin, "docker"),
    `#!/bin/sh
echo "$*" >> ${calls}
case "$*" in
*--install*) printf ',qemu-riscv64' >> ${state} ;;
*--uninstall*) printf 'qemu-aarch64' > ${state} ;;
*) printf '{"supported":["linux/amd64","linux/arm64"%s],"emulators":["%s"]}' \
  "$(grep -q riscv ${state} && echo ',"linux/riscv64"')" "$(sed 's/,/","/' ${state})" ;;
esac
`,
    { mode: 0o755 },
  );
  const options = { path: bin, namespace: null, env: { DOCKER_HOST: "tcp://10.0.0.5:2376" } };
  const one = qemuJob({ folder: folder("job"), toolCache: folder("tools"), ...options });
  const { code, outputs, errors } = await one.main({ platforms: "arm64, riscv64" });
  expect([code, errors]).toEqual([0, []]);
  expect(outputs).toMatchObject({
    strategy: "docker",
    platforms: "linux/amd64,linux/arm64,linux/riscv64",
  });
  expect(await one.post()).toMatchObject({ code: 0, warnings: [] });
  const lines = readFileSync(calls, "utf8").trim().split("\n");
  expect(lines).toHaveLength(4);
  for (const line of lines) {
    expect(line).toMatch(/^run --rm --privileged --network none --pull missing \S+@sha256:\S+/);
  }
  // What was there before stays.
  expect(lines.at(-1)).toMatch(/ --uninstall qemu-riscv64$/);
  const refusal = await refused({ platforms: "s390x" }, options);
  expect(refusal).toContain("MA462");
});

test("the kernel's table is as it was", async () => {
  expect(await space.table()).toBe(before);
  expect(await space.shell("ls /run/multiarch-emulation")).toBe("");
});
