import type { Leg } from "@multiarch/contracts";

export const legArtifactPrefix = "multiarch.leg.";

/** The leg's document in its artifact. */
export const legDocument = "leg.json";

/** `multiarch.leg.<plan>.<row>.<attempt>.<nonce>`: never used twice, also not after a re-run or a failed upload. */
export function legArtifactName(leg: Pick<Leg, "plan" | "row" | "run">): string {
  return `${legArtifactPrefix}${leg.plan}.${leg.row}.${leg.run.attempt}.${leg.run.nonce}`;
}
