import { nearest, UserError } from "@multiarch/diagnostics";

/**
 * Replaces every `{name}` of a user's template. `{{` and `}}` stand for the braces themselves.
 * @param where the configuration key, for messages
 * @throws UserError MA309 for a placeholder that does not exist
 */
export function fillTemplate(
  template: string,
  values: Readonly<Record<string, string>>,
  where: string,
): string {
  return template.replaceAll(/\{\{|\}\}|\{([a-z]+)\}/g, (match, name: string | undefined) => {
    if (name === undefined) return match.slice(1);
    const value = values[name];
    if (value === undefined) {
      const close = nearest(name, Object.keys(values));
      throw new UserError("MA309", {
        what: `there is no placeholder {${name}}${close === undefined ? "" : `; {${close}} is near`}`,
        where,
        expected: Object.keys(values)
          .map((known) => `{${known}}`)
          .join(" "),
        found: template,
      });
    }
    return value;
  });
}
