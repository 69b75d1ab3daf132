import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Socket } from "node:net";
import { Readable } from "node:stream";
import { connect as secureConnect } from "node:tls";
import { TimeLimit } from "./failure.ts";
import { openTunnel } from "./tunnel.ts";

export interface Wire {
  readonly proxy: URL | null;
  /** Milliseconds until the connection stands, TLS and proxy included. */
  readonly connectMs: number;
}

/**
 * A fetch for GET on `node:https`. Node's own is not used: that of Node 22 and 24 ends the whole process by an assertion when a body without
 * a length is over while its reader is slower than the network, that of Node 20 knows no proxy, and all keep idle connections
 * that delay the end of the process. Certificates are checked as Node always does, NODE_EXTRA_CA_CERTS included.
 */
export function wireFetch({ proxy, connectMs }: Wire): typeof fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const headers = Object.fromEntries(new Headers(init?.headers));
    const stop = new AbortController();
    const signal = AbortSignal.any([stop.signal, ...(init?.signal ? [init.signal] : [])]);
    const timer = setTimeout(() => stop.abort(new TimeLimit("connect", connectMs)), connectMs);
    try {
      const tunnel = proxy === null ? null : await openTunnel(proxy, url, signal);
      return asResponse(await exchange(url, headers, tunnel, signal, () => clearTimeout(timer)));
    } catch (error) {
      throw stop.signal.aborted ? stop.signal.reason : error;
    } finally {
      clearTimeout(timer);
    }
  };
}

function exchange(
  url: URL,
  headers: Record<string, string>,
  tunnel: Socket | null,
  signal: AbortSignal,
  connected: () => void,
): Promise<IncomingMessage> {
  const secure = url.protocol === "https:";
  return new Promise((resolve, reject) => {
    const outgoing = (secure ? httpsRequest : httpRequest)(url, {
      agent: false,
      headers,
      signal,
      ...(tunnel === null ? {} : { createConnection: () => secured(tunnel, url) }),
    });
    // A proxy may keep its half of the tunnel open for ever, and the process would never end.
    const close = (): void => void tunnel?.destroy();
    outgoing.once("socket", (socket) => {
      socket.once(secure ? "secureConnect" : "connect", connected);
    });
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
}

function secured(tunnel: Socket, url: URL): Socket {
  return secureConnect({ socket: tunnel, servername: url.hostname, ALPNProtocols: ["http/1.1"] });
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
