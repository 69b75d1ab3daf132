import type { Clock } from "./clock.ts";
import { type Failure, failureOf } from "./failure.ts";

/** All questions about runners together take at most so long: a plan that waits longer than its jobs helps nobody. */
export const totalMilliseconds = 30_000;
const attempts = 3;
const firstPause = 500;

export type Answer<Value> = { readonly value: Value } | Failure;

/** Asks one thing after the other within one budget of time. */
export class Questions {
  readonly #clock: Clock;
  readonly #end: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#end = clock.now() + totalMilliseconds;
  }

  /** The answer, after up to three attempts, or why there is none. Never throws. */
  async ask<Value>(question: (signal: AbortSignal) => Promise<Value>): Promise<Answer<Value>> {
    let last: Failure = outOfTime;
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const answer = await this.#once(question);
      if ("value" in answer) return answer;
      last = answer;
      if (!answer.again || attempt === attempts) return answer;
      const pause = answer.after ?? firstPause * 2 ** (attempt - 1);
      // Whoever would have to wait past the end does not wait at all.
      if (this.#clock.now() + pause >= this.#end) return answer;
      await this.#clock.delay(pause, never);
    }
    return last;
  }

  async #once<Value>(question: (signal: AbortSignal) => Promise<Value>): Promise<Answer<Value>> {
    const left = this.#end - this.#clock.now();
    if (left <= 0) return outOfTime;
    const stop = new AbortController();
    const answered = new AbortController();
    const late = this.#clock.delay(left, answered.signal).then(() => outOfTime);
    const work = question(stop.signal).then(
      (value): Answer<Value> => ({ value }),
      (error: unknown): Answer<Value> => failureOf(error),
    );
    const answer = await Promise.race([work, late]);
    answered.abort();
    // A body that drips goes on for as long as the server likes, unless the request is ended.
    stop.abort();
    return answer;
  }
}

const never = new AbortController().signal;
const outOfTime: Failure = {
  why: `no answer within ${totalMilliseconds / 1000} seconds`,
  again: false,
  after: null,
};
