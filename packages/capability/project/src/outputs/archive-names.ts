import { UserError } from "@multiarch/diagnostics";
import { fillPlaceholders, parseTarget, placeholders } from "@multiarch/targets";

/** The template of one package's archives. */
export interface NameTemplate {
  readonly package: string;
  readonly template: string;
  readonly where: string;
}

/**
 * Fills the templates for every target before anything is built: a placeholder without a value, or two archives of one
 * name, would else be found after all the work.
 * @throws UserError MA103, MA125
 */
export function checkArchiveNames(
  templates: readonly NameTemplate[],
  targets: readonly string[],
  version: string,
): void {
  const owners = new Map<string, string>();
  for (const { package: name, template, where } of templates) {
    for (const id of targets) {
      const target = parseTarget(id);
      if (target.rows.length === 0) continue;
      const values = placeholders(target, { package: name, version });
      const made = fillPlaceholders(template, values, where);
      // Windows gets another ending, but then two folders of one name remain.
      const owner = owners.get(made.toLowerCase());
      if (owner !== undefined) {
        throw new UserError("MA125", {
          what: `two archives would be called ${made}: of ${owner} and of ${name} for ${id}`,
          where,
          fix: "add {id} or {package} to archive.name",
        });
      }
      owners.set(made.toLowerCase(), `${name} for ${id}`);
    }
  }
}
