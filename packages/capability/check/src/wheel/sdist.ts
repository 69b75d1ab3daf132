import type { SdistContents } from "@multiarch/contents";
import type { Check } from "@multiarch/contracts";
import { applyRules, type CheckOptions, type PackageRule } from "../package-rule.ts";
import { canonicalName, indexName } from "./file-name.ts";
import { type HeaderFields, readHeaderFields } from "./header-fields.ts";
import { errorForIndex, someOf, when } from "./levels.ts";
import {
  differingName,
  differingVersion,
  hasLicenseFolder,
  missingLicenseFiles,
  unknownFormat,
} from "./metadata-rules.ts";
import { canonicalVersion, hasLocalPart } from "./version.ts";
import { refused } from "./zip-refusals.ts";

/** A source distribution as the rules look at it. */
export interface SdistSubject {
  readonly contents: SdistContents;
  /** `null`: the file name is none of a source distribution's. */
  readonly name: { readonly project: string; readonly version: string } | null;
  /** The first parts of all paths. */
  readonly roots: readonly string[];
  readonly metadata: HeaderFields | null;
}

type SdistRule = PackageRule<SdistSubject>;

const shape = "name-version.tar.gz";
/** The reader's remarks about names that only some systems cannot make. */
const forgiven: ReadonlySet<string> = new Set(["name-portable", "name-case", "name-form"]);
const largest = 100 * 1024 * 1024;

/** Every rule about a source distribution, in the order in which their findings are told. */
export const sdistRules: readonly SdistRule[] = [
  {
    id: "sdist/name",
    level: "error",
    source: "installers read project and version from the file name (source distribution format)",
    find: ({ name, contents }) =>
      when(name === null, {
        expected: `${shape}, the version as in PEP 440`,
        found: contents.name,
      }),
  },
  {
    id: "sdist/name-form",
    level: "error",
    source:
      "the package index wants the project in lower case with single _ in new file names (PEP 625), no local version, and .tar.gz",
    onlyFor: "pypi",
    find: ({ name, contents }) => {
      if (name === null) return [];
      const expected = indexName(name.project);
      return [
        ...when(name.project !== expected, { expected, found: name.project }),
        ...when(hasLocalPart(name.version), {
          expected: "a version without a local part",
          found: name.version,
        }),
        ...when(!contents.name.endsWith(".tar.gz"), { expected: shape, found: contents.name }),
      ];
    },
  },
  {
    id: "sdist/archive",
    level: "error",
    source:
      "Python unpacks source distributions with its data filter (PEP 721), which stops at names and links that lead outside; nothing can read what is damaged",
    find: ({ contents }) => refused(contents.refusals, (reason) => !forgiven.has(reason)),
  },
  {
    id: "sdist/portable-names",
    level: "warning",
    source: "a name that Windows refuses, or one that differs in case only, is lost there",
    find: ({ contents }) =>
      refused(contents.refusals, (reason) => forgiven.has(reason) && reason !== "name-form"),
  },
  {
    id: "sdist/root",
    level: "error",
    source:
      "everything lies in one folder {name}-{version} (source distribution format): build frontends go into it",
    find: ({ name, roots }) => {
      if (roots.length !== 1) {
        return [{ expected: "one folder at the top", found: someOf(roots) || "none" }];
      }
      const [root = ""] = roots;
      if (name === null) return [];
      const { project, version } = splitLast(root) ?? { project: root, version: "" };
      const same =
        canonicalName(project) === canonicalName(name.project) &&
        canonicalVersion(version) === canonicalVersion(name.version);
      return when(!same, { expected: `${name.project}-${name.version}`, found: root });
    },
  },
  {
    id: "sdist/pkg-info",
    level: "error",
    source: "PKG-INFO says what the source distribution is; the index refuses one without it",
    find: ({ metadata, roots }) =>
      when(metadata === null, { expected: `${roots[0] ?? "…"}/PKG-INFO`, found: "no such file" }),
  },
  {
    id: "sdist/metadata",
    level: "error",
    source: "PKG-INFO must have the project and version of the file name: pip refuses another one",
    find: ({ name, metadata }) =>
      name === null || metadata === null
        ? []
        : [
            ...differingName(name.project, metadata),
            ...differingVersion(name.version, metadata),
            ...unknownFormat(metadata),
          ],
  },
  {
    id: "sdist/license-file",
    level: "warning",
    levelFor: errorForIndex,
    source: "from core metadata 2.4 on every License-File is in the distribution (PEP 639)",
    find: ({ metadata, roots, contents }) =>
      metadata === null || !hasLicenseFolder(metadata)
        ? []
        : missingLicenseFiles(metadata, contents.members, roots[0] ?? ""),
  },
  {
    id: "sdist/pyproject",
    level: "note",
    source: "without pyproject.toml a frontend assumes setuptools (PEP 518)",
    find: ({ contents, roots }) => {
      const path = `${roots[0] ?? ""}/pyproject.toml`;
      const there = contents.members.some((member) => member.path === path);
      return when(roots.length === 1 && !there, { expected: path, found: "no such file" });
    },
  },
  {
    id: "sdist/native",
    level: "note",
    source: "a source distribution is for every platform: compiled files in it are for one",
    find: ({ contents }) => {
      const compiled = contents.members
        .filter(({ facts }) => facts !== null)
        .map(({ path }) => path);
      return when(compiled.length > 0, { expected: "sources only", found: someOf(compiled) });
    },
  },
  {
    id: "sdist/file-size",
    level: "error",
    source: "the package index takes at most 100 MiB for a file, unless its owner asked for more",
    onlyFor: "pypi",
    find: ({ contents: { size } }) =>
      when(size > largest, { expected: "at most 100 MiB", found: `${size} bytes` }),
  },
];

/** Holds a source distribution against its own label and against what installers and the package index ask for. */
export function checkSdist(contents: SdistContents, options: CheckOptions): Check[] {
  return applyRules(sdistRules, sdistSubject(contents), options, contents.name);
}

function sdistSubject(contents: SdistContents): SdistSubject {
  const roots = [...new Set(contents.members.map(({ path }) => path.split("/", 1)[0] ?? ""))];
  const metadata = roots
    .map((root) => contents.texts.get(`${root}/PKG-INFO`))
    .find((text) => text !== undefined);
  return {
    contents,
    name: parseSdistName(contents.name),
    roots,
    metadata: metadata === undefined ? null : readHeaderFields(metadata),
  };
}

/** Project and version in the file name of a source distribution, as written; `null`: it is none. */
export function parseSdistName(fileName: string): SdistSubject["name"] {
  const [, stem] = /^(.+)\.(?:tar\.gz|zip)$/.exec(fileName) ?? [];
  const parts = stem === undefined ? null : splitLast(stem);
  return parts === null || canonicalVersion(parts.version) === null ? null : parts;
}

/** A version holds no dash, so the last one divides. */
function splitLast(stem: string): { project: string; version: string } | null {
  const dash = stem.lastIndexOf("-");
  return dash <= 0 ? null : { project: stem.slice(0, dash), version: stem.slice(dash + 1) };
}
