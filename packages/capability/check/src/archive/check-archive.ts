import type { ArchiveContents } from "@multiarch/contents";
import type { Check } from "@multiarch/contracts";
import { byteRules } from "../native/byte-rules.ts";
import { namedOtherwise } from "../native/named.ts";
import { isExecutable, isTestCase, loadedFiles } from "../native/native-file.ts";
import { applyRules, type CheckOptions, type PackageRule } from "../package-rule.ts";
import { damagedMembers, refusedMembers, siblingNames } from "../packed.ts";

/** Every rule over an archive, in the order in which their findings are told. */
export const archiveRules: readonly PackageRule<ArchiveContents>[] = [
  {
    id: "archive/refused",
    level: "error",
    source: "what one reader of archives takes and another refuses is no archive to hand out",
    find: ({ refusals, format }) => refusedMembers(refusals, `a readable ${format}`),
  },
  {
    id: "archive/damaged",
    level: "error",
    source:
      "a file that breaks off is refused by every system (a race of two uploads, a full disk)",
    find: ({ members }) => damagedMembers(members, ({ path }) => !isTestCase(path)),
  },
  {
    id: "archive/name",
    level: "error",
    source: "downloads are chosen by their name: nobody looks into tool-linux-arm64.tar.gz",
    find: ({ name, members }) => namedOtherwise(name, loadedFiles(members)),
  },
  {
    id: "archive/mode",
    level: "error",
    source: "tar and unzip set the mode that the archive holds: 0644 means `Permission denied`",
    find: ({ members }) =>
      loadedFiles(members)
        .filter(({ facts }) => facts.type === "executable" && facts.format !== "pe")
        .filter(({ path, mode }) => mode !== null && !isExecutable(mode) && !isTestCase(path))
        .map(({ path, mode }) => ({ member: path, expected: "mode 0755", found: `mode ${mode}` })),
  },
  ...byteRules<ArchiveContents>({
    room: "archive",
    files: ({ members }) => loadedFiles(members),
    siblings: ({ members }) => siblingNames(members),
    member: ({ path }) => path,
  }),
];

/** Holds an archive against what was asked for, what its name says and what the systems of its files demand. */
export function checkArchive(contents: ArchiveContents, options: CheckOptions): Check[] {
  return applyRules(archiveRules, contents, options, contents.name);
}
