import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Answer = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export interface FileServer extends AsyncDisposable {
  readonly origin: string;
  /** Paths that were asked for. */
  readonly paths: string[];
}

export async function serve(answer: Answer): Promise<FileServer> {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    paths.push(request.url ?? "");
    Promise.resolve(answer(request, response)).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    paths,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const file =
  (path: string): Answer =>
  async (_request, response) => {
    const { size } = await stat(path);
    response.writeHead(200, { "content-length": size, "content-type": "application/zip" });
    createReadStream(path).pipe(response);
  };

/** In pieces with a pause between them, so that a kill finds it half way. */
export const slowly =
  (path: string, pieces: number, pauseMs: number): Answer =>
  async (_request, response) => {
    const { size } = await stat(path);
    response.writeHead(200, { "content-length": size });
    const stream = createReadStream(path, { highWaterMark: Math.ceil(size / pieces) });
    for await (const piece of stream) {
      response.write(piece);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    response.end();
  };

export const status =
  (code: number): Answer =>
  (_request, response) => {
    response.writeHead(code);
    response.end("no");
  };
