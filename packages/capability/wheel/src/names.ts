import { UserError } from "@multiarch/diagnostics";
import type { FullTags, WheelSettings } from "./types.ts";

/** A distribution's name as file names spell it: lower case, runs of `-`, `_` and `.` as one `_`. @throws UserError MA823 */
export function normalizedName(name: string): string {
  if (!/^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(name)) {
    throw new UserError("MA823", {
      what: `"${name}" cannot be the name of a wheel`,
      expected: "ASCII letters, digits, . _ - with a letter or digit at both ends",
      found: name,
    });
  }
  return name.replace(/[-_.]+/g, "_").toLowerCase();
}

/** `{name}-{version}-{python}-{abi}-{platform}.whl`. Two files of one name with different bytes must never meet. */
export function wheelFileName(
  name: string,
  version: string,
  { interpreters, abis, platforms }: FullTags,
): string {
  const tags = [interpreters, abis, platforms].map((set) => set.join("."));
  return `${[name, version, ...tags].join("-")}.whl`;
}

const specifier = /^(~=|===?|!=|<=?|>=?) *[0-9][0-9A-Za-z.*+!-]*$/;

/** @throws UserError MA826 for a `Requires-Python` that an index would refuse */
export function checkRequiresPython({ requiresPython }: WheelSettings): void {
  if (requiresPython.split(",").every((part) => specifier.test(part.trim()))) return;
  throw new UserError("MA826", {
    what: `"${requiresPython}" does not say which Python a wheel needs`,
    expected: 'version specifiers, such as ">=3.8" or ">=3.8,<4"',
    found: requiresPython,
    where: "wheel.requires-python",
  });
}

/** The minor version of Python 3 that a requirement begins at: 9 for `>=3.9,<4`; `null`: it has no lower bound. */
export function firstMinor({ requiresPython }: WheelSettings): number | null {
  const bounds = requiresPython.split(",").flatMap((part) => {
    const [, operator, minor] = /^(~=|===?|>=?) *3(?:\.([0-9]+))?/.exec(part.trim()) ?? [];
    if (operator === undefined) return [];
    // `>3.8` begins with 3.8.1, and a whole `>3` with no minor version that could be named.
    return [Number(minor ?? 0)];
  });
  return bounds.length === 0 ? null : Math.max(...bounds);
}
