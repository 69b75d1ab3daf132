import { fillPlaceholders, placeholders, type Target } from "@multiarch/targets";

/**
 * What templates of file names may mean for a target: a short id covers several rows of the table, whose spellings differ in
 * some naming systems.
 * @param where the key that holds the templates, for messages
 */
export function fillTemplates(
  target: Target,
  templates: readonly string[],
  { package: name, version, bin }: { package: string; version: string; bin: string },
  where: string,
): ReadonlySet<string> {
  const extra = { package: name, version };
  const words = target.rows.flatMap((row) =>
    [row.id, target.id].map((id) => ({
      ...placeholders(row, extra),
      ...(row.napi === null ? {} : { napi: row.napi }),
      id,
      bin,
    })),
  );
  const forEvery = { ...placeholders(target, extra), bin };
  const values = words.length === 0 ? [forEvery] : words;
  return new Set(
    templates.flatMap((template) => values.map((one) => fillPlaceholders(template, one, where))),
  );
}
