import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { answerBlob, blobCall } from "./artifact-blobs.ts";
import { type Answer, type Call, type PlannedFault, send } from "./artifact-faults.ts";
import { answerMethod, isMethod } from "./artifact-methods.ts";
import { ArtifactStore, type Change } from "./artifact-store.ts";
import { type Identity, makeToken, readToken } from "./artifact-token.ts";

export { type Call, type Fault, type PlannedFault, troubles } from "./artifact-faults.ts";
export type { Change } from "./artifact-store.ts";
export type { Identity } from "./artifact-token.ts";

export interface ServiceOptions {
  readonly faults?: readonly PlannedFault[];
  /** How long signed addresses hold, in milliseconds; 0: they have expired when they are handed out. */
  readonly addressLifetimeMs?: number;
  /** How many lists a new artifact is missing from. */
  readonly listingLag?: number;
  readonly identity?: Identity;
  /** Runs before a call is answered: a test's chance to change something while the client waits. */
  readonly onCall?: (call: Call) => Promise<void> | void;
}

/** A request as the service saw it, without its query, which holds signatures. */
export interface SeenRequest {
  readonly call: Call | null;
  readonly path: string;
  /** The request's body if it is JSON, else `null`. */
  readonly json: unknown;
  /** What the service answered, or would have answered had the answer not been spoilt. `null`: it was never asked. */
  readonly status: number | null;
}

export interface StoredArtifact {
  readonly name: string;
  readonly id: number | null;
  readonly size: number;
  readonly digest: string | null;
  readonly expiresAt: string | null;
  readonly content: Uint8Array | null;
}

export interface ArtifactService {
  /** Origin, without a slash at the end. */
  readonly url: string;
  readonly token: string;
  /** A token for another run or job, or with another scope claim. */
  tokenFor(identity: Partial<Identity>, scope?: string): string;
  /** What a step's environment needs in order to reach this service. */
  environment(identity?: Partial<Identity>): Record<string, string>;
  /** Every artifact, also those that were never finalized. */
  artifacts(): StoredArtifact[];
  readonly requests: readonly SeenRequest[];
  /** Calls seen so far, by kind. */
  count(call: Call): number;
  /** Replaces the plan; counting starts anew. */
  plan(faults: readonly PlannedFault[]): void;
  mutate(name: string, change: Change): void;
  close(): Promise<void>;
}

const service = "/twirp/github.actions.results.api.v1.ArtifactService/";

/**
 * An artifact service as strict as GitHub's, over a real socket on 127.0.0.1: the methods that @actions/artifact 6 calls and
 * the blob store behind them. Unknown fields, foreign tokens, wrong sizes and hashes, taken names, expired addresses and
 * changes after the end are all refused. With a plan its answers fail as real ones do.
 */
export async function startArtifactService(options: ServiceOptions = {}): Promise<ArtifactService> {
  const key = randomUUID();
  const own = options.identity ?? { run: randomUUID(), job: randomUUID() };
  const store = new ArtifactStore();
  const requests: SeenRequest[] = [];
  let plan = options.faults ?? [];
  let seen = new Map<Call, number>();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", origin);
    const body = await readBody(request);
    const call = callOf(request.method ?? "", url);
    const nth = call === null ? 0 : (seen.get(call) ?? 0) + 1;
    if (call !== null) {
      seen.set(call, nth);
      await options.onCall?.(call);
    }
    const planned = plan.find((one) => one.call === call && (one.nth?.includes(nth) ?? true));
    // An answer that replaces the service's own, like a reset, comes from something in front of it: it was never asked.
    const front = planned && ["reset", "stall-headers", "answer"].includes(planned.fault.kind);
    const asked = !front || planned.processed === true;
    const answer = asked ? answerRequest(request, url, body) : nothing;
    requests.push({
      call,
      path: url.pathname,
      json: parseJson(body),
      status: asked ? answer.status : null,
    });
    send(request, response, answer, planned?.fault);
  }

  function answerRequest(request: IncomingMessage, url: URL, body: Buffer): Answer {
    const now = Date.now();
    const { method = "", headers } = request;
    if (url.pathname.startsWith("/blobs/")) {
      return answerBlob(store, key, { method, url, headers, body, now });
    }
    const name = url.pathname.slice(service.length);
    if (method !== "POST" || !url.pathname.startsWith(service) || !isMethod(name)) {
      return refuse(404, "bad_route");
    }
    if (headers["content-type"] !== "application/json") return refuse(415, "bad_route");
    const caller = readToken(key, headers.authorization);
    if (!caller) return refuse(401, "unauthenticated");
    return answerMethod(name, body.toString(), {
      store,
      key,
      origin,
      caller,
      now,
      addressLifetimeMs: options.addressLifetimeMs ?? 3_600_000,
      listingLag: options.listingLag ?? 0,
    });
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      response.writeHead(500, { "content-type": "text/plain" }).end(String(error));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the service has no port");
  const origin = `http://127.0.0.1:${address.port}`;

  const tokenFor = (identity: Partial<Identity>, scope?: string) =>
    makeToken(key, { ...own, ...identity }, scope);
  return {
    url: origin,
    token: tokenFor({}),
    tokenFor,
    environment: (identity = {}) => ({
      // Clients use the origin alone; the path is there to show it.
      ACTIONS_RESULTS_URL: `${origin}/not/part/of/it/`,
      ACTIONS_RUNTIME_TOKEN: tokenFor(identity),
      // A server of another host counts as GitHub Enterprise, which has no such service.
      GITHUB_SERVER_URL: "https://github.com",
    }),
    artifacts: () =>
      store.artifacts.map(({ name, id, size, digest, expiresAt, content }) => ({
        name,
        id,
        size,
        digest,
        expiresAt,
        content,
      })),
    requests,
    count: (call) => requests.filter((request) => request.call === call).length,
    plan: (faults) => {
      plan = faults;
      seen = new Map();
    },
    mutate: (name, change) => store.mutate(name, change),
    close: async () => {
      const closed = once(server, "close");
      server.close();
      // Also those that a planned stall keeps open.
      server.closeAllConnections();
      await closed;
    },
  };
}

const nothing: Answer = { status: 0, headers: {}, body: new Uint8Array() };

function callOf(method: string, url: URL): Call | null {
  if (url.pathname.startsWith("/blobs/")) return blobCall({ method, url });
  const name = url.pathname.slice(service.length);
  return url.pathname.startsWith(service) && isMethod(name) ? name : null;
}

function refuse(status: number, code: string): Answer {
  return {
    status,
    headers: { "content-type": "application/json" },
    body: Buffer.from(JSON.stringify({ code, msg: code })),
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
