import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Releases {
  readonly url: string;
  /** What is served, by path. May be changed. */
  readonly files: Map<string, Buffer>;
  readonly asked: string[];
  stop(): void;
}

/** A copy of the releases of buildx, on 127.0.0.1. */
export async function serveReleases(): Promise<Releases> {
  const files = new Map<string, Buffer>();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    const body = files.get(path);
    response.writeHead(body === undefined ? 404 : 200, {
      "content-type": "application/octet-stream",
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    files,
    asked,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

export function sha256(body: Buffer): string {
  return createHash("sha256").update(body).digest("hex");
}

/** A buildx that says another version of itself, and otherwise is the real one. */
export function buildxOf(version: string, real: string): Buffer {
  return Buffer.from(
    `#!/bin/sh\n[ "$1" = version ] && { echo "github.com/docker/buildx v${version} 0000"; exit; }\nexec "${real}" "$@"\n`,
  );
}
