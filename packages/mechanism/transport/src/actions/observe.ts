import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { ClientRequest, type IncomingMessage } from "node:http";
import { CallFailure, type Fault, type Step } from "./failure.ts";
import type { Limits } from "./limits.ts";

/** Node publishes every client request here when its last byte is handed over. */
const channel = "http.client.request.start";
/** Answers of the results service are small; of more than this much nothing is kept. */
const keptBytes = 4 * 1024 * 1024;

const calls = new AsyncLocalStorage<Call>();
let running = 0;

/**
 * Runs one call of the stock client and watches the requests that it makes, through Node's diagnostics channel.
 *
 * The client alone would not do: it never settles when an answer breaks off, sees a cut download after 30 s only, gives
 * network errors no second chance, and ignores `Retry-After`. So the first failed request ends the call here, at once,
 * and whoever called decides about another attempt. An ended call can do nothing more: its requests are destroyed.
 * @throws CallFailure always
 */
export async function observeCall<T>(
  limits: Limits,
  totalMs: number,
  work: () => Promise<T>,
): Promise<T> {
  const call = new Call(limits, totalMs);
  if (running++ === 0) subscribe(channel, onRequest);
  try {
    return await Promise.race([call.failed, calls.run(call, work)]);
  } catch (error) {
    throw error instanceof CallFailure ? error : call.explain(error);
  } finally {
    call.end();
    if (--running === 0) unsubscribe(channel, onRequest);
  }
}

/** Whether the code that asks runs inside an observed call. */
export function insideCall(): boolean {
  return calls.getStore() !== undefined;
}

function onRequest(message: unknown): void {
  if (!(message instanceof Object) || !("request" in message)) return;
  const { request } = message;
  if (request instanceof ClientRequest) calls.getStore()?.watch(request);
}

interface Exchange {
  readonly request: ClientRequest;
  readonly step: Step;
  lastSign: number;
}

class Call {
  /** Rejects when the call has to end early; never resolves. */
  readonly failed: Promise<never>;
  readonly #limits: Limits;
  readonly #open = new Set<Exchange>();
  readonly #seen = new Set<Step>();
  readonly #timers: NodeJS.Timeout[];
  #reject: (failure: CallFailure) => void = () => {};
  #last: CallFailure | null = null;
  #ended = false;
  #nameTaken = false;

  constructor(limits: Limits, totalMs: number) {
    this.#limits = limits;
    this.failed = new Promise((_resolve, reject) => {
      this.#reject = reject;
    });
    // These timers also keep the process alive: a client that waits for nothing would let it end, and with exit code 0.
    const total = () => this.#fail("request", { kind: "timeout", milliseconds: totalMs });
    const period = Math.min(1000, Math.max(10, limits.idleMs / 4));
    this.#timers = [setTimeout(total, totalMs), setInterval(() => this.#checkSilence(), period)];
  }

  /** Ends everything that the client may still be doing. */
  end(): void {
    this.#ended = true;
    for (const timer of this.#timers) clearTimeout(timer);
    for (const { request } of this.#open) destroy(request);
    this.#open.clear();
  }

  /** The failure that stands behind an error of the client: its own errors say less than the last failed request. */
  explain(error: unknown): CallFailure {
    const { step = "request", fault = { kind: "local" } } = this.#last ?? {};
    return new CallFailure(step, fault, this.#nameTaken, error);
  }

  watch(request: ClientRequest): void {
    const step = stepOf(request);
    if (step === null) return;
    if (this.#ended) {
      destroy(request);
      return;
    }
    // The client asks for a blob again only when it could not store what came: the disk is at fault, not the service.
    if (step === "GetBlob" && this.#seen.has(step)) {
      destroy(request);
      const cause = new Error("what came could not be saved; is the disk full?");
      this.#reject(new CallFailure(step, { kind: "local" }, this.#nameTaken, cause));
      return;
    }
    this.#seen.add(step);
    const exchange: Exchange = { request, step, lastSign: performance.now() };
    this.#open.add(exchange);
    request.once("error", (error) => {
      const code = "code" in error ? String(error.code) : error.message;
      this.#failed(exchange, { kind: "network", code });
    });
    request.once("response", (response) => this.#follow(exchange, response));
  }

  #follow(exchange: Exchange, response: IncomingMessage): void {
    exchange.lastSign = performance.now();
    const keep = exchange.step !== "GetBlob" || response.statusCode !== 200;
    const chunks: Buffer[] = [];
    let kept = 0;
    const onEvent = (name: string | symbol, chunk: unknown): void => {
      exchange.lastSign = performance.now();
      if (name === "data" && keep && kept < keptBytes && chunk instanceof Uint8Array) {
        kept += chunk.length;
        chunks.push(Buffer.from(chunk));
      }
      if (name === "end") {
        const body = kept < keptBytes ? Buffer.concat(chunks).toString() : null;
        this.#answered(exchange, response, body);
      }
      if (name === "close" && !response.complete) this.#failed(exchange, { kind: "cut" });
    };
    // Not by listeners: a listener for data would set the answer flowing before the client listens to it.
    const emit = response.emit;
    response.emit = (name: string | symbol, ...values: unknown[]) => {
      onEvent(name, values[0]);
      return emit.call(response, name, ...values);
    };
  }

  #answered(exchange: Exchange, response: IncomingMessage, body: string | null): void {
    const { step } = exchange;
    const status = response.statusCode ?? 0;
    if (status < 200 || status > 299) {
      this.#failed(exchange, {
        kind: "status",
        status,
        answer: whatItSays(body, response),
        retryAfter: response.headers["retry-after"] ?? null,
      });
      return;
    }
    const answer = isMethod(step) && body !== null ? parse(body) : {};
    if (answer === undefined) {
      this.#failed(exchange, { kind: "unreadable", answer: (body ?? "").slice(0, 80) });
      return;
    }
    this.#open.delete(exchange);
    if (step === "CreateArtifact") this.#nameTaken = true;
  }

  #failed(exchange: Exchange, fault: Fault): void {
    if (!this.#open.delete(exchange)) return;
    const { step } = exchange;
    if (clientRetries(step, fault)) {
      this.#last = new CallFailure(step, fault, this.#nameTaken);
    } else {
      this.#fail(step, fault);
    }
  }

  #fail(step: Step, fault: Fault): void {
    this.#reject(new CallFailure(step, fault, this.#nameTaken));
  }

  #checkSilence(): void {
    for (const exchange of this.#open) {
      const block = exchange.step === "PutBlock";
      const milliseconds = block ? this.#limits.blockIdleMs : this.#limits.idleMs;
      if (performance.now() - exchange.lastSign <= milliseconds) continue;
      this.#open.delete(exchange);
      this.#fail(exchange.step, { kind: "stalled", milliseconds });
      destroy(exchange.request);
    }
  }
}

/**
 * What is left to the client's own retries: after the name is taken, breaking off would spoil it. The results client
 * repeats FinalizeArtifact for these statuses, the blob client repeats a block for these and for broken connections.
 */
function clientRetries(step: Step, fault: Fault): boolean {
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
function stepOf({ method, path }: ClientRequest): Step | null {
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

function isMethod(step: Step): boolean {
  return methodSteps.some((method) => method === step);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The service's own words: a twirp error has them in `msg`, the blob store in a header. */
function whatItSays(body: string | null, response: IncomingMessage): string {
  const code = response.headers["x-ms-error-code"];
  if (typeof code === "string") return code;
  const parsed = parse(body ?? "");
  if (parsed instanceof Object && "msg" in parsed) return String(parsed.msg);
  return (body ?? "").slice(0, 80) || (response.statusMessage ?? "");
}

/** This code is the one for which the results client gives up at once. */
function destroy(request: ClientRequest): void {
  request.destroy(Object.assign(new Error("the call has ended"), { code: "ECONNRESET" }));
}
