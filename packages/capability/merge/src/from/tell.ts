import type { Plan } from "@multiarch/contracts";
import type { Log } from "@multiarch/diagnostics";
import type { Arrangement } from "./arrange.ts";
import { contradictions } from "./contradictions.ts";
import { type Findings, type Place, shown, shownFile } from "./found.ts";
import { commandName } from "./name-words.ts";
import { mayHoldProgram } from "./unknown-files.ts";

const mostShown = 20;

/** Says what was found and what was not taken: what may be missed as a warning, all else as a notice. */
export function tellFindings(
  findings: Findings,
  { targets, targetsAreFound, notices, passedOver }: Arrangement,
  { packages, warnings }: Plan,
  log: Log,
): void {
  for (const { code, text } of warnings) log.warning(`${text} (${code})`);
  for (const text of contradictions(findings.natives)) log.warning(text);
  const left = [...findings.passedOver, ...passedOver];
  const missed = left.filter(
    ({ place, why }) =>
      mayHoldProgram(why) || why.startsWith("there is no target") || shouldBeProgram(place, why),
  );
  for (const { place, why } of missed) log.warning(`${shown(place)} is passed over: ${why}`);
  for (const text of lackedLibraries(findings)) log.warning(text);
  const others = left.filter((one) => !missed.includes(one));
  if (others.length > 0) {
    const more = others.length > mostShown ? ` and ${others.length - mostShown} more` : "";
    const names = others.slice(0, mostShown).map(({ place, why }) => `${shown(place)} (${why})`);
    log.notice(`passed over: ${names.join(", ")}${more}`);
  }
  for (const text of notices) log.notice(text);
  if (targetsAreFound) {
    const what = packages.flatMap(({ bins }) => bins).join(" and ");
    const ids = targets.map(({ id }) => id).join(", ");
    log.notice(
      `nothing says which targets to expect, so those that were found are taken${what === "" ? "" : ` for ${what}`}: ${ids}`,
    );
  }
}

/** Called as a program for a platform and none: the page of an error or the pointer to a large file, saved in its place. */
function shouldBeProgram(place: Place, why: string): boolean {
  const name = place.at(-1)?.split("/").at(-1) ?? "";
  const document = /\.(?!exe$)[a-z][a-z0-9]*$/i.test(name);
  if (document || !["text", "data", "an empty file"].includes(why)) return false;
  return commandName([name])?.platform === true;
}

/** Programs that need a library which lies beside them and goes into no package. */
function lackedLibraries({ natives, passedOver }: Findings): string[] {
  return passedOver.flatMap(({ place }) => {
    const library = place.at(-1)?.split("/").at(-1) ?? "";
    const needing = natives.find(({ facts }) =>
      facts.needed.some(
        (needed) => needed.split("/").at(-1)?.toLowerCase() === library.toLowerCase(),
      ),
    );
    if (needing === undefined) return [];
    return [`${shownFile(needing)} needs ${shown(place)}, which is not packaged`];
  });
}
