import type { ClientRequest, IncomingMessage } from "node:http";
import { isObject } from "../shapes.ts";
import type { Fault, Step } from "./failure.ts";

/**
 * What is left to the client's own retries: after the name is taken, breaking off would spoil it. The results client
 * repeats FinalizeArtifact for these statuses, the blob client repeats a block for these and for broken connections.
 */
export function clientRetries(step: Step, fault: Fault): boolean {
  if (step === "FinalizeArtifact") {
    const statuses = [429, 500, 502, 503, 504];
    if (fault.kind === "status") return statuses.includes(fault.status);
    return fault.kind === "unreadable";
  }
  if (step !== "PutBlock" && step !== "PutBlockList") return false;
  if (fault.kind === "status") return fault.status === 500 || fault.status === 503;
  return fault.kind === "network";
}

/** Which request this is; `null` for a proxy's tunnel, which is only the way to one. */
export function stepOf({ method, path }: ClientRequest): Step | null {
  if (method === "CONNECT") return null;
  const [route = "", query = ""] = path.split("?", 2);
  const name = /\/twirp\/[\w.]+\.ArtifactService\/(\w+)$/.exec(route)?.[1];
  const step = methodSteps.find((candidate) => candidate === name);
  if (step !== undefined) return step;
  const comp = new URLSearchParams(query).get("comp");
  if (method === "PUT") return comp === "blocklist" ? "PutBlockList" : "PutBlock";
  return method === "GET" ? "GetBlob" : "request";
}

const methodSteps = [
  "CreateArtifact",
  "FinalizeArtifact",
  "ListArtifacts",
  "GetSignedArtifactURL",
  "DeleteArtifact",
] as const;

export function isMethod(step: Step): boolean {
  return methodSteps.some((method) => method === step);
}

/** The JSON in a text; `undefined` when it is none. */
export function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The service's own words: a twirp error has them in `msg`, the blob store in a header. */
export function whatItSays(body: string | null, response: IncomingMessage): string {
  const code = response.headers["x-ms-error-code"];
  if (typeof code === "string") return code;
  const parsed = parse(body ?? "");
  if (isObject(parsed) && "msg" in parsed) return String(parsed.msg);
  return (body ?? "").slice(0, 80) || (response.statusMessage ?? "");
}
