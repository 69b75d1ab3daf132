import type { Availability } from "@multiarch/runners";
import { findRunner } from "./availability.ts";
import type { Candidate } from "./candidates.ts";
import { checkLabels } from "./labels.ts";
import { describeRunsOn, type RunsOn } from "./runs-on.ts";
import { isHosted, type Site, siteOf } from "./site.ts";

/** How a target is built on a machine. */
export interface Manner {
  readonly cpu: "native" | "emulated";
  readonly tool: "host" | "cross" | "container";
  readonly why: string;
}

export interface RouteRequest {
  readonly trusted: boolean;
  /** A runner that is named for this target alone, and by what: the input `runner`, the target's `runs-on`. */
  readonly named: { readonly runsOn: RunsOn; readonly from: string } | null;
  readonly candidates: readonly Candidate[];
  /** Hosted, always possible. */
  readonly otherwise: Site & Manner;
  /** Whether and how a machine could do it; `emulate`: by an emulator, as the candidate says. */
  readonly manner: (site: Site, emulate: boolean) => Manner | { readonly cannot: string };
  /** Hosted Linux x64 with an emulator. */
  readonly emulating: Site;
  /** Asked only when a candidate depends on it. */
  readonly availability: () => Promise<Availability>;
  /** Ids of runners that rows of this plan count on; the one that is chosen here is added. */
  readonly taken: Set<number>;
  /** `YYYY-MM-DD` */
  readonly today: string;
}

export interface Route extends Site, Manner {
  readonly warnings: readonly { readonly code: string; readonly text: string }[];
}

/**
 * Where one target is built: what was named for it, else the first candidate that works, else a hosted runner. An event
 * that is not trusted never gets anything but a hosted runner, whoever asks for it. `why` tells what was passed over.
 * @throws UserError MA211, MA212, MA213 for labels whose jobs would never start
 */
export async function chooseRoute(request: RouteRequest): Promise<Route> {
  const warnings: { code: string; text: string }[] = [];
  const passed: string[] = [];
  const result = (site: Site, manner: Manner, why: string): Route => ({
    runsOn: site.runsOn,
    place: site.place,
    cpu: manner.cpu,
    tool: manner.tool,
    why: [...passed, why].join("; "),
    warnings,
  });
  const { named, trusted, manner, otherwise } = request;
  if (named !== null) {
    const { runsOn, from } = named;
    const site = siteOf(runsOn);
    if (trusted || site.place.kind === "hosted") {
      warnings.push(...checkLabels(runsOn, request.today, from));
      const how = manner(site, false);
      if (!("cannot" in how)) return result(site, how, `${from} names it, ${how.why}`);
      // Whoever names a machine knows it better than its labels tell.
      return result(site, { ...otherwise, why: "" }, `${from} names it`);
    }
    const text = `${from} asks for ${describeRunsOn(runsOn)}, which an untrusted event never gets`;
    warnings.push({ code: "untrusted-runner", text });
    passed.push(text);
  }
  for (const candidate of request.candidates) {
    const outcome = await tryCandidate(candidate, request);
    if ("skipped" in outcome) {
      passed.push(outcome.skipped);
      continue;
    }
    warnings.push(...outcome.warnings);
    return result(outcome.site, outcome.how, outcome.why);
  }
  return result(otherwise, otherwise, otherwise.why);
}

interface Taken {
  readonly site: Site;
  readonly how: Manner;
  readonly why: string;
  readonly warnings: Route["warnings"];
}

async function tryCandidate(
  candidate: Candidate,
  request: RouteRequest,
): Promise<Taken | { readonly skipped: string }> {
  const { runsOn, when, from, closed } = candidate;
  const what = runsOn === null ? "emulation" : describeRunsOn(runsOn);
  const skip = (why: string) => ({ skipped: `${what}: ${why}` });
  if (closed !== null) return skip(closed);
  const site = runsOn === null ? request.emulating : siteOf(runsOn);
  const hosted = runsOn === null || isHosted(runsOn);
  if (!hosted && !request.trusted) return skip("not for an untrusted event");
  const how = request.manner(site, runsOn === null);
  if ("cannot" in how) return skip(how.cannot);
  const warnings = runsOn === null ? [] : checkLabels(runsOn, request.today, from);
  if (hosted || when === "always") {
    return { site, how, why: `${what}${hosted ? "" : " (always)"}, ${how.why}`, warnings };
  }
  const found = findRunner(site.runsOn, when, await request.availability(), request.taken);
  if ("none" in found) return skip(found.none);
  if (when === "idle") request.taken.add(found.runner.id);
  return { site, how, why: `${what}: ${found.why}, ${how.why}`, warnings };
}
