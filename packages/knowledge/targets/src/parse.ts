import { nearest, UserError } from "@multiarch/diagnostics";
import { ownIds, ownTarget, shortIdOf } from "./own.ts";
import { type Candidate, candidates, fold, knownSpellings } from "./spellings.ts";
import { type NamingSystem, namingSystems, systemAliases } from "./systems.ts";
import type { Target } from "./types.ts";

/**
 * Words that look like one target and are refused all the same, unless one of the systems in `except` is named:
 * somebody means something else by them.
 */
const treacherous: Readonly<
  Record<string, { why: string; except: readonly (NamingSystem | "any")[] }>
> = {
  x86: {
    why: "many write x86 for 64-bit processors too; say linux-x64, linux-ia32 or windows-ia32",
    except: ["alpine", "id"],
  },
  mips: { why: "uname says mips for both byte orders, Go and Node mean big-endian", except: [] },
  mips64: {
    why: "uname says mips64 for both byte orders, Go and Docker mean big-endian",
    except: [],
  },
};

/** Words that are never a target, and what is wrong about the guess. */
const neverTargets: Readonly<Record<string, string>> = {
  ia64: "ia64 is Itanium; 64-bit x86 is x64",
};

/** No name is longer, and looking for the nearest one takes time by the letter. */
const longest = 64;

/**
 * What a user asked for, in any spelling and any case. Where a spelling fits several exact targets, this decides:
 *
 * 1. Our own id wins, exact (`linux-x64-gnu`), short (`linux-x64`) or `any`, whatever other systems mean by it.
 * 2. A named system (`debian:armhf`) leaves its readings only, and its own default (`go:linux/arm` is Arm 7).
 * 3. A processor alone (`amd64`) means Linux.
 * 4. Readings that differ in the ABI only are the short id: `linux/amd64` is `linux-x64`, and so is `amd64`, where
 *    Debian means glibc and Docker does not say. Only if every reading says the same ABI is the target exact.
 * 5. What still differs is ambiguous and refused.
 *
 * Throws MA101 for an unknown name, with the nearest known one, and MA102 for an ambiguous one, with its readings.
 */
export function parseTarget(text: string): Target {
  const { system, word } = split(text);
  const own = system === null || system === "id" ? ownTarget(word) : undefined;
  if (own !== undefined) return own;
  const all = candidatesIn(system, word);
  const firm = all.filter(({ related }) => !related);
  if (firm.length === 0) throw unknown(text, word, all);
  const trap = Object.hasOwn(treacherous, word) ? treacherous[word] : undefined;
  if (trap !== undefined && (system === null || !trap.except.includes(system))) {
    throw ambiguous(text, firm, trap.why);
  }
  const linux = firm.filter(({ bare, row }) => bare && row.os === "linux");
  let left = linux.length > 0 ? linux : firm;
  if (system !== null && families(left).size > 1) {
    const preferred = left.filter((candidate) => candidate.preferred);
    if (preferred.length > 0) left = preferred;
  }
  const [family, ...others] = families(left);
  if (family === undefined || others.length > 0) throw ambiguous(text, left);
  const ids = new Set(left.map(({ row }) => row.id));
  const [only] = ids;
  const exact = ids.size === 1 && left.every(({ bound }) => bound) ? only : family;
  const target = exact === undefined ? undefined : ownTarget(exact);
  if (target === undefined) throw ambiguous(text, left);
  return target;
}

/** Every reading of a spelling in every naming system, or in the one that it names. Empty for an unknown spelling. */
export function readings(text: string): readonly { system: NamingSystem; id: string }[] {
  const { system, word } = split(text);
  return candidatesIn(system, word).map((candidate) => ({
    system: candidate.system,
    id: candidate.row.id,
  }));
}

function candidatesIn(system: NamingSystem | null, word: string): readonly Candidate[] {
  const all = candidates(word);
  return system === null ? all : all.filter((candidate) => candidate.system === system);
}

/** The short ids, or where there is none the exact ids, that readings belong to. */
function families(list: readonly Candidate[]): Set<string> {
  return new Set(list.map(({ row }) => shortIdOf(row) ?? row.id));
}

function split(text: string): { system: NamingSystem | null; word: string } {
  const colon = text.indexOf(":");
  if (colon < 0) return { system: null, word: fold(text) };
  const name = fold(text.slice(0, colon));
  const word = fold(text.slice(colon + 1));
  const alias = Object.hasOwn(systemAliases, name) ? systemAliases[name] : undefined;
  const system = namingSystems.find((known) => known === name) ?? alias;
  if (system !== undefined) return { system, word };
  const close =
    name.length > longest
      ? undefined
      : nearest(name, [...namingSystems, ...Object.keys(systemAliases)]);
  throw new UserError("MA101", {
    what: `${quote(text)} names an unknown naming system`,
    expected: namingSystems.join(", "),
    found: quote(name),
    ...(close === undefined ? {} : { fix: `write ${close}:${text.slice(colon + 1).trim()}` }),
  });
}

function unknown(text: string, word: string, related: readonly Candidate[]): UserError {
  const what = `${quote(text)} is not a target`;
  for (const part of word.split("-")) {
    const never = Object.hasOwn(neverTargets, part) ? neverTargets[part] : undefined;
    if (never !== undefined) return new UserError("MA101", { what, found: never });
  }
  const [neighbour] = related;
  if (neighbour !== undefined) {
    return new UserError("MA101", {
      what,
      fix: `${neighbour.row.id} comes close, but is another target; write that if it will do`,
    });
  }
  if (word === "") return new UserError("MA101", { what, expected: "a target such as linux-x64" });
  const close = word.length > longest ? undefined : nearest(word, [...ownIds, ...knownSpellings()]);
  if (close === undefined) return new UserError("MA101", { what });
  const near = candidates(close);
  const open = near.filter(({ bound }) => !bound);
  const meant = ownTarget(close)?.id ?? summary(open.length > 0 ? open : near);
  const spelling = meant === close ? close : `${meant} (${close})`;
  return new UserError("MA101", { what, fix: `the nearest target is ${spelling}` });
}

function ambiguous(text: string, list: readonly Candidate[], why?: string): UserError {
  const { system: given, word } = split(text);
  const bySystem = new Map<string, Candidate[]>();
  for (const candidate of list) {
    const same = bySystem.get(candidate.system) ?? [];
    bySystem.set(candidate.system, [...same, candidate]);
  }
  const meanings = [...bySystem].map(([system, same]) => `${system}: ${summary(same)}`);
  const named = given === null ? [...bySystem.keys()].find((one) => settles(one, word)) : undefined;
  const example = named === undefined ? "" : `, or name the system: ${named}:${text.trim()}`;
  return new UserError("MA102", {
    what: `${quote(text)} means different targets to different systems`,
    found: meanings.join("; "),
    fix: why ?? `write one of these ids${example}`,
  });
}

/** Whether naming the system would be enough. */
function settles(system: string, word: string): boolean {
  const list = candidates(word).filter((one) => one.system === system && !one.related);
  const preferred = list.filter((candidate) => candidate.preferred);
  return families(list).size === 1 || families(preferred).size === 1;
}

/** `linux-armv7` where the readings leave the ABI open, `linux-armv7-gnu` where they do not. */
function summary(list: readonly Candidate[]): string {
  const ids = list.map(({ row, bound }) => (bound ? row.id : (shortIdOf(row) ?? row.id)));
  return [...new Set(ids)].join(" or ");
}

function quote(text: string): string {
  return `"${text.length > 100 ? `${text.slice(0, 100)}…` : text}"`;
}
