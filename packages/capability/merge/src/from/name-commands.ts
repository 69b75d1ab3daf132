import { UserError } from "@multiarch/diagnostics";
import type { Target } from "@multiarch/targets";
import { assignTargets, type NamedFile } from "./assign.ts";
import { platform } from "./contradictions.ts";
import { byText, type FoundNative, type PassedOver, shownFile } from "./found.ts";
import { type CommandName, commandName } from "./name-words.ts";
import { closestRows, familyOf } from "./possible-rows.ts";

export interface NamedCommands {
  readonly files: readonly NamedFile[];
  readonly passedOver: readonly PassedOver[];
  /** How the names came about where somebody may want others. */
  readonly notice: string | null;
}

interface Stemmed {
  readonly file: FoundNative;
  readonly name: CommandName | null;
}

/**
 * What each executable is called on every platform: by its own name once platform and version are taken off, as long as the
 * names make sense together; else a single command is called after the package.
 * @param bins the commands that the user named; `null`: none were
 * @throws UserError MA736 when neither makes sense
 */
export function nameCommands(
  files: readonly FoundNative[],
  bins: readonly string[] | null,
  packageName: string,
  expected: readonly Target[] | null,
): NamedCommands {
  const stemmed = files.flatMap(byStem);
  if (bins !== null) return takeNamed(stemmed, bins, expected);
  const stems = spellings(stemmed);
  if (stems.size <= 1) {
    const [stem = packageName] = stems.values();
    return all(
      stemmed,
      stem,
      stem === packageName ? null : `the command is called ${stem}, as its files are`,
    );
  }
  if (recurs(stemmed) || !isOneCommand(stemmed, expected)) {
    const nameless = stemmed.filter(({ name }) => name === null);
    if (nameless.length > 0) {
      throw unclear(
        nameless,
        `names that tell the command, as ${[...stems.values()].join(", ")} do`,
      );
    }
    return named(stemmed, stems);
  }
  if (stemmed.some(({ name }) => name?.platform)) {
    throw unclear(stemmed, "one name on every platform, or every name on each");
  }
  const names = [...stems.values()].join(", ");
  return all(
    stemmed,
    packageName,
    `${names} are taken for the command ${packageName} of each target`,
  );
}

/** A file once for each name that its places tell: the same bytes may be two commands. */
function byStem(file: FoundNative): Stemmed[] {
  const found = new Map<string, { name: CommandName; places: FoundNative["places"] }>();
  for (const place of file.places) {
    const name = commandName(place);
    if (name === null) continue;
    const key = name.stem.toLowerCase();
    const known = found.get(key);
    found.set(key, { name: known?.name ?? name, places: [...(known?.places ?? []), place] });
  }
  if (found.size === 0) return [{ file, name: null }];
  return [...found.values()].map(({ name, places }) => ({ file: { ...file, places }, name }));
}

function takeNamed(
  stemmed: readonly Stemmed[],
  bins: readonly string[],
  expected: readonly Target[] | null,
): NamedCommands {
  const [only, second] = bins;
  const called = (one: Stemmed): string | undefined =>
    bins.find((bin) => bin.toLowerCase() === one.name?.stem.toLowerCase());
  const own = stemmed.filter((one) => called(one) !== undefined);
  if (only !== undefined && second === undefined && own.length === 0) {
    if (isOneCommand(stemmed, expected)) return all(stemmed, only, null);
  }
  if (own.length === 0) throw unclear(stemmed, `files that are called ${bins.join(" or ")}`);
  const absent = bins.filter((bin) => own.every((one) => called(one) !== bin));
  if (absent.length > 0)
    throw uncalled(
      absent,
      own.map(({ file }) => shownFile(file)),
    );
  const nameless = second === undefined ? stemmed.filter(({ name }) => name === null) : [];
  const taken = isOneCommand([...own, ...nameless], expected) ? [...own, ...nameless] : own;
  const rest = stemmed.filter((one) => !taken.includes(one));
  if (only !== undefined && second === undefined && expected === null) {
    const lone = rest.filter((one) => isOneCommand([...taken, one], null));
    if (lone.length > 0) throw onlyOtherwise(lone, only);
  }
  return {
    files: taken.map((one) => ({ file: one.file, name: called(one) ?? only ?? "" })),
    passedOver: rest.map(({ file }) => ({
      place: file.places[0] ?? [],
      why: `not called ${bins.join(" or ")}`,
    })),
    notice: null,
  };
}

function all(stemmed: readonly Stemmed[], name: string, notice: string | null): NamedCommands {
  const files = new Map(stemmed.map(({ file }) => [file.sha256, file]));
  return { files: [...files.values()].map((file) => ({ file, name })), passedOver: [], notice };
}

function named(stemmed: readonly Stemmed[], stems: ReadonlyMap<string, string>): NamedCommands {
  const files = stemmed.map(({ file, name }) => ({
    file,
    name: stems.get(name?.stem.toLowerCase() ?? "") ?? "",
  }));
  return {
    files,
    passedOver: [],
    notice: `the commands are ${[...stems.values()].join(" and ")}, as the files are called`,
  };
}

/** Each stem, whatever its case, in one spelling. */
function spellings(stemmed: readonly Stemmed[]): Map<string, string> {
  const stems = stemmed.flatMap(({ name }) => (name === null ? [] : [name.stem])).sort(byText);
  // The last one in lower case wins over `Tool`.
  return new Map(stems.map((stem) => [stem.toLowerCase(), stem]));
}

/** Whether a name comes back for another platform: then it is no accident. */
function recurs(stemmed: readonly Stemmed[]): boolean {
  const families = new Map<string, Set<string>>();
  for (const { file, name } of stemmed) {
    const [row] = closestRows(file.facts);
    if (name === null || row === undefined) continue;
    const key = name.stem.toLowerCase();
    families.set(key, (families.get(key) ?? new Set()).add(familyOf(row)));
  }
  return [...families.values()].some((known) => known.size > 1);
}

/** Whether no target would have two files if all of them were one command. */
function isOneCommand(stemmed: readonly Stemmed[], expected: readonly Target[] | null): boolean {
  const { files } = all(stemmed, "command", null);
  return assignTargets(files, expected).problems.every(({ id }) => id !== "MA735");
}

function uncalled(bins: readonly string[], files: readonly string[]): UserError {
  return new UserError("MA736", {
    what: `no file is called ${bins.join(" or ")}`,
    expected: "files for every command that is named",
    found: files.join(", "),
    fix: "correct --bins (an action: bins), or add the files",
  });
}

/** Leaving the file out would leave a platform out, and nobody said which platforms there must be. */
function onlyOtherwise(files: readonly Stemmed[], bin: string): UserError {
  return new UserError("MA736", {
    what: `a platform has no file that is called ${bin}, and one that is called otherwise`,
    expected: `a file called ${bin} for each platform`,
    found: files.map(({ file }) => `${shownFile(file)} (${platform(file.facts)})`).join(", "),
    fix: `call it ${bin}, or say with --targets (an action: targets) which targets there must be`,
  });
}

function unclear(stemmed: readonly Stemmed[], expected: string): UserError {
  return new UserError("MA736", {
    what: "the names of the files do not tell what the commands are",
    expected,
    found: stemmed.map(({ file }) => shownFile(file)).join(", "),
  });
}
