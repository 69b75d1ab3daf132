import type { Facts } from "@multiarch/contracts";
import { extensionName, platformFits } from "./extension-name.ts";

/** The two first parts of a wheel's tags, each a sorted set. */
export interface PythonTags {
  readonly interpreters: readonly string[];
  readonly abis: readonly string[];
}

/** A native file of a package tree, as far as it decides about Python. */
export interface TreeModule {
  /** Path in the tree. */
  readonly name: string;
  readonly facts: Facts;
  /** Whether it exports what Python calls to import it under the name that its file has. */
  readonly importable: boolean;
}

/** What every Python 3 can use. */
export const anyPython: PythonTags = { interpreters: ["py3"], abis: ["none"] };

/** The first with each stable ABI (PEP 384, PEP 803). */
const firstMinor = { abi3: 2, abi3t: 15 } as const;

/**
 * Which Pythons can use a tree, from the names of its extension modules and, on Windows, from the library of Python's that
 * they import. Without any it is `py3-none`: libraries that are loaded by hand, programs.
 * @param floor minor version that `requires-python` starts at, 8 for `>=3.8`; `null`: it has no lower bound
 * @returns the tags, or why there are none
 */
export function pythonTags(
  modules: readonly TreeModule[],
  floor: number | null,
): PythonTags | { readonly none: string } {
  const claims = new Map<string, { tags: PythonTags; stable: boolean; by: string }>();
  for (const module of modules) {
    const claim = claimOf(module, floor);
    if (claim === null) continue;
    if ("none" in claim) return claim;
    claims.set(`${claim.tags.interpreters}-${claim.tags.abis}`, { ...claim, by: module.name });
  }
  // A module for one version narrows the wheel to it; one with the stable ABI works there too.
  const exact = [...claims.values()].filter(({ stable }) => !stable);
  const deciding = exact.length > 0 ? exact : [...claims.values()];
  const [first, second] = deciding;
  if (first === undefined) return anyPython;
  if (second !== undefined) {
    return {
      none: `one wheel serves one Python, but ${first.by} is for ${shown(first.tags)} and ${second.by} for ${shown(second.tags)}: make a tree for each`,
    };
  }
  const stable = [...claims.values()].find((claim) => claim.stable && exact.length > 0);
  if (stable !== undefined && !includes(first.tags, stable.tags)) {
    return {
      none: `${stable.by} (${shown(stable.tags)}) does not work with ${first.by} (${shown(first.tags)})`,
    };
  }
  return tooOld(first.tags, floor) ?? first.tags;
}

type Claim = { readonly tags: PythonTags; readonly stable: boolean } | { readonly none: string };

function claimOf({ name, facts, importable }: TreeModule, floor: number | null): Claim | null {
  const found = extensionName(name);
  const refuse = (why: string): Claim => ({ none: `${name}: ${why}` });
  if (found === null) {
    return importable
      ? refuse("it is an extension module, and no Python looks for one of this name")
      : null;
  }
  if (found.kind === "unusable") return refuse(found.why);
  if (name.endsWith(".pyd") !== (facts.format === "pe")) {
    return refuse(`the name is not one of a module for ${facts.os ?? "this system"}`);
  }
  const imported = importedPython(facts);
  if (imported === "debug") return refuse("it is linked with a debug build of Python");
  if (found.kind === "version") {
    if (found.platform !== null && !platformFits(found.platform, facts)) {
      return refuse(`the name says ${found.platform}, the file is ${describe(facts)}`);
    }
    if (imported !== null && imported !== "abi3" && imported !== found.abi) {
      return refuse(`the name says ${found.abi}, but it imports the library of ${imported}`);
    }
    return { tags: { interpreters: [found.interpreter], abis: [found.abi] }, stable: false };
  }
  const abi = found.kind === "plain" ? imported : found.kind;
  if (abi === null) {
    // A library that somebody opens by hand has no entry for Python and works with any.
    return importable
      ? refuse(
          "its name does not say which Python it was built for: give it the ending that Python's EXT_SUFFIX names, or .abi3.so",
        )
      : null;
  }
  if (abi !== "abi3" && abi !== "abi3t") {
    return { tags: { interpreters: [abi.replace(/t$/, "")], abis: [abi] }, stable: false };
  }
  if (floor === null)
    return refuse("abi3 begins at the lower bound of requires-python, which has none");
  const minor = Math.max(floor, firstMinor[abi]);
  // What is built for abi3t is loaded by both kinds of builds; installers know them by different tags.
  const abis = abi === "abi3t" ? ["abi3", "abi3t"] : ["abi3"];
  return { tags: { interpreters: [`cp3${minor}`], abis }, stable: true };
}

/** `abi3`, `cp313`, `cp313t`: which of Python's libraries a Windows module is linked with; `null`: none, or not Windows. */
function importedPython({ needed }: Facts): "abi3" | "abi3t" | "debug" | string | null {
  for (const library of needed) {
    const [, version, threads, debug] = /^python3([0-9]*)(t?)(_d)?\.dll$/i.exec(library) ?? [];
    if (version === undefined) continue;
    if (debug !== undefined) return "debug";
    return version === "" ? `abi3${threads}` : `cp3${version}${threads}`;
  }
  return null;
}

/** Whether a stable ABI covers the one Python that the other modules are for. */
function includes(exact: PythonTags, stable: PythonTags): boolean {
  const [abi = ""] = exact.abis;
  const minorOf = ({ interpreters }: PythonTags) =>
    Number(/^cp3([0-9]+)$/.exec(interpreters[0] ?? "")?.[1]);
  const threads = abi.endsWith("t");
  if (!abi.startsWith("cp") || !(minorOf(exact) >= minorOf(stable))) return false;
  return stable.abis.includes(threads ? "abi3t" : "abi3");
}

/** A wheel that no Python may install by its own metadata. */
function tooOld({ interpreters }: PythonTags, floor: number | null): { none: string } | null {
  const minor = Number(/3([0-9]+)$/.exec(interpreters[0] ?? "")?.[1]);
  if (floor === null || !(minor < floor)) return null;
  return {
    none: `its modules are for Python 3.${minor}, and requires-python begins at 3.${floor}`,
  };
}

function shown({ interpreters, abis }: PythonTags): string {
  return `${interpreters.join(".")}-${abis.join(".")}`;
}

function describe({ os, arch, libc }: Facts): string {
  return [os, arch, libc].filter((part) => part !== null).join(" ");
}
