import { UserError } from "@multiarch/diagnostics";
import { type Fields, keptFields } from "./kept-fields.ts";
import type { NpmSettings, PlannedMain } from "./types.ts";

/** Names of modules that every main package may have. */
const reserved: ReadonlySet<string> = new Set(["binary-path", "install-help"]);

/** What of the main package's own making depends on the project's files. */
type MainSettings = Pick<NpmSettings, "main" | "addon" | "manifest"> & {
  readonly files: readonly { readonly name: string }[];
};

/**
 * Where our modules go in the main package, beside the project's own.
 * @throws UserError MA801 for an addon that is called as a module of ours, MA807 when its package.json names a file that the package will not have
 */
export function planMain(settings: MainSettings, bins: readonly string[]): PlannedMain {
  const { entries } = keptFields(settings.manifest);
  const ending = entries.type === "module" ? ".cjs" : ".js";
  const addon = settings.addon == null ? null : { file: settings.addon };
  if (addon !== null && reserved.has(addon.file.toLowerCase())) {
    throw new UserError("MA801", {
      what: `an addon cannot be called ${addon.file}: the main npm package has a module of that name`,
      fix: "write another name as npm.addon",
    });
  }
  const taken = new Set(settings.files.map(({ name }) => name.toLowerCase()));
  const free = addon?.file !== "index" && !taken.has(`index${ending}`);
  const locator = bins.length === 0 ? null : free ? "index" : "binary-path";
  const main: PlannedMain = { name: settings.main, bins, addon, locator, ending };
  checkEntries(entries, main, settings.files);
  return main;
}

/** The modules that we write into the main package, without those that start commands. */
export function ownModules({ addon, locator, ending }: PlannedMain): string[] {
  return [addon?.file, locator].flatMap((name) => (name == null ? [] : [`${name}${ending}`]));
}

/** The module with the messages, which all others of ours require when something is wrong. */
export function helpModule({ ending }: Pick<PlannedMain, "ending">): string {
  return `install-help${ending}`;
}

/** `index.d.ts` of `index.js`, `index.d.cts` of `index.cjs`. */
export function typesOf(module: string): string {
  return module.replace(/\.(c?)js$/, ".d.$1ts");
}

/** A main package that names a file which it does not have would only fail at its users. */
function checkEntries(entries: Fields, main: PlannedMain, files: MainSettings["files"]): void {
  const own = ownModules(main);
  const present = new Set([...own, ...own.map(typesOf), ...files.map(({ name }) => name)]);
  const has = (file: string): boolean =>
    ["", ".js", ".json", "/index.js"].some((ending) => present.has(file + ending));
  for (const field of ["main", "module", "types", "typings", "exports"]) {
    for (const path of pathsIn(entries[field])) {
      const file = path.replace(/^\.\//, "").replace(/\/$/, "");
      if (path.includes("*") || file === "package.json" || has(file)) continue;
      throw new UserError("MA807", {
        what: `${field} of package.json names ${path}, which the npm package ${main.name} would not have`,
        expected: [...present].sort().join(", "),
        found: path,
      });
    }
  }
}

/** Every file that a field of package.json names; `exports` nests them under conditions. */
function pathsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(pathsIn) : [];
}
