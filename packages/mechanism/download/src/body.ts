import { createHash } from "node:crypto";
import { shown } from "./address.ts";
import { AttemptFailure, codeOf, deepest, isAbort, messageOf, TimeLimit } from "./failure.ts";
import { checkSpace, type PartFile } from "./local-file.ts";
import type { Downloaded, DownloadRequest } from "./types.ts";

/** What the headers promise of the body. */
interface Announced {
  /** Bytes; null when the server does not say. */
  readonly length: number | null;
  /** Whether a body that was cut off can be told from a whole one. */
  readonly framed: boolean;
}

/** @throws AttemptFailure for an answer that cannot be the file, before any byte of it is stored. */
export async function checkHeaders(
  response: Response,
  url: URL,
  request: DownloadRequest,
): Promise<Announced> {
  const { headers } = response;
  const refuse = (
    id: "MA506" | "MA507" | "MA512",
    what: string,
    expected: string,
    found: string,
  ): never => {
    throw new AttemptFailure(id, { what, expected, found, where: shown(url) }, { again: false });
  };
  const type = headers.get("content-type") ?? "";
  if (request.content !== "any" && /^\s*(text\/html|application\/xhtml\+xml)/i.test(type)) {
    refuse("MA506", "a web page came instead of a file", "a binary file", type);
  }
  // fetch would unpack it, and neither length nor hash would be those of the file that was asked for.
  const encoding = headers.get("content-encoding") ?? "identity";
  if (encoding !== "identity") {
    refuse("MA512", "the server compressed a file on the way", "the file as it is", encoding);
  }
  const text = headers.get("content-length");
  const length = text !== null && /^\d+$/.test(text) ? Number(text) : null;
  if (length !== null && length > request.maximumBytes) {
    refuse(
      "MA507",
      "a file is larger than allowed",
      `at most ${request.maximumBytes} bytes`,
      `${length} bytes`,
    );
  }
  const framed = length !== null || /chunked/i.test(headers.get("transfer-encoding") ?? "");
  if (!framed && request.sha256 === undefined) {
    refuse(
      "MA512",
      "nothing tells whether the file came whole",
      "a Content-Length, or a known sha256",
      "neither",
    );
  }
  if (length !== null) await checkSpace(request.destination, length);
  return { length, framed };
}

/** Stores the body in `part`, and compares it with all that is known of it. The file has no name yet when this returns. */
export async function receive(
  response: Response,
  announced: Announced,
  part: PartFile,
  request: DownloadRequest,
  context: { readonly url: URL; readonly idle: { arm(): void; rest(): void } },
): Promise<Downloaded> {
  const where = shown(context.url);
  const hash = createHash("sha256");
  let size = 0;
  let start: Uint8Array = new Uint8Array();
  for await (const bytes of pieces(response, where, context.idle)) {
    size += bytes.length;
    if (size > request.maximumBytes) {
      throw new AttemptFailure(
        "MA507",
        {
          what: "a file is larger than allowed",
          expected: `at most ${request.maximumBytes} bytes`,
          found: "more",
          where,
        },
        { again: false },
      );
    }
    if (start.length < 512) start = Buffer.concat([start, bytes.subarray(0, 512)]);
    hash.update(bytes);
    await part.write(bytes);
  }
  if (announced.length !== null && size !== announced.length) {
    throw truncated(`${announced.length} bytes`, `${size} bytes`, where);
  }
  if (request.content !== "any" && looksLikeHtml(start)) {
    throw new AttemptFailure(
      "MA506",
      {
        what: "a web page came instead of a file",
        expected: "a binary file",
        found: "HTML in its first bytes",
        where,
      },
      { again: false },
    );
  }
  const sha256 = hash.digest("hex");
  const expected = request.sha256?.toLowerCase();
  if (expected !== undefined && sha256 !== expected) {
    // Without a length a body that was cut off looks whole: only then may another attempt bring other bytes.
    if (!announced.framed) throw truncated(`sha256 ${expected}`, `${size} bytes`, where);
    throw new AttemptFailure(
      "MA505",
      {
        what: "a downloaded file is not the expected one",
        expected: `sha256 ${expected}`,
        found: `sha256 ${sha256} (${size} bytes)`,
        where,
      },
      { again: false },
    );
  }
  return { size, sha256 };
}

async function* pieces(
  response: Response,
  where: string,
  idle: { arm(): void; rest(): void },
): AsyncGenerator<Uint8Array> {
  if (response.body === null) return;
  const reader: ReadableStreamDefaultReader<Uint8Array> = response.body.getReader();
  try {
    for (;;) {
      // The limit is for the server: time that our own disk takes does not count.
      idle.arm();
      const { done, value } = await reader.read().catch((error: unknown) => {
        throw error instanceof TimeLimit || isAbort(error)
          ? error
          : truncated("the whole file", codeOf(deepest(error)) ?? messageOf(error), where, error);
      });
      idle.rest();
      if (done) return;
      yield value;
    }
  } finally {
    idle.rest();
    reader.releaseLock();
  }
}

function truncated(expected: string, found: string, where: string, cause?: unknown) {
  return new AttemptFailure(
    "MA504",
    { what: "a download ended early", expected, found, where, cause },
    { again: true },
  );
}

function looksLikeHtml(start: Uint8Array): boolean {
  return /^(﻿)?\s*<(!doctype\s+html|html[\s>])/i.test(Buffer.from(start).toString("utf8"));
}
