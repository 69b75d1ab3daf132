import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, connect, type Server } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { proxyFor } from "@multiarch/download";
import { bundle } from "./bundle.ts";
import { makeCertificate } from "./certificate.ts";
import { body, bodyHash, makePlace, type Place } from "./setup.ts";

describe("which proxy", () => {
  const proxy = "http://proxy.example:3128";
  const table: readonly [string, string, Record<string, string>, string | null][] = [
    ["nothing is set", "https://a.example/", {}, null],
    ["upper case", "https://a.example/", { HTTPS_PROXY: proxy }, "proxy.example:3128"],
    ["lower case", "https://a.example/", { https_proxy: proxy }, "proxy.example:3128"],
    ["for everything", "https://a.example/", { ALL_PROXY: proxy }, "proxy.example:3128"],
    ["only for http", "https://a.example/", { HTTP_PROXY: proxy }, null],
    ["no scheme", "https://a.example/", { HTTPS_PROXY: "p.example:81" }, "p.example:81"],
    ["http to this machine", "http://127.0.0.1:1/", { HTTPS_PROXY: proxy }, null],
    ["excepted host", "https://a.example/", { HTTPS_PROXY: proxy, NO_PROXY: "b, a.example" }, null],
    ["excepted domain", "https://a.example/", { HTTPS_PROXY: proxy, no_proxy: ".example" }, null],
    ["excepted parent", "https://a.example/", { HTTPS_PROXY: proxy, no_proxy: "example" }, null],
    [
      "excepted port",
      "https://a.example/",
      { HTTPS_PROXY: proxy, NO_PROXY: "a.example:443" },
      null,
    ],
    [
      "another port is excepted",
      "https://a.example/",
      { HTTPS_PROXY: proxy, NO_PROXY: "a.example:8443" },
      "proxy.example:3128",
    ],
    [
      "a host that only ends alike",
      "https://nota.example/",
      { HTTPS_PROXY: proxy, NO_PROXY: "a.example" },
      "proxy.example:3128",
    ],
    ["all are excepted", "https://a.example/", { HTTPS_PROXY: proxy, NO_PROXY: "*" }, null],
  ];
  test.each(table)("%s", (_name, url, env, expected) => {
    expect(proxyFor(new URL(url), env)?.host ?? null).toBe(expected);
  });

  test("a proxy of another kind is named", () => {
    const env = { HTTPS_PROXY: "socks5://127.0.0.1:1080" };
    expect(() => proxyFor(new URL("https://a.example/"), env)).toThrow(/MA511[\s\S]*socks5:/);
  });
});

/** Real TLS, a real CONNECT proxy, and a child that is told of our authority by NODE_EXTRA_CA_CERTS. */
describe("through a proxy", () => {
  const seen: { target: string; authorization: string | undefined }[] = [];
  let place: Place;
  let file: Server;
  let proxy: Server;
  let authority: string;
  let script: string;

  const listen = (server: Server): Promise<void> =>
    new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const portOf = (server: Server): number => (server.address() as AddressInfo).port;

  beforeAll(async () => {
    place = await makePlace();
    const { key, certificate } = makeCertificate();
    authority = join(place.folder, "authority.pem");
    await writeFile(authority, certificate);
    file = createHttpsServer({ key, cert: certificate }, (request, response) => {
      const cut = request.url === "/cut";
      response.writeHead(200, { "content-length": body.length });
      if (cut) response.write(body.subarray(0, 100), () => response.destroy());
      else response.end(body);
    });
    const http = createHttpServer();
    http.on("connect", (request, socket) => {
      const authorization = request.headers["proxy-authorization"];
      seen.push({ target: request.url ?? "", authorization });
      if (authorization === undefined) {
        socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
        return;
      }
      const onward = connect(portOf(file), "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
        onward.pipe(socket).pipe(onward);
      });
      onward.on("error", () => socket.destroy());
      socket.on("error", () => onward.destroy());
    });
    proxy = http;
    script = join(place.folder, "child.mjs");
    await bundle(join(import.meta.dirname, "download-child.ts"), script);
    await listen(file);
    await listen(proxy);
  });

  afterAll(async () => {
    file.close();
    proxy.close();
    await place[Symbol.asyncDispose]();
  });

  async function child(path: string, env: Record<string, string>): Promise<string> {
    const url = `https://localhost:${portOf(file)}${path}`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [script, url, place.file, bodyHash],
      { env: { ...env } },
    );
    return stdout;
  }

  const through = (user: string): Record<string, string> => ({
    HTTPS_PROXY: `http://${user}127.0.0.1:${portOf(proxy)}`,
    NODE_EXTRA_CA_CERTS: authority,
  });

  test("the file arrives, the proxy is told who asks", async () => {
    seen.length = 0;
    expect(await child("/", through("me:p%40ss@"))).toBe(JSON.stringify({ size: body.length }));
    expect(await readFile(place.file)).toEqual(body);
    expect(seen).toEqual([
      {
        target: `localhost:${portOf(file)}`,
        authorization: `Basic ${Buffer.from("me:p@ss").toString("base64")}`,
      },
    ]);
  });

  test("a connection that breaks inside the tunnel is tried again", async () => {
    seen.length = 0;
    expect(await child("/cut", through("me:secret@"))).toMatch(/MA504.*of 3 attempts/);
    expect(seen.length).toBe(3);
  });

  test("a proxy that wants a password is named, without ours", async () => {
    seen.length = 0;
    const answer = await child("/", through(""));
    expect(answer).toMatch(/MA511.*status 407/);
    expect(seen.length).toBe(1);
  });

  test("NO_PROXY goes straight, and an unknown authority is refused, not retried", async () => {
    seen.length = 0;
    const straight = { ...through("me:secret@"), NO_PROXY: "localhost" };
    expect(await child("/", straight)).toBe(JSON.stringify({ size: body.length }));
    for (const env of [straight, through("me:secret@")]) {
      const untrusting: Record<string, string> = { ...env, NODE_EXTRA_CA_CERTS: "" };
      expect(await child("/", untrusting)).toMatch(/MA510.*NODE_EXTRA_CA_CERTS/);
    }
    expect(seen.length).toBe(1);
  });
});
