import { UserError } from "@multiarch/diagnostics";
import { parseTarget, type Target, type TargetRow } from "@multiarch/targets";
import { platform } from "./contradictions.ts";
import { byText, type FoundNative, shownFile } from "./found.ts";
import { hintedRows } from "./name-words.ts";
import { closestRows, familyOf, servedRows } from "./possible-rows.ts";

/** A file under the name that its command, or its addon, has on every platform. */
export interface NamedFile {
  readonly file: FoundNative;
  readonly name: string;
}

export interface Assignment {
  /** Canonical ids, sorted. */
  readonly targets: readonly string[];
  /** By target, then by kind and name. */
  readonly files: ReadonlyMap<string, readonly NamedFile[]>;
  /** Files for both processors of macOS whose halves are there by themselves. */
  readonly unused: readonly NamedFile[];
  readonly problems: readonly UserError[];
}

/**
 * Gives each file the target that its bytes say, of those that are expected or, where nobody said which are, of those that
 * the files themselves tell. Pure; the order of the files does not matter.
 * @param expected `null`: whatever is found
 */
export function assignTargets(
  files: readonly NamedFile[],
  expected: readonly Target[] | null,
): Assignment {
  const problems: UserError[] = [];
  const key = ({ file }: NamedFile): string => `${shownFile(file)}\0${file.sha256}`;
  const ordered = [...files].sort((one, other) => byText(key(one), key(other)));
  const candidates = possibilities(ordered, expected, problems);
  const targets = settleMacos(expected ?? tellTargets(candidates), expected, problems);
  const unused: NamedFile[] = [];
  const assigned = new Map<string, NamedFile[]>(targets.map(({ id }) => [id, []]));
  for (const group of groups(candidates, keyOfName)) {
    const used = new Set<Candidate>();
    for (const target of targets) {
      const chosen = choose(group, target, targets);
      for (const one of chosen) used.add(one);
      const [first, second] = chosen;
      if (first !== undefined) assigned.get(target.id)?.push(first.named);
      if (first !== undefined && second !== undefined)
        problems.push(twice(target.id, first, second));
    }
    for (const left of group.filter((one) => !used.has(one))) {
      const served = targets.find((target) => serves(left, target));
      const rival = group.find(
        (one) => served !== undefined && used.has(one) && serves(one, served),
      );
      if (served !== undefined && rival !== undefined) problems.push(twice(served.id, rival, left));
      else if (expected !== null) problems.push(unexpected(left, expected));
      else unused.push(left.named);
    }
  }
  return { targets: [...assigned.keys()], files: assigned, unused, problems };
}

/**
 * Sorted, and without `darwin-universal` beside both of its halves: one machine would be offered two packages. Halves are
 * smaller, and where somebody asked for both, or only one half is there, nothing tells what is meant.
 */
function settleMacos(
  all: readonly Target[],
  expected: readonly Target[] | null,
  problems: UserError[],
): Target[] {
  const sorted = [...all].sort((one, other) => byText(one.id, other.id));
  const halves = sorted.filter(({ id }) => id === "darwin-x64" || id === "darwin-arm64");
  if (halves.length === 0 || sorted.every(({ id }) => id !== "darwin-universal")) return sorted;
  if (expected === null && halves.length === 2) {
    return sorted.filter(({ id }) => id !== "darwin-universal");
  }
  problems.push(
    new UserError("MA740", {
      what: "darwin-universal and its parts would be offered to the same machines",
      expected: "darwin-universal alone, or darwin-x64 and darwin-arm64",
      found: sorted.map(({ id }) => id).join(", "),
    }),
  );
  return sorted;
}

interface Candidate {
  readonly named: NamedFile;
  readonly rows: readonly TargetRow[];
}

function serves({ rows }: Candidate, target: Target): boolean {
  return rows.some(({ id }) => target.rows.some((row) => row.id === id));
}

/** Files that serve no other target come first: a static file beside one for glibc is the one for musl. */
function choose(
  group: readonly Candidate[],
  target: Target,
  targets: readonly Target[],
): readonly Candidate[] {
  const fitting = group.filter((one) => serves(one, target));
  const alone = fitting.filter((one) => targets.filter((other) => serves(one, other)).length === 1);
  return alone.length > 0 ? alone : fitting;
}

/** The exact targets of each file, as far as its bytes and, where these leave several files or targets, its names say. */
function possibilities(
  files: readonly NamedFile[],
  expected: readonly Target[] | null,
  problems: UserError[],
): Candidate[] {
  const asked = new Set(expected?.flatMap(({ rows }) => rows.map(({ id }) => id)));
  const settled: Candidate[] = [];
  for (const named of files) {
    const { facts } = named.file;
    const rows =
      expected === null ? closestRows(facts) : servedRows(facts).filter(({ id }) => asked.has(id));
    const vague = facts.arch === "arm" && facts.armVersion === null;
    const one = expected === null || vague ? settleFamily({ named, rows }) : { named, rows };
    if (one instanceof UserError) problems.push(one);
    else settled.push(one);
  }
  return groups(settled, keyOfName).flatMap(toldApart);
}

/** Targets by the bytes: short where files serve every C library or tell none, exact where they are bound to one. */
function tellTargets(all: readonly Candidate[]): Target[] {
  const known = all.filter(({ rows }) => rows.length > 0);
  const ids = groups(known, ({ rows }) => familyOf(rows[0] as TargetRow)).flatMap(idsOfFamily);
  return [...new Set(ids)].sort().map((id) => parseTarget(id));
}

/** Bytes that fit several families (`arm` without its version) are told apart by a name, or not at all. */
function settleFamily({ named, rows }: Candidate): Candidate | UserError {
  const families = new Set(rows.map(familyOf));
  if (families.size <= 1) return { named, rows };
  for (const place of named.file.places) {
    const hinted = hintedRows(place, rows);
    const [family, another] = new Set(hinted?.map(familyOf));
    if (family === undefined || another !== undefined) continue;
    return { named, rows: rows.filter((row) => familyOf(row) === family) };
  }
  return new UserError("MA734", {
    what: `the bytes of ${shownFile(named.file)} do not tell which target it is for`,
    expected: `one of ${[...families].join(", ")}`,
    found: platform(named.file.facts),
    fix: `say it with --targets, or in its name: ${named.name}-${[...families][0]}`,
  });
}

function idsOfFamily(family: readonly Candidate[]): string[] {
  const everyId = [...new Set(family.flatMap(({ rows }) => rows.map(({ id }) => id)))];
  const common = everyId.filter((id) =>
    family.every(({ rows }) => rows.some((row) => row.id === id)),
  );
  const short = familyOf(family[0]?.rows[0] as TargetRow);
  if (parseTarget(short).rows.every(({ id }) => common.includes(id))) return [short];
  const single = groups(family, keyOfName).every((group) => group.length === 1);
  const [only, another] = common;
  return single && only !== undefined && another === undefined ? [only] : everyId;
}

/** Where several files of a command fit one exact target, their names may say which is which: all of them, or none counts. */
function toldApart(group: readonly Candidate[]): readonly Candidate[] {
  const narrowed = group.map((one) =>
    group.some((other) => overlap(one, other)) ? hinted(one) : one,
  );
  const remains = narrowed.some((one) => narrowed.some((other) => overlap(one, other)));
  return remains ? group : narrowed;
}

function overlap(one: Candidate, other: Candidate): boolean {
  return one.named !== other.named && one.rows.some((row) => other.rows.includes(row));
}

function hinted({ named, rows }: Candidate): Candidate {
  if (rows.length <= 1) return { named, rows };
  const hints = named.file.places.flatMap((place) => hintedRows(place, rows) ?? []);
  const [hint, another] = new Set(hints);
  return { named, rows: hint === undefined || another !== undefined ? rows : [hint] };
}

function keyOfName({ named: { file, name } }: Candidate): string {
  return `${file.kind} ${name}`;
}

function groups<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  const found = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    found.set(key, [...(found.get(key) ?? []), item]);
  }
  return [...found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, group]) => group);
}

function twice(target: string, { named }: Candidate, other: Candidate): UserError {
  const { file, name } = named;
  const described = [file, other.named.file].map(
    (one) => `${shownFile(one)} (${platform(one.facts)}, sha256 ${one.sha256.slice(0, 12)})`,
  );
  return new UserError("MA735", {
    what: `two different files are ${name} for ${target}`,
    expected: "one file for each command and target",
    found: described.join(" and "),
  });
}

function unexpected({ named: { file } }: Candidate, expected: readonly Target[]): UserError {
  return new UserError("MA738", {
    what: `${shownFile(file)} is for no expected target`,
    expected: expected.map(({ id }) => id).join(", "),
    found: platform(file.facts),
  });
}
