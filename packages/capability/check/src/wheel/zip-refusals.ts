import type { Refusal } from "@multiarch/contents";
import type { PackageFinding } from "../package-rule.ts";
import type { WheelRule } from "./levels.ts";

/** What each refusal of the archive's reader means, and who suffers. `soft`: every installer and the index forgive it. */
const reasons: readonly {
  readonly reason: Refusal["reason"];
  readonly source: string;
  readonly soft?: true;
}[] = [
  { reason: "not-a-zip", source: "a wheel is a zip archive; nothing can open this file" },
  { reason: "truncated", source: "the file ends before its archive does: a broken upload" },
  {
    reason: "directory",
    source: "the list of members is damaged or lies about its size: nothing in it can be trusted",
  },
  {
    reason: "crc",
    source:
      "a published wheel passed every check of headers, yet its bytes were damaged: nobody could install it",
  },
  { reason: "inflate", source: "the compressed bytes break off or are none: nobody can unpack it" },
  { reason: "encrypted", source: "no installer asks for a password" },
  {
    reason: "local-header",
    source:
      "readers that believe the directory and readers that believe the entries see different files; two jobs that wrote one path gave such an archive",
  },
  { reason: "descriptor", source: "sizes behind the data that differ from those of the directory" },
  { reason: "duplicate", source: "which of two files of one name is installed differs by tool" },
  { reason: "prefix-data", source: "bytes before the archive hide another file from scanners" },
  { reason: "trailing-data", source: "bytes after the archive can hide a second archive" },
  { reason: "gap", source: "bytes between members can hide a file that only some readers see" },
  { reason: "overlap", source: "members that share bytes are a bomb, or a lie to one reader" },
  { reason: "multipart", source: "nothing can read an archive whose other parts are elsewhere" },
  { reason: "name", source: "such a name could write outside the folder, or shows as another" },
  { reason: "extra", source: "a malformed extra field is read differently by different tools" },
  { reason: "zip64", source: "readers differ in which of two sizes they believe" },
  {
    reason: "size",
    source: "a member that is longer or shorter than it says is cut by some tools",
  },
  { reason: "ratio", source: "an archive that grows beyond reason fills the disk of who opens it" },
  { reason: "type", source: "a member that is neither file nor folder is left out", soft: true },
  {
    reason: "name-portable",
    source: "a name that Windows refuses: the wheel cannot be unpacked there",
    soft: true,
  },
  {
    reason: "name-case",
    source: "two names that differ in case only are one file on Windows and macOS",
    soft: true,
  },
  { reason: "name-form", source: "a needless . or // in a name is kept by some tools", soft: true },
];

const named: ReadonlySet<Refusal["reason"]> = new Set(reasons.map(({ reason }) => reason));

/** Reasons that a rule over the directory covers, whether or not the reader stopped at them. */
const covered: ReadonlySet<Refusal["reason"]> = new Set(["method", "link"] as const);

/** One rule for each reason for which the reader refuses an archive or a member of it. */
export const refusalRules: readonly WheelRule[] = [
  ...reasons.map(
    ({ reason, source, soft }): WheelRule => ({
      id: `zip/${reason}`,
      level: soft === true ? "warning" : "error",
      source,
      find: ({ contents }) => refused(contents.refusals, (found) => found === reason),
    }),
  ),
  {
    id: "zip/refused",
    level: "error",
    source: "the archive cannot be read to its end, so nothing in it can be trusted",
    find: ({ contents }) =>
      refused(contents.refusals, (found) => !named.has(found) && !covered.has(found)),
  },
];

/** The refusals with a reason, as findings. */
export function refused(
  refusals: readonly Refusal[],
  matches: (reason: Refusal["reason"]) => boolean,
): PackageFinding[] {
  return refusals
    .filter(({ reason }) => matches(reason))
    .map(({ member, expected, found, text }) => ({
      ...(member === null ? {} : { member }),
      expected: expected === "" ? "a sound archive" : expected,
      found: [...new Set([text, found])].filter((words) => words !== "").join(": "),
    }));
}
