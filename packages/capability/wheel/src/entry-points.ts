import { UserError } from "@multiarch/diagnostics";

type Groups = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** `module:object [extra]`, an object may be left out except of a command. */
const reference =
  /^([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?::\s*[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)?(?:\s*\[[^\]]*\])?$/;

/**
 * `entry_points.txt` (entry points specification), groups and names sorted; `null` for none.
 * @throws UserError MA827 for a line that no installer could read
 */
export function entryPointsFile(groups: Groups): Uint8Array | null {
  const names = Object.keys(groups).sort();
  if (names.length === 0) return null;
  const sections = names.map((group) => {
    const points = Object.entries(groups[group] ?? {}).sort(([one], [other]) =>
      one < other ? -1 : 1,
    );
    const lines = points.map(([name, object]) => `${name} = ${object.trim()}`);
    return [`[${group}]`, ...lines, ""].join("\n");
  });
  return new TextEncoder().encode(sections.join("\n"));
}

/**
 * Holds entry points against the files of a tree: a command whose module is not there would be installed and fail.
 * @param files paths in the tree
 * @throws UserError MA827
 */
export function checkEntryPoints(groups: Groups, files: readonly string[]): void {
  for (const [group, points] of Object.entries(groups)) {
    for (const [name, object] of Object.entries(points)) {
      const refuse = (expected: string): UserError =>
        new UserError("MA827", {
          what: `the entry point ${name} (${group}) names nothing in the tree`,
          where: "pyproject.toml",
          expected,
          found: object,
        });
      const [, module] = reference.exec(object.trim()) ?? [];
      if (module === undefined || !isName(name) || !/^\w+(?:\.\w+)*$/.test(group)) {
        throw refuse("name = module:function");
      }
      const commands = group === "console_scripts" || group === "gui_scripts";
      if (commands && !object.includes(":")) throw refuse("module:function");
      const [top = ""] = module.split(".");
      // What begins in another distribution's package may be found there.
      const own = files.some((file) => file.startsWith(`${top}/`) || isModule(file, top));
      const path = module.replaceAll(".", "/");
      const found = files.some(
        (file) => isModule(file, path) || isModule(file, `${path}/__init__`),
      );
      if ((own || commands) && !found) throw refuse(`a module ${path}.py`);
    }
  }
}

function isModule(file: string, path: string): boolean {
  return (
    file.startsWith(`${path}.`) &&
    /^(?:py|(?:[^/]+\.)?(?:so|pyd))$/.test(file.slice(path.length + 1))
  );
}

function isName(name: string): boolean {
  return /^[\w.-]+$/.test(name) || /^[^\s=[\]][^=\r\n]*$/.test(name);
}
