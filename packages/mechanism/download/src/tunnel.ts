import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Socket } from "node:net";
import { AttemptFailure, networkFailure } from "./failure.ts";

/** A connection to the host of `url` through `proxy` by CONNECT (RFC 9110, 9.3.6); what is spoken inside is the caller's. */
export function openTunnel(proxy: URL, url: URL, signal: AbortSignal): Promise<Socket> {
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
      signal,
    });
    outgoing.once("error", (error) =>
      reject(signal.aborted ? error : networkFailure(error, `proxy ${proxy.host}`)),
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
