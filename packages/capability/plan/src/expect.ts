import type { FileKind, PlanRow } from "@multiarch/contracts";
import { type Project, prebuiltFiles } from "@multiarch/project";
import type { Target } from "@multiarch/targets";

/**
 * The kinds of files that a row must deliver for each package. All builders make commands; files that are already built may
 * be anything, and what they are is said by the endings of their templates.
 */
export function expectedFiles(
  { builder, config, packages }: Pick<Project, "builder" | "config" | "packages">,
  target: Target,
): PlanRow["expect"] {
  const files = prebuiltFiles(config);
  const python = packages.filter(({ outputs }) => outputs.wheel !== undefined);
  const each = (kind: FileKind, owners: typeof packages, wanted: boolean): PlanRow["expect"] =>
    wanted ? owners.map(({ name }) => ({ package: name, kind })) : [];
  if (target.rows.length === 0) {
    const sdists = files.sdists.length > 0;
    return [
      ...each("sdist", python, sdists),
      // Wheels for every platform may lie beside those for some.
      ...each("wheel", python, !sdists && files.wheels.length > 0),
    ];
  }
  const addons = packages.filter(({ outputs }) => (outputs.npm?.addon ?? null) !== null);
  return [
    ...each("executable", packages, builder !== "prebuilt" || files.commands.length > 0),
    ...each("addon", addons, true),
    ...each("wheel", python, files.wheels.length > 0),
    // A tree can only become a wheel, which some platforms do not have; the plan warns of those.
    ...each("library", python, files.trees.length > 0 && hasWheels(target)),
  ];
}

/** By the system alone: of Linux's processors the bytes decide, and some have a tag that the table of targets does not name. */
function hasWheels({ rows }: Target): boolean {
  return rows.some(({ os, wheelTags }) => os === "linux" || wheelTags.length > 0);
}
