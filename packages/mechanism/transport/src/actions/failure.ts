import { shown } from "../names.ts";
import { messageOf } from "../shapes.ts";

/** A request that the stock client makes: a method of the results service, or a request to the blob store. */
export type Step =
  | "CreateArtifact"
  | "FinalizeArtifact"
  | "ListArtifacts"
  | "GetSignedArtifactURL"
  | "DeleteArtifact"
  | "PutBlock"
  | "PutBlockList"
  | "GetBlob"
  | "request";

/** How one request failed. */
export type Fault =
  /** No connection, or it broke before the answer began. `code` is the operating system's. */
  | { readonly kind: "network"; readonly code: string }
  /** The connection broke inside the answer. */
  | { readonly kind: "cut" }
  /** Nothing came for this long. */
  | { readonly kind: "stalled"; readonly milliseconds: number }
  | {
      readonly kind: "status";
      readonly status: number;
      /** What the service says about it, bounded. */
      readonly answer: string;
      readonly retryAfter: string | null;
    }
  /** A success whose body is not JSON. */
  | { readonly kind: "unreadable"; readonly answer: string }
  /** The whole call took longer than its limit. */
  | { readonly kind: "timeout"; readonly milliseconds: number }
  /** The answers are well-formed, and what they say is wrong for now: not listed yet, other bytes. */
  | { readonly kind: "wrong"; readonly found: string; readonly attempts: number }
  /** No request failed: the client itself gave up, as for a full disk. */
  | { readonly kind: "local" };

/** Why a call of the stock client ended without a result. */
export class CallFailure extends Error {
  override readonly name = "CallFailure";
  readonly step: Step;
  readonly fault: Fault;
  /** The service has accepted the artifact's name in this call: whatever follows, the name is taken from now on. */
  readonly nameTaken: boolean;

  constructor(step: Step, fault: Fault, nameTaken: boolean, cause?: unknown) {
    super(`${step}: ${describeFault(fault, cause)}`, cause === undefined ? {} : { cause });
    this.step = step;
    this.fault = fault;
    this.nameTaken = nameTaken;
  }

  /** Whether the same call may succeed when it is made again. */
  get again(): boolean {
    const { fault } = this;
    if (this.nameTaken || fault.kind === "local" || fault.kind === "timeout") return false;
    if (fault.kind !== "status") return true;
    if (isQuota(fault)) return false;
    if (fault.status === 408 || fault.status === 429 || fault.status >= 500) return true;
    // A download address holds for minutes only, and each attempt asks for a new one.
    return this.step === "GetBlob" && fault.status === 403;
  }

  /** What was found, for messages: a phrase. */
  get found(): string {
    return describeFault(this.fault, this.cause);
  }
}

/** Whether a fault says that the account's storage is used up. The words are the service's own. */
export function isQuota(fault: Fault): boolean {
  return fault.kind === "status" && fault.answer.includes("insufficient usage");
}

function describeFault(fault: Fault, cause: unknown): string {
  switch (fault.kind) {
    case "network":
      return `no connection (${fault.code})`;
    case "cut":
      return "the connection broke inside the answer";
    case "stalled":
      return `no further byte for ${fault.milliseconds / 1000} s`;
    case "status": {
      const answer = fault.answer === "" ? "" : `: ${shown(fault.answer)}`;
      return `status ${fault.status}${answer}`;
    }
    case "unreadable":
      return `an answer that is not JSON: ${shown(fault.answer)}`;
    case "timeout":
      return `not finished within ${fault.milliseconds / 1000} s`;
    case "wrong":
      return fault.found;
    case "local":
      return cause === undefined ? "no result" : messageOf(cause);
  }
}
