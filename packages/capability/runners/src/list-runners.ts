import type { Log } from "@multiarch/diagnostics";
import type { RunContext } from "@multiarch/github";
import type { Availability } from "./types.ts";

export interface RunnersRequest {
  /** `null` or empty: none was given, as in runs of forks and of Dependabot. */
  readonly token: string | null;
  /** Where the API is, and whose runners are asked for. */
  readonly context: Pick<RunContext, "apiUrl" | "repository">;
  readonly log: Log;
}

/** Every self-hosted runner that the token can see. Whatever goes wrong is an answer, never an error. */
export async function listRunners({ token }: RunnersRequest): Promise<Availability> {
  if (token === null || token === "") return { known: false, why: "runners-token is not set" };
  return { known: false, why: "not asked" };
}
