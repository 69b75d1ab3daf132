import type { LegRequest } from "@multiarch/build";
import { detectHost } from "@multiarch/host";
import { defaultToolCache } from "@multiarch/toolchains";
import type { Session } from "../session.ts";

type Surroundings = Pick<
  LegRequest,
  "host" | "environment" | "toolCache" | "run" | "label" | "now"
>;

/** What a build takes from the machine and the run. */
export async function surroundings({ env, context, nonce }: Session): Promise<Surroundings> {
  return {
    host: await detectHost(env),
    environment: env,
    toolCache: defaultToolCache(env),
    run: { id: context.runId ?? "local", attempt: context.attempt, checkRunId: null, nonce },
    label: null,
    now: () => performance.now(),
  };
}
