import type { IncomingHttpHeaders } from "node:http";
import type { Answer, Call } from "./artifact-faults.ts";
import type { Artifact, ArtifactStore } from "./artifact-store.ts";
import { checkAddress } from "./artifact-token.ts";

export interface BlobRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Milliseconds since 1970, for the expiry of signed addresses. */
  readonly now: number;
}

/** Which call of the blob store a request is, or `null` for none that the service has. */
export function blobCall({ method, url }: Pick<BlobRequest, "method" | "url">): Call | null {
  const comp = url.searchParams.get("comp");
  if (method === "GET" && comp === null) return "GetBlob";
  if (method === "PUT" && comp === "block") return "PutBlock";
  if (method === "PUT" && comp === "blocklist") return "PutBlockList";
  return null;
}

/** The part of Azure's blob store that artifacts use: blocks, block lists, reading. */
export function answerBlob(store: ArtifactStore, key: string, request: BlobRequest): Answer {
  const call = blobCall(request);
  if (call === null) return failure(400, "UnsupportedOperation");
  const permission = call === "GetBlob" ? "r" : "w";
  if (!checkAddress(key, request.url, permission, request.now)) {
    return failure(403, "AuthenticationFailed");
  }
  const artifact = store.byBlob(request.url.pathname);
  if (!artifact) return failure(404, "BlobNotFound");
  if (call === "GetBlob") return readBlob(artifact);
  if (artifact.id !== null) return failure(409, "BlobImmutableDueToPolicy");
  return call === "PutBlock" ? putBlock(artifact, request) : putBlockList(artifact, request);
}

function readBlob(artifact: Artifact): Answer {
  if (!artifact.content) return failure(404, "BlobNotFound");
  return {
    status: 200,
    headers: {
      "content-type": artifact.contentType,
      "content-disposition": `attachment; filename="${artifact.name}.zip"`,
      etag: `"${artifact.digest}"`,
    },
    body: artifact.content,
  };
}

function putBlock(artifact: Artifact, { url, headers, body }: BlobRequest): Answer {
  const id = url.searchParams.get("blockid") ?? "";
  const bytes = Buffer.from(id, "base64");
  if (id === "" || bytes.toString("base64") !== id || bytes.length > 64) {
    return failure(400, "InvalidQueryParameterValue");
  }
  // Azure wants the ids of one blob to be equally long.
  for (const other of artifact.blocks.keys()) {
    if (other.length !== id.length) return failure(400, "InvalidBlobOrBlock");
  }
  if (Number(headers["content-length"]) !== body.length)
    return failure(411, "MissingContentLength");
  if (headers["x-ms-version"] === undefined) return failure(400, "MissingRequiredHeader");
  artifact.blocks.set(id, body);
  return done();
}

function putBlockList(artifact: Artifact, { headers, body }: BlobRequest): Answer {
  const list = /^(?:<\?xml[^>]*\?>)?\s*<BlockList>(.*)<\/BlockList>\s*$/s.exec(body.toString());
  if (!list) return failure(400, "InvalidXmlDocument");
  const parts: Buffer[] = [];
  // The list decides the order, whatever the order in which the blocks came.
  for (const [, id = ""] of (list[1] ?? "").matchAll(/<Latest>([^<]*)<\/Latest>/g)) {
    const block = artifact.blocks.get(id);
    if (!block) return failure(400, "InvalidBlockList");
    parts.push(block);
  }
  artifact.content = Buffer.concat(parts);
  artifact.contentType = String(headers["x-ms-blob-content-type"] ?? "application/octet-stream");
  artifact.blocks.clear();
  return done();
}

function done(): Answer {
  return {
    status: 201,
    headers: {
      etag: '"0x8"',
      "last-modified": "Thu, 01 Jan 2026 00:00:00 GMT",
      "x-ms-request-id": "00000000-0000-0000-0000-000000000000",
    },
    body: Buffer.alloc(0),
  };
}

function failure(status: number, code: string): Answer {
  return {
    status,
    headers: { "content-type": "application/xml", "x-ms-error-code": code },
    body: Buffer.from(
      `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>refused</Message></Error>`,
    ),
  };
}
