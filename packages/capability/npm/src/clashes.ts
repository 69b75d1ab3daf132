import { UserError } from "@multiarch/diagnostics";
import { tarballName } from "./layouts.ts";
import type { NpmSettings, PlannedPlatform } from "./types.ts";
import { whyInvalidName } from "./validity.ts";

/**
 * Two packages of one name, or of one file name (`@a/b-c` and `@a-b/c`), would overwrite each other.
 * @throws UserError MA801, MA805 when there is no platform at all
 */
export function checkNames(
  { main }: Pick<NpmSettings, "main">,
  version: string,
  platforms: readonly PlannedPlatform[],
  given: number,
): void {
  if (platforms.length === 0) {
    throw new UserError("MA805", {
      what: `npm package ${main} has no native file that npm could install`,
      found: `${given} files, none of them for a platform of Node`,
    });
  }
  const files = new Map<string, string>();
  for (const one of [{ name: main, version, folder: main }, ...platforms]) {
    const why = whyInvalidName(one.folder);
    if (why !== null) {
      throw new UserError("MA801", {
        what: `npm refuses the name ${one.folder}: ${why}`,
        found: one.folder,
      });
    }
    const file = tarballName(one.name, one.version);
    const other = files.get(file);
    if (other !== undefined) {
      throw new UserError("MA801", {
        what: `npm packages ${other} and ${one.name} would have one file name`,
        fix: "set npm.scope or npm.main so that the main package differs from the platform packages",
      });
    }
    files.set(file, one.name);
  }
}
