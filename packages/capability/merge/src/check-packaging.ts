import type { Plan } from "@multiarch/contracts";
import { UserError } from "@multiarch/diagnostics";
import { checkNpmSettings, whyInvalidName, whyInvalidVersion } from "@multiarch/npm";
import type { NpmSettings, WheelSettings } from "@multiarch/project";
import { normalizedName, pep440Version } from "@multiarch/wheel";

/**
 * Refuses names and versions that no package of the plan could have, before anything is built for them.
 * @throws UserError MA801, MA802, MA804, MA807 what npm refuses, MA821, MA823 what Python refuses
 */
export function checkPackaging({
  packages,
  project,
  rows,
}: Pick<Plan, "packages" | "project" | "rows">): void {
  const { version } = project;
  const targets = rows.map(({ target }) => target);
  for (const { outputs, bins } of packages) {
    const npm = outputs.npm as NpmSettings | undefined;
    const wheel = outputs.wheel as WheelSettings | undefined;
    if (npm !== undefined) {
      refuse("MA802", `npm cannot publish version ${version}`, whyInvalidVersion(version), version);
      refuse("MA801", `npm refuses the name ${npm.main}`, whyInvalidName(npm.main), npm.main);
      checkNpmSettings(npm, bins, targets);
    }
    if (wheel !== undefined) {
      pep440Version(version);
      normalizedName(wheel.name);
    }
  }
}

function refuse(id: "MA801" | "MA802", what: string, why: string | null, found: string): void {
  if (why !== null) throw new UserError(id, { what: `${what}: ${why}`, found });
}
