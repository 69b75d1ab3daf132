import type { Member, Refusal } from "@multiarch/contents";
import { baseName } from "./grouping.ts";
import type { PackageFinding } from "./package-rule.ts";

/** Why parts of a package could not be read, as findings. `expected`: where the reader says nothing more exact. */
export function refusedMembers(refusals: readonly Refusal[], expected: string): PackageFinding[] {
  return refusals.map(({ member, text, expected: asked, found }) => ({
    ...(member === null ? {} : { member }),
    expected: asked === "" ? expected : asked,
    found: found === "" || found === text ? text : `${text}: ${found}`,
  }));
}

/** Members that are native by their first bytes and cannot be read, as findings. */
export function damagedMembers(
  members: readonly Member[],
  counts: (member: Member) => boolean,
): PackageFinding[] {
  return members.flatMap((member) => {
    const { damage, path } = member;
    if (damage === null || !counts(member)) return [];
    const found = `${damage.text} (${damage.id})`;
    return [{ member: path, expected: "a whole native file", found }];
  });
}

/** Base names, in lower case: Windows does not tell them apart by case. */
export function siblingNames(members: readonly Member[]): ReadonlySet<string> {
  return new Set(members.map(({ path }) => baseName(path).toLowerCase()));
}
