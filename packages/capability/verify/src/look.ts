import {
  type CheckOptions,
  checkArchive,
  checkNative,
  checkNpm,
  checkSdist,
  checkWheel,
  declaredBy,
} from "@multiarch/check";
import { type Contents, readContents } from "@multiarch/contents";
import type { Check } from "@multiarch/contracts";
import type { Candidate } from "./expand.ts";
import { levelOf } from "./own-rules.ts";
import type { ReportCheck, ReportFile, ReportMember } from "./types.ts";

/** A file that was read and held against the rules for its kind. */
export interface Look {
  /** As much of it as comparing it with others takes. */
  readonly contents: Contents;
  readonly checks: readonly Check[];
}

/** Reads one file. Throws what the file system says. */
export async function look(
  { shown, path }: Candidate,
  as: Contents["kind"] | undefined,
  options: CheckOptions,
  temporaryFolder: string,
): Promise<Look> {
  const contents = await readContents(path, {
    shownAs: shown,
    temporaryFolder,
    ...(as === undefined ? {} : { as }),
  });
  return { contents: slim(contents), checks: checkOne(contents, options) };
}

function checkOne(contents: Contents, options: CheckOptions): Check[] {
  switch (contents.kind) {
    case "wheel":
      return checkWheel(contents, options);
    case "sdist":
      return checkSdist(contents, options);
    case "npm":
      return checkNpm(contents, options);
    case "archive":
      return checkArchive(contents, options);
    case "other":
      return checkOther(contents, options);
    default:
      return checkNative(contents, options);
  }
}

function checkOther(
  { name, found, damage }: Extract<Contents, { kind: "other" }>,
  { target }: CheckOptions,
): Check[] {
  const rule = damage === null ? "file/kind" : "file/damaged";
  return [
    {
      rule,
      // Whoever says which target a file serves says that it is a program.
      level: target == null ? levelOf(rule) : "error",
      file: name,
      expected: damage === null ? "a package or a native file" : "a readable native file",
      found: damage?.text ?? found,
    },
  ];
}

const identifying = /(?:^|\/)(?:METADATA|WHEEL|PKG-INFO|package\.json)$/;

/** Without what only the rules over one file need: hundreds of files may be held at a time. */
function slim(contents: Contents): Contents {
  if (!("members" in contents)) return contents;
  const members = contents.members.filter(({ facts, damage }) => facts !== null || damage !== null);
  const texts = new Map([...contents.texts].filter(([path]) => identifying.test(path)));
  const small = { ...contents, members, texts };
  return small.kind === "wheel" ? { ...small, zip: { ...small.zip, entries: [] } } : small;
}

/** A file in the words of the report, without findings. */
export function reportOf(contents: Contents): Omit<ReportFile, "checks"> {
  const { path, sha256, kind } = contents;
  const declared = declaredBy(contents);
  return {
    path,
    sha256,
    kind,
    facts: "facts" in contents ? contents.facts : null,
    ...("members" in contents ? { members: contents.members.map(reportMember) } : {}),
    ...(declared === undefined ? {} : { declared }),
  };
}

function reportMember({ path, mode, facts }: ReportMember): ReportMember {
  return { path, mode, facts };
}

/** A finding as it stands under its file. */
export function reportCheck(check: Check, name: string): ReportCheck {
  const { rule, level, file, expected, found } = check;
  return { rule, level, ...(file === name ? {} : { member: file }), expected, found };
}
