import type { Member } from "@multiarch/contents";
import type { PackageFinding } from "../package-rule.ts";
import { someOf, type WheelRule, when } from "./levels.ts";
import type { RecordLine } from "./record-file.ts";
import type { WheelSubject } from "./wheel-subject.ts";
import { isLink } from "./zip-modes.ts";

/** RECORD: what was in the wheel when it was made. */
export const recordRules: readonly WheelRule[] = [
  {
    id: "wheel/record",
    level: "error",
    source:
      "RECORD is CSV of path, hash and size; a tool that cannot read it cannot verify or remove",
    find: ({ record }) =>
      record !== null && "wrong" in record
        ? [{ expected: "lines of path,sha256=…,size in UTF-8", found: record.wrong }]
        : [],
  },
  {
    id: "wheel/record-hash",
    level: "error",
    source:
      "a wrong hash or size means that a file was changed after RECORD was written: neither pip nor the index looks, tools that do refuse the wheel",
    find: (subject) =>
      listed(subject).flatMap(({ line, member }) =>
        member === undefined ? [] : changed(line, member),
      ),
  },
  {
    id: "wheel/record-missing",
    level: "warning",
    source:
      "every file but RECORD itself is listed, and every listed file is there; the index only writes to the owner today",
    find: (subject) => {
      const lines = recordLines(subject);
      if (lines === null) return [];
      const present = new Set(subject.contents.members.map(({ path }) => path));
      for (const { name } of subject.contents.zip.entries) {
        if (!name.endsWith("/")) present.add(name);
      }
      const names = new Set(lines.map(({ path }) => path));
      const unlisted = [...present].filter((path) => !names.has(path) && !isExempt(subject, path));
      const absent = [...names].filter((path) => !present.has(path) && !isExempt(subject, path));
      return [
        ...when(unlisted.length > 0, {
          expected: "every file listed in RECORD",
          found: `not listed: ${someOf(unlisted)}`,
        }),
        ...when(absent.length > 0, {
          expected: "every file that RECORD lists",
          found: `not there: ${someOf(absent)}`,
        }),
      ];
    },
  },
  {
    id: "wheel/record-form",
    level: "warning",
    source:
      "every file has a hash, of sha256 or better (md5 and sha1 are forbidden), and one line with / between folders",
    find: (subject) => {
      const lines = recordLines(subject) ?? [];
      const twice = repeated(lines.map(({ path }) => path));
      const backslashes = lines.map(({ path }) => path).filter((path) => path.includes("\\"));
      const wide = lines.filter(({ more }) => more > 0);
      const weak = lines.filter(
        ({ path, hash }) => !isExempt(subject, path) && !/^sha(?:256|384|512)=[\w-]+=*$/.test(hash),
      );
      return [
        ...when(weak.length > 0, {
          expected: "sha256 or better for every file",
          found: someOf(weak.map(({ path, hash }) => `${path} with ${hashName(hash)}`)),
        }),
        ...when(twice.length > 0, {
          expected: "one line for each file",
          found: `more than one: ${someOf(twice)}`,
        }),
        ...when(wide.length > 0, {
          expected: "three columns (a name with a comma in quotes)",
          found: someOf(wide.map(({ path }) => path)),
        }),
        ...when(backslashes.length > 0, {
          expected: "/ between folders",
          found: someOf(backslashes),
        }),
      ];
    },
  },
];

function recordLines({ record }: WheelSubject): readonly RecordLine[] | null {
  return record === null || "wrong" in record ? null : record;
}

/** Lines with the member that they are about. What a link leads to is not what RECORD was written of. */
function listed(subject: WheelSubject) {
  const { members: all, zip } = subject.contents;
  const links = new Set(zip.entries.filter(isLink).map(({ name }) => name));
  const members = new Map(
    all.filter(({ path }) => !links.has(path)).map((member) => [member.path, member]),
  );
  return (recordLines(subject) ?? [])
    .filter(({ path }) => !isExempt(subject, path))
    .map((line) => ({ line, member: members.get(line.path) }));
}

/** RECORD cannot hold its own hash, and signatures are made after it. */
function isExempt({ infoFolders }: WheelSubject, path: string): boolean {
  return infoFolders.some(
    (folder) =>
      path.startsWith(folder) && /^\/RECORD(?:\.jws|\.p7s)?$/.test(path.slice(folder.length)),
  );
}

function changed({ hash, size }: RecordLine, member: Member): PackageFinding[] {
  const findings: PackageFinding[] = [];
  const written = /^sha256=([\w-]+)=*$/.exec(hash)?.[1];
  const actual = Buffer.from(member.sha256, "hex").toString("base64url");
  if (written !== undefined && written !== actual) {
    findings.push({
      member: member.path,
      expected: `sha256=${written}, as RECORD says`,
      found: `sha256=${actual}`,
    });
  }
  if (size !== "" && size !== String(member.size)) {
    findings.push({
      member: member.path,
      expected: `${size} bytes, as RECORD says`,
      found: `${member.size} bytes`,
    });
  }
  return findings;
}

function repeated(paths: readonly string[]): string[] {
  const seen = new Set<string>();
  return paths.filter((path) => seen.size === seen.add(path).size);
}

function hashName(hash: string): string {
  return hash === "" ? "no hash" : (hash.split("=")[0] ?? hash);
}
