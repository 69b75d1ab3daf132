import { UserError } from "@multiarch/diagnostics";
import { parseTarget } from "@multiarch/targets";
import { planMain } from "./main-package.ts";
import { namesRow, styleOwners } from "./styles.ts";
import type { NpmSettings } from "./types.ts";
import { whyInvalidCommand } from "./validity.ts";

/** Of the settings what is known before anything is built; of `files` the names. */
type EarlySettings = Pick<NpmSettings, "main" | "names" | "addon" | "manifest"> & {
  readonly files: readonly string[];
};

/**
 * Refuses what no build could make right: a package.json that the main package cannot keep, targets that the chosen style
 * has no name for.
 * @throws UserError MA801 the name of a command or addon, MA804, MA807
 */
export function checkNpmSettings(
  settings: EarlySettings,
  bins: readonly string[],
  targets: readonly string[],
): void {
  const named = [...bins, ...(settings.addon == null ? [] : [settings.addon])];
  for (const name of named) {
    const why = whyInvalidCommand(name);
    if (why !== null) throw new UserError("MA801", { what: `npm refuses ${name}: ${why}` });
  }
  planMain({ ...settings, files: settings.files.map((name) => ({ name })) }, bins);
  for (const target of targets) {
    const { rows } = parseTarget(target);
    const installable = rows.filter((row) => row.npm.os !== null);
    if (installable.length === 0 || installable.some((row) => namesRow(settings.names, row))) {
      continue;
    }
    throw noName(settings.names, target);
  }
}

export function noName(style: NpmSettings["names"], target: string): UserError {
  return new UserError("MA804", {
    what: `${styleOwners[style]} has no name for packages of ${target}`,
    found: `npm.names: ${style}`,
  });
}
