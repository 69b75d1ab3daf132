import type { WheelContents, ZipEntryAccount } from "@multiarch/contents";
import { errorForIndex, type WheelRule } from "./levels.ts";
import { installsExecutable, isLink, modeOf } from "./zip-modes.ts";
import { refusalRules } from "./zip-refusals.ts";

const mebibyte = 1024 * 1024;
const dataDescriptor = 0x0008;
/** Which zip extra fields must not come twice: zip64 sizes and Info-ZIP's Unicode path. */
const singleExtras: ReadonlySet<number> = new Set([0x0001, 0x7075]);

/** The rules about the container; those that installers forgive are errors only for the package index. */
export const zipRules: readonly WheelRule[] = [
  ...refusalRules,
  {
    id: "zip/method",
    level: "error",
    source:
      "only stored and deflated members are allowed in wheels; installers cannot unpack others",
    find: ({ contents }) =>
      entries(contents, ({ method }) => method !== 0 && method !== 8).map(({ name, method }) => ({
        member: name,
        expected: "method 0 (stored) or 8 (deflated)",
        found: `method ${method}`,
      })),
  },
  {
    id: "zip/link",
    level: "warning",
    source: "wheels hold no links: pip writes a file with the name of the target instead",
    find: ({ contents }) =>
      entries(contents, isLink).map(({ name }) => ({
        member: name,
        expected: "a file",
        found: "a symbolic link",
      })),
  },
  {
    id: "zip/data-descriptor",
    level: "warning",
    levelFor: errorForIndex,
    source:
      "the package index refuses sizes that come after the data (since 2025); writers that stream make them",
    find: ({ contents }) =>
      entries(contents, ({ flags }) => (flags & dataDescriptor) !== 0).map(({ name }) => ({
        member: name,
        expected: "its sizes in front of it (no flag bit 3)",
        found: "a data descriptor",
      })),
  },
  {
    id: "zip/comment",
    level: "warning",
    levelFor: errorForIndex,
    source: "the package index refuses comments, in which another archive could hide",
    find: ({ contents: { zip } }) => [
      ...(zip.commentSize > 0
        ? [{ expected: "no comment", found: `a comment of ${zip.commentSize} bytes` }]
        : []),
      ...zip.entries
        .filter(({ commentSize }) => commentSize > 0)
        .map(({ name, commentSize }) => ({
          member: name,
          expected: "no comment",
          found: `a comment of ${commentSize} bytes`,
        })),
    ],
  },
  {
    id: "zip/extra-twice",
    level: "warning",
    levelFor: errorForIndex,
    source:
      "the package index refuses a second zip64 or Unicode path field: readers differ in which",
    find: ({ contents }) =>
      entries(contents, ({ extraIds }) => repeatedExtra(extraIds) !== undefined).map(
        ({ name, extraIds }) => ({
          member: name,
          expected: "each extra field once",
          found: `field 0x${repeatedExtra(extraIds)?.toString(16).padStart(4, "0")} twice`,
        }),
      ),
  },
  {
    id: "zip/zip64-record",
    level: "warning",
    levelFor: errorForIndex,
    source: "the package index refuses a zip64 end record that says it is longer than its 44 bytes",
    find: ({ contents: { zip } }) =>
      zip.zip64RecordSize === null || zip.zip64RecordSize === 44
        ? []
        : [{ expected: "44 bytes", found: `${zip.zip64RecordSize} bytes` }],
  },
  {
    id: "zip/bomb",
    level: "warning",
    levelFor: errorForIndex,
    source: "the package index refuses what grows more than 50 times to more than 64 MiB",
    find: ({ contents }) => {
      const unpacked = contents.zip.entries.reduce((sum, { size }) => sum + size, 0);
      const ratio = unpacked / Math.max(contents.size, 1);
      if (unpacked <= 64 * mebibyte || ratio <= 50) return [];
      const found = `${Math.round(ratio)} times, to ${Math.round(unpacked / mebibyte)} MiB`;
      return [{ expected: "growth of at most 50 times", found }];
    },
  },
  {
    id: "zip/file-size",
    level: "error",
    source: "the package index takes at most 100 MiB for a file, unless its owner asked for more",
    onlyFor: "pypi",
    find: ({ contents: { size } }) =>
      size <= 100 * mebibyte
        ? []
        : [{ expected: "at most 100 MiB", found: `${(size / mebibyte).toFixed(1)} MiB` }],
  },
  {
    id: "zip/mode",
    level: "error",
    source:
      "pip makes a command executable only if the zip has its mode and file type (0100755): others end in `Permission denied`",
    find: ({ contents, natives }) => {
      const byName = new Map(contents.zip.entries.map((entry) => [entry.name, entry]));
      return natives
        .filter(({ path, facts }) => isCommand(path) && facts.os !== "windows")
        .flatMap(({ path }) => {
          const entry = byName.get(path);
          return entry === undefined || installsExecutable(entry)
            ? []
            : [{ member: path, expected: "mode 0100755", found: modeOf(entry) }];
        });
    },
  },
];

function entries(
  { zip }: WheelContents,
  matches: (entry: ZipEntryAccount) => boolean,
): ZipEntryAccount[] {
  return zip.entries.filter(matches);
}

function repeatedExtra(ids: readonly number[]): number | undefined {
  return ids.find((id, index) => singleExtras.has(id) && ids.indexOf(id) !== index);
}

function isCommand(path: string): boolean {
  return /^[^/]+\.data\/scripts\//.test(path);
}
