import type { Member } from "@multiarch/contents";
import type { PackageFinding } from "../package-rule.ts";
import { entryPointFaults } from "./entry-points.ts";
import { canonicalName } from "./file-name.ts";
import { type HeaderFields, headerField } from "./header-fields.ts";
import { errorForIndex, someOf, type WheelRule, when } from "./levels.ts";
import { canonicalVersion } from "./version.ts";
import type { WheelSubject } from "./wheel-subject.ts";

const required = ["METADATA", "RECORD", "WHEEL"] as const;

/** `.dist-info`: what the wheel says of itself. */
export const metadataRules: readonly WheelRule[] = [
  {
    id: "wheel/dist-info",
    level: "error",
    source:
      "installers want exactly one .dist-info folder, and it must be the one of the project and version in the file name",
    find: infoFolder,
  },
  {
    id: "wheel/dist-info-form",
    level: "error",
    source:
      "the package index wants {name}-{version}.dist-info spelled exactly as in the file name",
    onlyFor: "pypi",
    find: ({ name, infoFolders }) => {
      const [folder] = infoFolders;
      if (name === null || folder === undefined) return [];
      const expected = `${name.project}-${name.version}.dist-info`;
      return when(folder !== expected, { member: folder, expected, found: folder });
    },
  },
  {
    id: "wheel/required-file",
    level: "error",
    source:
      "installers need METADATA, WHEEL and RECORD (binary distribution format); the index refuses wheels without one",
    find: ({ infoFolders, contents }) => {
      const [folder] = infoFolders;
      if (folder === undefined) return [];
      const present = new Set([
        ...contents.members.map(({ path }) => path),
        ...contents.zip.entries.map((entry) => entry.name),
      ]);
      return required
        .map((file) => `${folder}/${file}`)
        .filter((path) => !present.has(path))
        .map((path) => ({ expected: path, found: "no such file" }));
    },
  },
  {
    id: "wheel/metadata-name",
    level: "error",
    source: "an installer that asked for one project gets another: pip refuses such a wheel",
    find: ({ name, metadata }) =>
      name === null || metadata === null ? [] : differingName(name.project, metadata),
  },
  {
    id: "wheel/metadata-version",
    level: "error",
    source:
      "METADATA must have the version of the file name: pip refuses a wheel that turns out to be another one",
    find: ({ name, metadata }) =>
      name === null || metadata === null ? [] : differingVersion(name.version, metadata),
  },
  {
    id: "wheel/metadata-format",
    level: "error",
    source: "installers refuse core metadata of a version that they do not know (up to 2.x today)",
    find: ({ metadata }) => (metadata === null ? [] : unknownFormat(metadata)),
  },
  {
    id: "wheel/license-file",
    level: "warning",
    levelFor: errorForIndex,
    source:
      "from core metadata 2.4 on every License-File lies in .dist-info/licenses (PEP 639); the index refuses what names one that is not there",
    find: ({ metadata, infoFolders, contents }) => {
      const [folder] = infoFolders;
      if (metadata === null || folder === undefined || !hasLicenseFolder(metadata)) return [];
      return missingLicenseFiles(metadata, contents.members, `${folder}/licenses`);
    },
  },
  {
    id: "wheel/license-fields",
    level: "warning",
    levelFor: errorForIndex,
    source: "License and License-Expression exclude each other (PEP 639); the index refuses both",
    find: ({ metadata }) => {
      const both = metadata?.has("license-expression") === true && metadata.has("license");
      return when(both, { expected: "only License-Expression", found: "License as well" });
    },
  },
  {
    id: "wheel/entry-points",
    level: "warning",
    levelFor: errorForIndex,
    source:
      "commands are made from entry_points.txt; the index refuses a malformed one since 2026, installers make no command of it",
    find: ({ entryPoints, infoFolders }) =>
      (entryPoints === null ? [] : entryPointFaults(entryPoints)).map((fault) => ({
        member: `${infoFolders[0]}/entry_points.txt`,
        expected: "lines such as name = package.module:function below [group]",
        found: fault,
      })),
  },
];

function infoFolder({ name, infoFolders }: WheelSubject): PackageFinding[] {
  const [folder] = infoFolders;
  const expected =
    name === null ? "one .dist-info folder" : `${name.project}-${name.version}.dist-info`;
  if (folder === undefined) return [{ expected, found: "no .dist-info folder" }];
  if (infoFolders.length > 1) return [{ expected, found: someOf(infoFolders) }];
  if (name === null) return [];
  const [project = "", version = ""] = folder.slice(0, -".dist-info".length).split(/-(?=[^-]*$)/);
  const same =
    canonicalName(project) === canonicalName(name.project) &&
    canonicalVersion(version) === canonicalVersion(name.version);
  return same ? [] : [{ expected, found: folder }];
}

export function differingName(project: string, metadata: HeaderFields): readonly PackageFinding[] {
  const found = headerField(metadata, "Name");
  const same = found !== null && canonicalName(found) === canonicalName(project);
  return when(!same, { expected: `Name: ${project}`, found: found ?? "no Name" });
}

export function differingVersion(
  version: string,
  metadata: HeaderFields,
): readonly PackageFinding[] {
  const found = headerField(metadata, "Version");
  const same = found !== null && canonicalVersion(found) === canonicalVersion(version);
  return when(!same, { expected: `Version: ${version}`, found: found ?? "no Version" });
}

/** pip stops at a higher first number, and only warns at a higher second one. */
export function unknownFormat(metadata: HeaderFields): readonly PackageFinding[] {
  const found = headerField(metadata, "Metadata-Version");
  return when(!/^[12]\.\d+$/.test(found ?? ""), {
    expected: "Metadata-Version: 2.4 or older",
    found: found ?? "no Metadata-Version",
  });
}

/** Before 2.4 the field had no fixed meaning, and files lay beside METADATA. */
export function hasLicenseFolder(metadata: HeaderFields): boolean {
  const [major = 0, minor = 0] = (headerField(metadata, "Metadata-Version") ?? "")
    .split(".")
    .map(Number);
  return major > 2 || (major === 2 && minor >= 4);
}

/** The files that License-File names and that are not where they belong. */
export function missingLicenseFiles(
  metadata: HeaderFields,
  members: readonly Member[],
  folder: string,
): PackageFinding[] {
  const present = new Set(members.map(({ path }) => path));
  return (metadata.get("license-file") ?? [])
    .map((file) => `${folder}/${file}`)
    .filter((path) => !present.has(path))
    .map((path) => ({ expected: path, found: "no such file" }));
}
