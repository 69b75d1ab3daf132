import type { Config } from "../types.ts";

/** What the templates of `prebuilt` deliver. */
export interface PrebuiltFiles {
  readonly commands: readonly string[];
  /** `.node` files. */
  readonly addons: readonly string[];
  /** Patterns of finished wheels. */
  readonly wheels: readonly string[];
  /** Patterns of finished sdists, which belong to the target `any`. */
  readonly sdists: readonly string[];
  /** Folders, each laid out as Python imports it. */
  readonly trees: readonly string[];
}

/** Sorts the templates by what their endings say. */
export function prebuiltFiles({ prebuilt }: Pick<Config, "prebuilt">): PrebuiltFiles {
  const files = prebuilt?.files ?? [];
  const ending = (end: string): string[] => files.filter((template) => template.endsWith(end));
  const packed = [".node", ".whl", ".tar.gz"];
  return {
    commands: files.filter((template) => !packed.some((end) => template.endsWith(end))),
    addons: ending(".node"),
    wheels: ending(".whl"),
    sdists: ending(".tar.gz"),
    trees: prebuilt?.tree ?? [],
  };
}

/** Whether the project delivers what becomes wheels, so that nobody has to switch them on. */
export function deliversPython(config: Pick<Config, "prebuilt">): boolean {
  const { wheels, sdists, trees } = prebuiltFiles(config);
  return wheels.length + sdists.length + trees.length > 0;
}
