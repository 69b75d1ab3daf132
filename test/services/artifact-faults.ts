import type { IncomingMessage, ServerResponse } from "node:http";

/** The calls a client can make: five methods of the results service, three requests to the blob store. */
export type Call =
  | "CreateArtifact"
  | "FinalizeArtifact"
  | "ListArtifacts"
  | "GetSignedArtifactURL"
  | "DeleteArtifact"
  | "PutBlock"
  | "PutBlockList"
  | "GetBlob";

/** What goes wrong with one answer. */
export type Fault =
  /** The connection is reset before any header is sent. */
  | { readonly kind: "reset" }
  /** The headers and the first bytes are sent, then the connection is reset. */
  | { readonly kind: "cut"; readonly bytes: number }
  /** Nothing is ever sent. */
  | { readonly kind: "stall-headers" }
  /** The headers and the first bytes are sent, then nothing more. */
  | { readonly kind: "stall-body"; readonly bytes: number }
  /** A body that is shorter than it should be and yet ends cleanly: chunked, without a length. */
  | { readonly kind: "short"; readonly bytes: number }
  /** One bit of one byte of the body differs. */
  | { readonly kind: "flip"; readonly offset: number }
  /** Other headers on the right body, its content type for instance. */
  | { readonly kind: "headers"; readonly headers: Readonly<Record<string, string>> }
  /** Another answer altogether. */
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    };

export interface PlannedFault {
  readonly call: Call;
  /** Which calls of this kind fail, counted from 1 since the plan was made. Without it: every one. */
  readonly nth?: readonly number[];
  readonly fault: Fault;
  /** The call takes effect before its answer is spoilt: the answer is lost, the deed is done. */
  readonly processed?: boolean;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const html = "<!DOCTYPE html><html><body><h1>Bad gateway</h1></body></html>";

/** Answers that services in trouble give. */
export const troubles = {
  badGateway: {
    kind: "answer",
    status: 502,
    headers: { "content-type": "text/html" },
    body: html,
  },
  tooMany: (retryAfter: string): Fault => ({
    kind: "answer",
    status: 429,
    headers: { "content-type": "application/json", "retry-after": retryAfter },
    body: JSON.stringify({ code: "resource_exhausted", msg: "too many requests" }),
  }),
  status: (status: number, msg: string): Fault => ({
    kind: "answer",
    status,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code: "fault", msg }),
  }),
  loginPage: { kind: "answer", status: 200, headers: { "content-type": "text/html" }, body: html },
} as const;

/** Sends an answer, spoilt as planned. */
export function send(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  fault: Fault | undefined,
): void {
  const length = { "content-length": String(answer.body.length) };
  switch (fault?.kind) {
    case undefined:
      response.writeHead(answer.status, { ...answer.headers, ...length }).end(answer.body);
      return;
    case "reset":
      request.socket.resetAndDestroy();
      return;
    case "stall-headers":
      return;
    case "stall-body":
      response.writeHead(answer.status, { ...answer.headers, ...length });
      response.write(answer.body.subarray(0, fault.bytes));
      return;
    case "cut":
      response.writeHead(answer.status, { ...answer.headers, ...length });
      // The reset must not overtake the bytes before it.
      response.write(answer.body.subarray(0, fault.bytes), () => request.socket.destroy());
      return;
    case "short":
      response.writeHead(answer.status, { ...answer.headers });
      response.end(answer.body.subarray(0, fault.bytes));
      return;
    case "flip": {
      const body = Uint8Array.from(answer.body);
      body[fault.offset] = (body[fault.offset] ?? 0) ^ 1;
      response.writeHead(answer.status, { ...answer.headers, ...length }).end(body);
      return;
    }
    case "headers":
      response.writeHead(answer.status, { ...answer.headers, ...length, ...fault.headers });
      response.end(answer.body);
      return;
    case "answer":
      response.writeHead(fault.status, { ...fault.headers }).end(fault.body ?? "");
      return;
  }
}
