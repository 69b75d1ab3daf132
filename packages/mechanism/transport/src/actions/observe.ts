import { AsyncLocalStorage, createHook } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import type { EventEmitter } from "node:events";
import { ClientRequest, IncomingMessage } from "node:http";
import type { Log } from "@multiarch/diagnostics";
import { codeOf, isObject, messageOf } from "../shapes.ts";
import { CallFailure, type Fault, type Step } from "./failure.ts";
import type { Limits } from "./limits.ts";
import { installOutput, type Output } from "./output.ts";
import { clientRetries, isMethod, parse, stepOf, whatItSays } from "./requests.ts";

/** Node publishes every client request here when its last byte is handed over. */
const channel = "http.client.request.start";
const networkCodes = /^E(CONN|NOTFOUND|TIMEDOUT|HOSTUNREACH|NETUNREACH|AI_AGAIN|PIPE)/;
/** Answers of the results service are small; of more than this much nothing is kept. */
const keptBytes = 4 * 1024 * 1024;

export interface CallContext {
  readonly limits: Limits;
  /** Milliseconds for the call as a whole. */
  readonly totalMs: number;
  readonly log: Log;
  /** Takes commands for the runner; `null`: standard output. */
  readonly print: ((text: string) => void) | null;
}

const calls = new AsyncLocalStorage<Call>();
let subscribed = false;
let running = 0;

/** Sees every timer that is made while calls run: the only way to stop a client that sleeps before its next attempt. */
const timerHook = createHook({
  init: (_id, type, _trigger, timer) => {
    if (type === "Timeout") calls.getStore()?.timers.push(timer as NodeJS.Timeout);
  },
});

/**
 * Runs one call of the stock client and watches the requests that it makes, through Node's diagnostics channel.
 *
 * The client alone would not do: it never settles when an answer breaks off, sees a cut download after 30 s only, gives
 * network errors no second chance, and ignores `Retry-After`. So the first failed request ends the call here, at once,
 * and whoever called decides about another attempt. The client then learns nothing more, and falls asleep for good.
 * @throws CallFailure always
 */
export async function observeCall<T>(context: CallContext, work: () => Promise<T>): Promise<T> {
  const call = new Call(context);
  installOutput(() => calls.getStore());
  // For good: a client that was stopped can still have requests in preparation.
  if (!subscribed) subscribe(channel, onRequest);
  subscribed = true;
  if (running++ === 0) timerHook.enable();
  try {
    return await Promise.race([call.failed, calls.run(call, work)]);
  } catch (error) {
    throw error instanceof CallFailure ? error : call.explain(error);
  } finally {
    call.end();
    if (--running === 0) timerHook.disable();
  }
}

function onRequest(message: unknown): void {
  if (!isObject(message) || !("request" in message)) return;
  const { request } = message;
  if (request instanceof ClientRequest) calls.getStore()?.watch(request);
}

interface Exchange {
  readonly request: ClientRequest;
  readonly step: Step;
  /** Looks at the clock since the last sign of life. Counted, not timed: while this process itself is stuck none is missed. */
  silence: number;
}

class Call implements Output {
  /** Rejects when the call has to end early; never resolves. */
  readonly failed: Promise<never>;
  readonly print: ((text: string) => void) | null;
  readonly #log: Log;
  readonly #limits: Limits;
  /** Those of the client. */
  readonly timers: NodeJS.Timeout[] = [];
  readonly #open = new Set<Exchange>();
  readonly #seen = new Set<Step>();
  readonly #timers: NodeJS.Timeout[];
  #reject: (failure: CallFailure) => void = () => {};
  #last: CallFailure | null = null;
  #ended = false;
  #failed = false;
  #nameTaken = false;

  constructor({ limits, totalMs, log, print }: CallContext) {
    this.#limits = limits;
    this.#log = log;
    this.print = print;
    this.failed = new Promise((_resolve, reject) => {
      this.#reject = reject;
    });
    // These timers also keep the process alive: a client that waits for nothing would let it end, and with exit code 0.
    const period = Math.min(1000, Math.max(10, limits.idleMs / 4));
    this.#timers = [
      setTimeout(() => this.#outOfTime(totalMs), totalMs),
      setInterval(() => this.#checkSilence(period), period),
    ];
  }

  get ended(): boolean {
    return this.#ended;
  }

  debug(line: string): void {
    this.#log.debug(line);
  }

  /** Ends the call, and what the client may still be doing: its requests, and its naps of up to half a minute. */
  end(): void {
    this.#ended = true;
    for (const timer of this.#timers) clearTimeout(timer);
    if (!this.#failed) return;
    for (const timer of this.timers) clearTimeout(timer);
    for (const { request } of this.#open) request.destroy();
    this.#open.clear();
  }

  /** The failure that stands behind an error of the client: its own errors say less than the last failed request. */
  explain(error: unknown): CallFailure {
    const code = codeOf(error);
    // As of a proxy that cannot be reached: its tunnel is no request of the client's.
    const own: Fault = networkCodes.test(code) ? { kind: "network", code } : { kind: "local" };
    const { step, fault } = this.#last ?? { step: "request" as const, fault: own };
    return new CallFailure(step, fault, this.#nameTaken, error);
  }

  watch(request: ClientRequest): void {
    const step = stepOf(request);
    if (step === null) return;
    const exchange: Exchange = { request, step, silence: 0 };
    tap(request, (name, value) => {
      if (name === "error") {
        const code = codeOf(value) || messageOf(value);
        this.#lost(exchange, { kind: "network", code });
      }
      if (name === "response" && value instanceof IncomingMessage) this.#follow(exchange, value);
      return !this.#ended;
    });
    if (this.#ended) {
      request.destroy();
      return;
    }
    this.#open.add(exchange);
    // The client asks for a blob again only when it could not store what came: the disk is at fault, not the service.
    if (step === "GetBlob" && this.#seen.has(step)) {
      const cause = new Error("what came could not be saved; is the disk full?");
      this.#fail(new CallFailure(step, { kind: "local" }, this.#nameTaken, cause));
    }
    this.#seen.add(step);
  }

  #follow(exchange: Exchange, response: IncomingMessage): void {
    exchange.silence = 0;
    if (exchange.step === "GetBlob" && response.statusCode !== 200) {
      // The client leaves such a body unread, and its end would never come.
      this.#answered(exchange, response, null);
      return;
    }
    const chunks: Buffer[] = [];
    let kept = 0;
    // Not by a listener: one for data would set the answer flowing before the client listens to it.
    tap(response, (name, value) => {
      exchange.silence = 0;
      const small = kept < keptBytes && exchange.step !== "GetBlob";
      if (name === "data" && small && value instanceof Uint8Array) {
        kept += value.length;
        chunks.push(Buffer.from(value));
      }
      if (name === "end") {
        this.#answered(exchange, response, small ? Buffer.concat(chunks).toString() : null);
      }
      if (name === "close" && !response.complete) this.#lost(exchange, { kind: "cut" });
      return !this.#ended;
    });
  }

  #answered(exchange: Exchange, response: IncomingMessage, body: string | null): void {
    const { step } = exchange;
    const status = response.statusCode ?? 0;
    if (status < 200 || status > 299) {
      this.#lost(exchange, {
        kind: "status",
        status,
        answer: whatItSays(body, response),
        retryAfter: response.headers["retry-after"] ?? null,
      });
      return;
    }
    const answer = isMethod(step) && body !== null ? parse(body) : {};
    if (answer === undefined) {
      this.#lost(exchange, { kind: "unreadable", answer: (body ?? "").slice(0, 80) });
      return;
    }
    this.#open.delete(exchange);
    if (step === "CreateArtifact") this.#nameTaken = true;
  }

  #lost(exchange: Exchange, fault: Fault): void {
    if (!this.#open.delete(exchange)) return;
    const { step } = exchange;
    if (clientRetries(step, fault)) {
      this.#last = new CallFailure(step, fault, this.#nameTaken);
    } else {
      this.#fail(new CallFailure(step, fault, this.#nameTaken));
    }
  }

  /** At once and not when the rejection arrives: the client must not see the event that is being handled. */
  #fail(failure: CallFailure): void {
    if (this.#ended) return;
    this.#reject(failure);
    this.#failed = true;
    this.end();
  }

  #outOfTime(milliseconds: number): void {
    const [{ step } = { step: "request" as const }] = this.#open;
    this.#fail(new CallFailure(step, { kind: "timeout", milliseconds }, this.#nameTaken));
  }

  #checkSilence(period: number): void {
    for (const exchange of this.#open) {
      const block = exchange.step === "PutBlock";
      const milliseconds = block ? this.#limits.blockIdleMs : this.#limits.idleMs;
      exchange.silence += 1;
      if (exchange.silence * period <= milliseconds) continue;
      const fault: Fault = { kind: "stalled", milliseconds };
      this.#fail(new CallFailure(exchange.step, fault, this.#nameTaken));
      return;
    }
  }
}

/** Shows every event of an emitter to `see` before anybody else gets it, and only if `see` says so. */
function tap(emitter: EventEmitter, see: (name: string | symbol, value: unknown) => boolean): void {
  const emit = emitter.emit;
  emitter.emit = (name: string | symbol, ...values: unknown[]) =>
    see(name, values[0]) && emit.call(emitter, name, ...values);
}
