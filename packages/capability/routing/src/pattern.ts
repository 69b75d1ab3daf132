/**
 * Whether a name fits a pattern with `*` (anything but a slash), `**` (anything) and `?` (one character), as in the filters
 * of a workflow's `on:`. Letters count as written.
 */
export function fits(name: string, pattern: string): boolean {
  const source = pattern
    .split(/(\*\*|\*|\?)/)
    .map((part) => {
      if (part === "**") return ".*";
      if (part === "*") return "[^/]*";
      if (part === "?") return "[^/]";
      return part.replaceAll(/[.+^${}()|[\]\\]/g, "\\$&");
    })
    .join("");
  return new RegExp(`^${source}$`, "su").test(name);
}
