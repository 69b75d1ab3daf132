import { trustOf } from "@multiarch/github";
import type { Routing } from "@multiarch/plan";
import { eventFactsOf, parseRunnerLines } from "@multiarch/routing";
import type { Session } from "../session.ts";
import type { MatrixInputs } from "./inputs.ts";

/** What decides where rows of this run go. Runners are asked for once, and only if a row depends on it. */
export function openRouting(inputs: MatrixInputs, { context, log }: Session): Routing {
  let asked: ReturnType<Routing["availability"]> | undefined;
  const ask = async (groups: readonly string[]) => {
    const { listRunners } = await import("@multiarch/runners");
    return listRunners({ token: inputs["runners-token"], context, groups, log });
  };
  return {
    event: eventFactsOf(context, trustOf(context).trusted),
    named: parseRunnerLines(inputs.runner),
    availability: (groups) => {
      asked ??= ask(groups);
      return asked;
    },
    today: new Date().toISOString().slice(0, 10),
  };
}
