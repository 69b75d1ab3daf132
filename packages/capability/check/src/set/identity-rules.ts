import { baseName, groups } from "../grouping.ts";
import { platformInName } from "../name-words.ts";
import { mayBeForeign } from "../native/byte-rules.ts";
import { canonicalVersion } from "../wheel/version.ts";
import { fitsLabel, labelOf, type SetFile } from "./set-file.ts";
import type { SetFinding, SetRule } from "./set-rule.ts";

const packed: ReadonlySet<string> = new Set(["wheel", "sdist", "npm", "archive"]);

/** Whether every file is the only one of its name, its version and its bytes. */
export const identityRules: readonly SetRule[] = [
  {
    id: "set/names",
    level: "error",
    source:
      "two jobs wrote one wheel name (gnu and musl); whichever came last won, or the file was corrupt",
    find: (files) =>
      differing(
        files.filter(({ contents }) => packed.has(contents.kind)),
        ({ contents }) => baseName(contents.path),
      ),
  },
  {
    id: "set/twice",
    level: "error",
    source: "a registry takes a name and a version once: which of the two is published is chance",
    find: (files) =>
      differing(
        files.filter(({ manifest }) => manifest !== null),
        ({ manifest }) => `${manifest?.name}@${manifest?.version}`,
        (first, other) => baseName(first.contents.path) !== baseName(other.contents.path),
      ),
  },
  {
    id: "set/bytes",
    level: "error",
    source:
      "the same bytes under two platforms are one of the labels being wrong, unless the file serves both",
    find: equalBytes,
  },
  {
    id: "set/version",
    level: "warning",
    releaseLevel: "error",
    source: "a release has one version: a package that another one pins must be that one",
    find: (files, { targets }) => {
      const dated = files.filter(({ declared }) => declared?.version != null);
      if (targets !== null) return otherVersions(dated);
      const projects = groups(dated.filter(isPython), projectOf);
      return [...projects.values()].flatMap(severalVersions);
    },
  },
];

/** Files that ought to be one by their key and have other bytes than the first. */
function differing(
  files: readonly SetFile[],
  keyOf: (file: SetFile) => string,
  counts: (first: SetFile, other: SetFile) => boolean = () => true,
): SetFinding[] {
  return [...groups(files, keyOf).values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const { path, sha256 } = first.contents;
    return others
      .filter((other) => other.contents.sha256 !== sha256 && counts(first, other))
      .map(({ contents }) => ({
        file: contents.name,
        expected: `the bytes of ${path} (sha256 ${sha256})`,
        found: `others in ${contents.path} (sha256 ${contents.sha256})`,
      }));
  });
}

function equalBytes(files: readonly SetFile[]): SetFinding[] {
  const all = files.flatMap((file) => file.natives.map((native) => ({ file, native })));
  return [...groups(all, ({ native }) => native.sha256).values()].flatMap((same) =>
    same.flatMap(({ file, native }) => {
      const label = labelOf(file);
      if (label === null || fitsLabel(native, file) || mayBeForeign(native)) return [];
      const other = same.find((one) => ![null, label].includes(labelOf(one.file)));
      if (other === undefined) return [];
      return [
        {
          file: file.contents.name,
          expected: `a ${baseName(native.path)} of its own for ${label}`,
          found: `the bytes of ${other.native.path} in ${other.file.contents.name}`,
        },
      ];
    }),
  );
}

function otherVersions(files: readonly SetFile[]): SetFinding[] {
  const [first] = files;
  if (first === undefined) return [];
  const version = versionOf(first, files);
  return files
    .filter((file) => versionOf(file, files) !== version)
    .map(({ contents, declared }) => ({
      file: contents.name,
      expected: `version ${first.declared?.version}, as ${first.contents.name} has`,
      found: `version ${declared?.version}`,
    }));
}

/** A folder that nobody emptied before the next release was built. */
function severalVersions(files: readonly SetFile[]): SetFinding[] {
  const versions = new Map(files.map((file) => [versionOf(file, files), file]));
  const last = [...versions.values()].at(-1);
  if (versions.size < 2 || last === undefined) return [];
  const found = [...versions.values()].map(({ declared }) => declared?.version).join(", ");
  return [{ file: last.contents.name, expected: `one version of ${last.declared?.name}`, found }];
}

function isPython({ contents: { kind } }: SetFile): boolean {
  return kind === "wheel" || kind === "sdist";
}

/** A Python project has one name in many spellings (PEP 503). */
function projectOf({ declared }: SetFile): string {
  return (declared?.name ?? "").toLowerCase().replaceAll(/[-_.]+/g, "-");
}

/**
 * Spellings of one version are one text. Where platforms are versions of the main package (`1.2.3-linux-x64`, npm's
 * aliases), theirs is the main one's.
 */
function versionOf({ manifest, declared }: SetFile, group: readonly SetFile[]): string {
  const version = declared?.version ?? "";
  const base = group.find(
    (other) =>
      manifest !== null &&
      other.manifest?.name === manifest.name &&
      other.manifest?.version != null &&
      version.startsWith(`${other.manifest.version}-`) &&
      platformInName(version.slice(other.manifest.version.length)) !== null,
  );
  const own = base?.manifest?.version ?? version;
  return canonicalVersion(own) ?? own;
}
