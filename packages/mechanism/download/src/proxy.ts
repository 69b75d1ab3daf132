import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Socket } from "node:net";
import { Readable } from "node:stream";
import { connect as secureConnect } from "node:tls";
import { UserError } from "@multiarch/diagnostics";
import { AttemptFailure, networkFailure } from "./failure.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that the environment names for an https address, in the manner that curl set: `HTTPS_PROXY`, else `ALL_PROXY`, lower case first,
 * `NO_PROXY` a list of hosts with their subdomains, with or without a port, or `*`. Plain http reaches only this machine: never proxied.
 * @throws UserError MA511 for a proxy that is no http or https URL.
 */
export function proxyFor(url: URL, env: Environment): URL | null {
  if (url.protocol !== "https:" || excepted(url, read(env, "no_proxy"))) return null;
  const text = read(env, "https_proxy") || read(env, "all_proxy");
  if (text === "") return null;
  const full = text.includes("://") ? text : `http://${text}`;
  const proxy = URL.canParse(full) ? new URL(full) : null;
  if (proxy === null || !/^https?:$/.test(proxy.protocol)) {
    throw new UserError("MA511", {
      what: "the proxy setting is not usable",
      expected: "http://host:port",
      found: proxy === null ? "no URL" : `${proxy.protocol}//`,
      where: "HTTPS_PROXY",
    });
  }
  return proxy;
}

function read(env: Environment, name: string): string {
  return env[name] || env[name.toUpperCase()] || "";
}

function excepted(url: URL, list: string): boolean {
  const port = url.port || "443";
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .some((entry) => {
      if (entry === "*") return true;
      const [, host = "", wantedPort] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(entry) ?? [];
      if (wantedPort !== undefined && wantedPort !== port) return false;
      return host !== "" && (url.hostname === host || url.hostname.endsWith(`.${host}`));
    });
}

/**
 * A fetch through a proxy. Node's own fetch takes no proxy before Node 24, and there only by a setting made before the start;
 * so the tunnel is ours: CONNECT, then https inside it, with the certificate checks and NODE_EXTRA_CA_CERTS that Node always applies.
 */
export function tunnelFetch(proxy: URL): typeof fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const signal = init?.signal ?? undefined;
    const tunnel = await openTunnel(proxy, url, signal);
    const message = await new Promise<IncomingMessage>((resolve, reject) => {
      const outgoing = httpsRequest(url, {
        agent: false,
        headers: Object.fromEntries(new Headers(init?.headers)),
        createConnection: () =>
          secureConnect({ socket: tunnel, servername: url.hostname, ALPNProtocols: ["http/1.1"] }),
        ...(signal === undefined ? {} : { signal }),
      });
      // A proxy may keep its half of the tunnel open for ever, and the process would never end.
      const close = (): void => void tunnel.destroy();
      outgoing.once("response", (answer) => {
        answer.once("close", close);
        resolve(answer);
      });
      outgoing.once("error", (error) => {
        close();
        reject(error);
      });
      outgoing.end();
    });
    return asResponse(message);
  };
}

function openTunnel(proxy: URL, url: URL, signal: AbortSignal | undefined): Promise<Socket> {
  const target = `${url.hostname}:${url.port || "443"}`;
  const user = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return new Promise((resolve, reject) => {
    const request = proxy.protocol === "https:" ? httpsRequest : httpRequest;
    const outgoing = request({
      method: "CONNECT",
      hostname: proxy.hostname,
      port: proxy.port || (proxy.protocol === "https:" ? 443 : 80),
      path: target,
      agent: false,
      headers: {
        host: target,
        ...(user === ":"
          ? {}
          : { "proxy-authorization": `Basic ${Buffer.from(user).toString("base64")}` }),
      },
      ...(signal === undefined ? {} : { signal }),
    });
    outgoing.once("error", (error) =>
      reject(signal?.aborted ? error : networkFailure(error, `proxy ${proxy.host}`)),
    );
    // A proxy that answers CONNECT with a page of its own closes the connection afterwards.
    outgoing.once("connect", (answer, socket) => {
      if (answer.statusCode === 200) return resolve(socket);
      socket.destroy();
      const status = answer.statusCode ?? 0;
      reject(
        new AttemptFailure(
          "MA511",
          {
            what: "the proxy refused a connection",
            expected: "status 200",
            found: `status ${status}`,
            where: `proxy ${proxy.host}`,
          },
          { again: status >= 500 },
        ),
      );
    });
    outgoing.end();
  });
}

function asResponse(message: IncomingMessage): Response {
  const headers = new Headers();
  for (let at = 0; at + 1 < message.rawHeaders.length; at += 2) {
    headers.append(message.rawHeaders[at] ?? "", message.rawHeaders[at + 1] ?? "");
  }
  const status = message.statusCode ?? 0;
  const bodiless = [204, 205, 304].includes(status);
  if (bodiless) message.resume();
  const body = bodiless ? null : (Readable.toWeb(message) as ReadableStream<Uint8Array>);
  return new Response(body, { status, headers });
}
