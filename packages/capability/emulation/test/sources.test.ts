import { createHash } from "node:crypto";
import { mkdir, readdir } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { silentLog } from "@multiarch/diagnostics";
import { put, temporaryFolder, userError } from "../../../../test/support/temporary.ts";
import { lookUp } from "../src/cache.ts";
import { parsePlatforms } from "../src/guests.ts";
import { imageSource } from "../src/sources/image.ts";
import { mirrorSource } from "../src/sources/place.ts";
import { parseOrigin, pinnedImage } from "../src/sources/reference.ts";
import type { Search, Source } from "../src/sources/types.ts";
import { compareVersions, fitsVersion } from "../src/versions.ts";

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const arm64 = parsePlatforms(["arm64"]);

async function serve(answer: (path: string, response: ServerResponse) => void): Promise<string> {
  const server = createServer((request, response) => answer(request.url ?? "", response));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function search(): Promise<Search> {
  const folder = await temporaryFolder();
  const toolCache = join(folder, "tools");
  await mkdir(toolCache);
  const never = async (): Promise<string> => {
    throw new Error("what did not come whole is executed");
  };
  return {
    surroundings: {
      env: {},
      log: silentLog,
      platform: "linux",
      machineArch: "x64",
      kernel: "6.18.0",
      userId: 0,
      proc: folder,
      toolCache,
      temporaryFolder: folder,
      now: () => 0,
      download: { wait: async () => {}, attempts: 2 },
    },
    prober: { direct: never, enclosed: never, through: never, close: async () => {} },
    version: null,
    workFolder: folder,
  };
}

const sums = `${sha256("an emulator")}  qemu-aarch64\n`;

async function mirror(answer: (response: ServerResponse) => void): Promise<Source> {
  const host = await serve((path, response) => {
    if (path.endsWith("SHA256SUMS")) response.end(sums);
    else answer(response);
  });
  return mirrorSource(`http://${host}/qemu`, sha256(sums));
}

describe("a source that fails says how, and leaves nothing", () => {
  const cases: readonly [string, string, (response: ServerResponse) => void][] = [
    ["404", "MA502", (response) => void response.writeHead(404).end()],
    ["503 each time", "MA502", (response) => void response.writeHead(503).end()],
    ["a page", "MA506", (response) => void response.end("<!doctype html><html></html>")],
    ["other bytes", "MA505", (response) => void response.end("an emulatoR")],
    [
      "a short body",
      "MA504",
      (response) => {
        response.writeHead(200, { "content-length": "11" });
        response.write("an emu", () => response.destroy());
      },
    ],
  ];
  test.each(cases)("%s", async (_name, id, answer) => {
    const source = await mirror(answer);
    const one = await search();
    expect((await userError(source.fetch(arm64, one))).id).toBe(id);
    expect(await readdir(one.surroundings.toolCache)).toEqual([]);
    expect(await readdir(join(one.workFolder, "mirror"))).toEqual(["SHA256SUMS"]);
  });

  test("a mirror without the file says so", async () => {
    const list = `${sha256("x")}  qemu-mips\n`;
    const host = await serve((_path, response) => void response.end(list));
    const source = mirrorSource(`http://${host}/`, sha256(list));
    expect(await source.fetch(arm64, await search())).toMatchObject({
      emulators: [],
      why: [expect.stringContaining("has no qemu-aarch64")],
    });
  });
});

describe("an image", () => {
  const digest = "a".repeat(64);
  const image = (host: string, hash = digest) =>
    imageSource({ kind: "image", host, repository: "me/binfmt", digest: hash }, null, true);

  test("whose manifest is another is refused", async () => {
    const host = await serve((_path, response) => void response.end("{}"));
    expect((await userError(image(host).fetch(arm64, await search()))).id).toBe("MA505");
  });

  test("without anything for this machine is refused", async () => {
    const index = JSON.stringify({
      manifests: [
        {
          digest: `sha256:${digest}`,
          platform: { os: "linux", architecture: "s390x" },
        },
      ],
    });
    const host = await serve((_path, response) => void response.end(index));
    const error = await userError(image(host, sha256(index)).fetch(arm64, await search()));
    expect([error.id, error.details.found]).toEqual(["MA459", "no manifest for linux/amd64"]);
  });

  test("is asked for by digest only, with the types that registries know", async () => {
    const paths: string[] = [];
    const manifest = JSON.stringify({ layers: [] });
    const host = await serve((path, response) => {
      paths.push(path);
      response.end(manifest);
    });
    expect(await image(host, sha256(manifest)).fetch(arm64, await search())).toMatchObject({
      emulators: [],
      why: [expect.stringContaining("has no qemu-aarch64")],
    });
    expect(paths).toEqual([`/v2/me/binfmt/manifests/sha256:${sha256(manifest)}`]);
  });
});

describe("the cache", () => {
  test("gives the newest for this machine and guest, compared with its name", async () => {
    const { surroundings } = await search();
    const [guest] = arm64;
    if (guest === undefined) throw new Error("there is no arm64");
    const hash = sha256("new");
    await put(join(surroundings.toolCache, "qemu"), {
      [`qemu-aarch64-9.2.1-x64-${sha256("old")}/qemu-aarch64`]: "old",
      [`qemu-aarch64-10.0.13-x64-${hash}/qemu-aarch64`]: "new",
      [`qemu-aarch64-11.0.0-arm64-${sha256("foreign")}/qemu-aarch64`]: "foreign",
      [`qemu-arm-12.0.0-x64-${sha256("arm")}/qemu-arm`]: "arm",
      "README/qemu-aarch64": "not ours",
    });
    expect(await lookUp(guest, surroundings, null)).toMatchObject({
      version: "10.0.13",
      sha256: hash,
    });
    expect(await lookUp(guest, surroundings, "9")).toMatchObject({ version: "9.2.1" });
    expect(await lookUp(guest, surroundings, "8")).toBeNull();
  });

  test("refuses other bytes, and a folder without its file", async () => {
    const { surroundings } = await search();
    const [guest] = arm64;
    if (guest === undefined) throw new Error("there is no arm64");
    const folder = `qemu/qemu-aarch64-10.0.13-x64-${sha256("right")}`;
    await put(surroundings.toolCache, { [`${folder}/qemu-aarch64`]: "wrong" });
    expect((await userError(lookUp(guest, surroundings, null))).id).toBe("MA457");
    await put(surroundings.toolCache, {
      [`qemu/qemu-aarch64-10.0.14-x64-${"0".repeat(64)}/x`]: "",
    });
    expect((await userError(lookUp(guest, surroundings, null))).details.found).toBe("no file");
  });
});

describe("the input image", () => {
  const digest = "0".repeat(64);
  test.each([
    [null, null],
    ["pinned", null],
    ["/opt/qemu", { kind: "folder", path: "/opt/qemu" }],
    [
      `https://m.example/q#sha256=${digest}`,
      { kind: "url", url: "https://m.example/q", sha256: digest },
    ],
    [
      `ghcr.io/me/binfmt@sha256:${digest}`,
      { kind: "image", host: "ghcr.io", repository: "me/binfmt", digest },
    ],
    [
      `127.0.0.1:5000/a/b:tag@sha256:${digest}`,
      { kind: "image", host: "127.0.0.1:5000", repository: "a/b", digest },
    ],
    [
      `tonistiigi/binfmt:qemu-v9@sha256:${digest}`,
      { kind: "image", host: "docker.io", repository: "tonistiigi/binfmt", digest },
    ],
    [
      `binfmt@sha256:${digest}`,
      { kind: "image", host: "docker.io", repository: "library/binfmt", digest },
    ],
    ["tonistiigi/binfmt:latest", { kind: "floating", text: "tonistiigi/binfmt:latest" }],
    ["docker.io/tonistiigi/binfmt", { kind: "floating", text: "docker.io/tonistiigi/binfmt" }],
  ])("%s", (text, origin) => {
    expect(parseOrigin(text)).toEqual(origin);
  });

  test.each([
    ["ghcr.io/me/binfmt:latest"],
    ["me/binfmt"],
    ["me/binfmt@sha256:12"],
    [`me/../etc@sha256:${digest}`],
    [`-v/:/x@sha256:${digest}`],
    ["https://m.example/q"],
    ["https://m.example/q#sha256=12"],
    ["./qemu"],
  ])("%s is not pinned", (text) => {
    expect(() => parseOrigin(text)).toThrow(/MA460/);
  });

  test("our own image is pinned", () => {
    expect(parseOrigin(pinnedImage.text)).toMatchObject({ kind: "image", host: "docker.io" });
  });
});

test("versions", () => {
  expect(["7.2.22", "10.0", "9.2.1", "10.0.13"].sort(compareVersions)).toEqual([
    ...["7.2.22", "9.2.1", "10.0", "10.0.13"],
  ]);
  expect(
    ["10", "10.0", "10.0.13", "v10.0", "qemu-v10"].map((one) => fitsVersion("10.0.13", one)),
  ).toEqual(Array(5).fill(true));
  expect(["1", "10.0.1", "10.1", "11"].map((one) => fitsVersion("10.0.13", one))).toEqual(
    Array(4).fill(false),
  );
});
