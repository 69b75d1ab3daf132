import { resolve } from "node:path";
import { parseReference } from "@multiarch/contracts";
import { merge } from "@multiarch/merge";
import { legTable } from "@multiarch/report";
import { chooseTransport } from "@multiarch/transport";
import type { Session } from "../session.ts";
import type { MergeInputs } from "./inputs.ts";
import { handOver, type MergeResult } from "./result.ts";

/** Merges the legs of a plan. */
export async function mergeStep(inputs: MergeInputs, session: Session): Promise<MergeResult> {
  const { env, log, context } = session;
  const transport = await chooseTransport(env, log);
  const output = resolve(context.workspace ?? process.cwd(), inputs["output-dir"]);
  const merged = await merge({
    plan: parseReference(inputs.plan ?? "", "the input plan"),
    transport,
    output,
    attempt: context.attempt,
    allowMissing: inputs["allow-missing"],
    installTest: inputs["install-test"],
    host: async () => (await import("@multiarch/host")).detectHost(env),
    environment: env,
    log,
  });
  const legs = merged.chosen.map(({ delivered }) => delivered.leg);
  const targets = legTable(merged.fetched.plan, legs, merged.release.missing);
  return handOver(merged, output, { inputs, session, transport, targets });
}
