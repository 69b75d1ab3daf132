import type { Availability, RegisteredRunner } from "@multiarch/runners";
import type { When } from "./candidates.ts";
import { foldLabel, groupName, groupOf, labelsOf, type RunsOn } from "./runs-on.ts";

/** Whether a candidate can be had now: the runner that is counted on, or why there is none. */
export type Found =
  | { readonly runner: RegisteredRunner; readonly why: string }
  | { readonly none: string };

/**
 * Looks for a runner that has all labels (and belongs to the group), and that was not given away before.
 * @param taken ids of runners that earlier rows of this plan count on
 */
export function findRunner(
  runsOn: RunsOn,
  when: Exclude<When, "always">,
  availability: Availability,
  taken: ReadonlySet<number>,
): Found {
  if (!availability.known) return { none: availability.why };
  const fitting = availability.runners.filter((runner) => serves(runner, runsOn));
  if (fitting.length === 0) return { none: `no registered runner has it${hint(runsOn)}` };
  const online = fitting.filter((runner) => runner.online);
  if (online.length === 0) return { none: `${count(fitting)} registered, none online` };
  if (when === "online") {
    const [runner] = online;
    return runner === undefined
      ? { none: "none online" }
      : { runner, why: `${count(online)} online` };
  }
  const idle = online.filter(({ busy }) => !busy);
  if (idle.length === 0) return { none: `${count(online)} online, none idle` };
  const [runner] = idle.filter(({ id }) => !taken.has(id));
  return runner === undefined
    ? { none: `${count(idle)} idle, all counted on by other rows of this plan` }
    : { runner, why: `${runner.name} is idle` };
}

function serves({ labels, groups }: RegisteredRunner, runsOn: RunsOn): boolean {
  const group = groupOf(runsOn);
  if (group !== null && !groups.includes(groupName(group))) return false;
  const wanted = labelsOf(runsOn).map(foldLabel);
  // Without labels or group anything would do, and nothing is asked for.
  if (group === null && wanted.length === 0) return false;
  return wanted.every((label) => labels.includes(label));
}

/** Runners of ARC scale sets have no labels and exist only while they run a job. */
function hint(runsOn: RunsOn): string {
  return labelsOf(runsOn).length === 1 && groupOf(runsOn) === null
    ? " (a scale set cannot be looked up: give it when: always)"
    : "";
}

function count(runners: readonly unknown[]): string {
  return runners.length === 1 ? "one runner" : `${runners.length} runners`;
}
