import { join } from "node:path";
import { checkArchive, checkNpm, checkSdist, checkSet, checkWheel } from "@multiarch/check";
import { type Contents, readContents } from "@multiarch/contents";
import type { Check, ReleaseKind, ReleasePackage } from "@multiarch/contracts";
import { UserError } from "@multiarch/diagnostics";

/** What is asked of our own packages: that their labels are true. Uploads are checked by who uploads. */
const asked = { purpose: "any", target: null, glibc: null } as const;

const readAs: Partial<Record<ReleaseKind, Contents["kind"]>> = {
  archive: "archive",
  npm: "npm",
  sdist: "sdist",
  wheel: "wheel",
};

export interface CheckedPackages {
  /** All but notes, which are the same for every package that we make. */
  readonly checks: readonly Check[];
  readonly problems: readonly UserError[];
}

/**
 * Reads the packages of a release again, from the bytes that users will download, and holds them against their labels
 * and against each other. `packages`: with files below `folder`. `told`: those of which everything was told when they were
 * taken in.
 */
export async function checkPackages(
  packages: readonly ReleasePackage[],
  told: readonly ReleasePackage[],
  folder: string,
  temporaryFolder: string,
): Promise<CheckedPackages> {
  const read: Contents[] = [];
  const found: Check[] = [];
  for (const one of packages) {
    const { file, kind } = one;
    const as = readAs[kind];
    if (as === undefined) continue;
    const options = { as, shownAs: file, temporaryFolder };
    const contents = await readContents(join(folder, ...file.split("/")), options);
    if (!told.includes(one)) found.push(...checkOne(contents));
    read.push(contents);
  }
  const targets = packages.flatMap(({ target }) => (target === null ? [] : [target]));
  found.push(...checkSet(read, { ...asked, targets: [...new Set(targets)] }));
  return {
    checks: found.filter(({ level }) => level !== "note"),
    problems: found
      .filter(({ level }) => level === "error")
      .map(
        ({ rule, file, expected, found: seen }) =>
          new UserError("MA708", { what: `${file} (${rule})`, expected, found: seen }),
      ),
  };
}

function checkOne(contents: Contents): Check[] {
  switch (contents.kind) {
    case "archive":
      return checkArchive(contents, asked);
    case "npm":
      return checkNpm(contents, asked);
    case "sdist":
      return checkSdist(contents, asked);
    case "wheel":
      return checkWheel(contents, asked);
    default:
      return [];
  }
}
