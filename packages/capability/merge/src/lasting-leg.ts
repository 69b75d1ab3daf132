import type { Leg } from "@multiarch/contracts";

/**
 * A leg without what differs from run to run of equal inputs: times, the nonce, cache hits, the check run. The summary of the
 * run shows those; a release is a function of what went into it.
 */
export function lastingLeg(leg: Leg): Leg {
  return {
    ...leg,
    run: { ...leg.run, checkRunId: null, nonce: "" },
    smoke: leg.smoke.map((one) => ({ ...one, ms: 0 })),
    cache: { hits: 0, misses: 0 },
    bench: [],
    timings: leg.timings.map(({ phase }) => ({ phase, ms: 0 })),
  };
}
