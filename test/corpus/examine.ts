import { checkNpm, checkWheel } from "@multiarch/check";
import { type Contents, type Member, readContents } from "@multiarch/contents";
import type { Check } from "@multiarch/contracts";
import { compareFacts, type FactDifference } from "./compare-facts.ts";
import { type ComparedVerdict, compareVerdict } from "./compare-verdict.ts";
import type { Artifact, ReferenceFile } from "./data.ts";

/** A native file of a package about which the reference and we disagree. */
export interface FileDifference extends FactDifference {
  readonly path: string;
}

/** What our own reading and rules say of one artifact, beside what the reference says. */
export interface Examined {
  readonly artifact: Artifact;
  readonly files: number;
  readonly facts: number;
  readonly differences: readonly FileDifference[];
  readonly checks: readonly Check[];
  readonly verdict: ComparedVerdict;
}

/** Reads one artifact with the product, compares each fact of each native file, and applies the rules. */
export async function examine(
  artifact: Artifact,
  path: string,
  temporaryFolder: string,
): Promise<Examined> {
  const contents = await readContents(path, { shownAs: artifact.file, temporaryFolder });
  const checks = judge(contents);
  const members = "members" in contents ? contents.members : [];
  const byPath = new Map(members.map((member) => [member.path, member]));
  const differences: FileDifference[] = [];
  let facts = 0;
  const differ = (at: string, difference: FactDifference): void => {
    differences.push({ path: at, ...difference });
  };
  for (const reference of artifact.files) {
    const member = byPath.get(reference.path);
    byPath.delete(reference.path);
    const compared = compareFile(reference, member);
    facts += compared.facts;
    for (const difference of compared.differences) differ(reference.path, difference);
  }
  for (const [at, { facts: found }] of byPath) {
    if (found !== null) differ(at, { field: "native", expected: false, found: true });
  }
  const verdict = compareVerdict(artifact.findings, checks);
  return { artifact, files: artifact.files.length, facts, differences, checks, verdict };
}

function compareFile(
  reference: ReferenceFile,
  member: Member | undefined,
): { facts: number; differences: readonly FactDifference[] } {
  if (member === undefined) {
    return { facts: 1, differences: [{ field: "path", expected: true, found: false }] };
  }
  const differences: FactDifference[] = [];
  const mode = reference.mode === null ? null : `0${reference.mode.padStart(3, "0")}`;
  for (const [field, expected, found] of [
    ["size", reference.size, member.size],
    ["sha256", reference.sha256, member.sha256],
    ["mode", mode, member.mode],
  ] as const) {
    if (expected !== found) differences.push({ field, expected, found });
  }
  if (member.facts === null) {
    const found = member.damage?.id ?? null;
    differences.push({ field: "native", expected: reference.format, found });
    return { facts: 4, differences };
  }
  const compared = compareFacts(reference, member.facts);
  return { facts: 3 + compared.facts, differences: [...differences, ...compared.differences] };
}

function judge(contents: Contents): Check[] {
  const options = { purpose: "any", target: null, glibc: null } as const;
  if (contents.kind === "wheel") return checkWheel(contents, options);
  if (contents.kind === "npm") return checkNpm(contents, options);
  throw new Error(`${contents.name} was taken for ${contents.kind}`);
}
