/** Names of extras as installers compare them (PEP 685). */
export function normalizedExtra(name: string): string {
  return name.replace(/[-_.]+/g, "-").toLowerCase();
}

/**
 * A requirement (PEP 508) that holds only with an extra: its own marker stays and both must hold.
 * `tomli; python_version < "3.11"` of `fast` → `tomli ; (python_version < "3.11") and extra == "fast"`.
 */
export function requirementOfExtra(requirement: string, extra: string): string {
  const { body, marker } = takeApart(requirement);
  const condition = `extra == '${normalizedExtra(extra)}'`;
  return `${body} ; ${marker === null ? "" : `(${marker}) and `}${condition}`;
}

/** The marker begins at a semicolon; in a requirement with an address only at one behind white space. */
function takeApart(requirement: string): { body: string; marker: string | null } {
  const text = requirement.trim();
  const [, body, marker] =
    (/^[^@;]*@/.test(text) ? /^(.*?)\s+;(.*)$/ : /^([^;]*);(.*)$/).exec(text) ?? [];
  if (body === undefined || marker === undefined) return { body: text, marker: null };
  return { body: body.trim(), marker: marker.trim() };
}
