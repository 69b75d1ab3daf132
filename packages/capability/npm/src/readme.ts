import { parseTarget } from "@multiarch/targets";
import type { NpmPlan, PackageMeta, PlannedPlatform } from "./types.ts";

/** What a platform package holds, and what it was made from, so that anybody can hold the bytes against a release. */
export function platformReadme(
  { suffix, targets, binaries, addon, glibc }: PlannedPlatform,
  { main }: NpmPlan,
  { version, repository, commit }: PackageMeta,
  addonName: string | null,
): string {
  const files = [
    ...binaries.map(({ bin, sha256 }) => `- \`${bin}\`, SHA-256 \`${sha256}\``),
    ...(addon === null ? [] : [`- \`${addonName}\`, SHA-256 \`${addon.sha256}\``]),
  ];
  const kind =
    addon === null
      ? "Native executables"
      : binaries.length === 0
        ? "A native addon"
        : "Native files";
  const from = [
    ...(repository === null ? [] : [repository]),
    ...(commit == null ? [] : [`commit \`${commit}\``]),
  ];
  return [
    `# ${main.name} for ${suffix}`,
    "",
    `${kind} of ${main.name} ${version}, built for ${targets.map(withTriple).join(", ")}.`,
    `Do not install this package by itself: ${main.name} does.`,
    "",
    ...files,
    ...(glibc === null ? [] : ["", `Needs glibc ${glibc} or later.`]),
    ...(from.length === 0 ? [] : ["", `Built from ${from.join(", ")}.`]),
    "",
  ].join("\n");
}

/** Of a project that has no README. */
export function mainReadme({ main }: NpmPlan, { description }: PackageMeta): string {
  return [`# ${main.name}`, "", ...(description === null ? [] : [description, ""])].join("\n");
}

/** A short id may stand for several triples: then it says more than any of them. */
function withTriple(id: string): string {
  const { rows } = parseTarget(id);
  const [only, second] = rows;
  const triple = second === undefined ? (only?.rust ?? null) : null;
  return triple === null ? id : `${id} (\`${triple}\`)`;
}
