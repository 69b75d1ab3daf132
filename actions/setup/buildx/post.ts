import { cleanUpBuildx } from "@multiarch/buildx";
import { getState } from "@multiarch/github";
import { openSession } from "../../session.ts";

/** Removes what main made, and nothing else. */
export async function post(): Promise<void> {
  const { env, log } = openSession();
  await cleanUpBuildx(getState(env, "buildx"), { env, log }, env.RUNNER_DEBUG === "1");
}
