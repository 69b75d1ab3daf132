import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Step = (request: IncomingMessage, response: ServerResponse) => void;

export interface FaultServer extends AsyncDisposable {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  readonly port: number;
  readonly requests: IncomingMessage[];
}

/** Answers the n-th request by the n-th step, and every later one by the last. */
export async function serve(...steps: readonly [Step, ...Step[]]): Promise<FaultServer> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    const step = steps[Math.min(requests.length, steps.length) - 1];
    step?.(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const binary = { "content-type": "application/octet-stream" };

export const whole =
  (body: Uint8Array, headers: Record<string, string> = binary): Step =>
  (_request, response) => {
    response.writeHead(200, { ...headers, "content-length": body.length });
    response.end(body);
  };

export const chunked =
  (body: Uint8Array): Step =>
  (_request, response) => {
    response.writeHead(200, binary);
    response.write(body.subarray(0, 10));
    response.end(body.subarray(10));
  };

/** Neither length nor chunks: the end of the connection is the end of the body. */
export const unframed =
  (body: Uint8Array): Step =>
  (request) => {
    const { socket } = request;
    socket.write("HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n");
    socket.write("Connection: close\r\n\r\n");
    socket.end(body);
  };

/** Promises all of `body`, sends `sent` bytes and breaks the connection. */
export const cut =
  (body: Uint8Array, sent: number): Step =>
  (_request, response) => {
    response.writeHead(200, { ...binary, "content-length": body.length });
    response.write(body.subarray(0, sent), () => response.destroy());
  };

export const cutChunked =
  (body: Uint8Array, sent: number): Step =>
  (_request, response) => {
    response.writeHead(200, binary);
    response.write(body.subarray(0, sent), () => response.destroy());
  };

/** Sends some of the body and then nothing more, without closing. */
export const halt =
  (body: Uint8Array, sent: number): Step =>
  (_request, response) => {
    response.writeHead(200, { ...binary, "content-length": body.length });
    response.write(body.subarray(0, sent));
  };

export const silent: Step = () => {};

export const reset: Step = (request) => {
  request.socket.resetAndDestroy();
};

export const status =
  (code: number, headers: Record<string, string> = {}): Step =>
  (_request, response) => {
    response.writeHead(code, headers);
    response.end("no");
  };

export const redirect = (location: string, code = 302): Step => status(code, { location });
