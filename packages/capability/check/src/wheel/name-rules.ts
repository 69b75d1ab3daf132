import { expandTags, indexName } from "./file-name.ts";
import { headerField } from "./header-fields.ts";
import { errorForIndex, someOf, type WheelRule, when } from "./levels.ts";
import { isAcceptedByIndex } from "./platform-tags.ts";
import { hasLocalPart } from "./version.ts";
import type { WheelSubject } from "./wheel-subject.ts";

/** The label: the file name, and WHEEL, which must say the same. */
export const nameRules: readonly WheelRule[] = [
  {
    id: "wheel/name",
    level: "error",
    source:
      "installers read project, version and platforms from the file name alone (binary distribution format); PEP 825 and PEP 777 are only proposed",
    find: ({ badName }) => (badName === null ? [] : [badName]),
  },
  {
    id: "wheel/name-form",
    level: "error",
    source:
      "the package index wants the project in lower case with single _ in new file names, and no local version (+…)",
    onlyFor: "pypi",
    find: ({ name }) => {
      if (name === null) return [];
      const expected = indexName(name.project);
      return [
        ...when(name.project !== expected, { expected, found: name.project }),
        ...when(hasLocalPart(name.version), {
          expected: "a version without a local part",
          found: name.version,
        }),
      ];
    },
  },
  {
    id: "wheel/tags-order",
    level: "warning",
    source:
      "compressed tag sets are sorted in ASCII order (PEP 425): manylinux2014 before manylinux_2_17; attestations compared as text failed when they were not",
    find: ({ name }) => {
      if (name === null) return [];
      return [name.interpreters, name.abis, name.platforms].flatMap((tags) => {
        const sorted = [...new Set(tags)].sort();
        return when(sorted.join(".") !== tags.join("."), {
          expected: sorted.join("."),
          found: tags.join("."),
        });
      });
    },
  },
  {
    id: "wheel/platform-tag",
    level: "warning",
    levelFor: errorForIndex,
    source:
      "the package index takes only platforms that it knows: no linux_x86_64, and from macOS 11 on only the minor version 0",
    find: ({ name }) =>
      (name?.platforms ?? [])
        .filter((tag) => !isAcceptedByIndex(tag))
        .map((tag) => ({ expected: "a platform that the package index takes", found: tag })),
  },
  {
    id: "wheel/never-installed",
    level: "error",
    source:
      "macOS on arm64 begins with 11.0: no installer there looks for a macosx_10 tag for arm64 (packaging.tags)",
    find: ({ name }) =>
      (name?.platforms ?? [])
        .filter((tag) => /^macosx_10_\d+_arm64$/.test(tag))
        .map((tag) => ({ expected: "macosx_11_0_arm64 or newer", found: tag })),
  },
  {
    id: "wheel/wheel-file",
    level: "error",
    source:
      "installers refuse a wheel whose WHEEL names no version of the format that they know (binary distribution format)",
    find: ({ wheel }) => {
      if (wheel === null) return [];
      const version = headerField(wheel, "Wheel-Version");
      const fine = version !== null && /^1\.\d+$/.test(version);
      return when(!fine, { expected: "Wheel-Version: 1.0", found: version ?? "no Wheel-Version" });
    },
  },
  {
    id: "wheel/root-is-purelib",
    level: "warning",
    source: "WHEEL must say into which of Python's two folders the files go; without it they guess",
    find: ({ wheel }) => {
      if (wheel === null) return [];
      const value = headerField(wheel, "Root-Is-Purelib");
      return when(!/^(?:true|false)$/i.test(value ?? ""), {
        expected: "Root-Is-Purelib: true or false",
        found: value ?? "no Root-Is-Purelib",
      });
    },
  },
  {
    id: "wheel/tags",
    level: "error",
    source:
      "WHEEL and the file name must promise the same, one Tag line for each expanded tag: of two labels one is false, and tools differ in which they believe",
    find: tagLines,
  },
  {
    id: "wheel/build",
    level: "warning",
    source: "WHEEL names a build number exactly when the file name does",
    find: ({ name, wheel }) => {
      if (name === null || wheel === null) return [];
      const build = headerField(wheel, "Build");
      return when(build !== name.build, {
        expected: name.build === null ? "no Build line" : `Build: ${name.build}`,
        found: build === null ? "no Build line" : `Build: ${build}`,
      });
    },
  },
];

function tagLines({ name, wheel }: WheelSubject) {
  if (name === null || wheel === null) return [];
  const promised = new Set(expandTags(name));
  const lines = wheel.get("tag") ?? [];
  const written = new Set(lines);
  const packed = lines.filter((line) => line.split("-").some((part) => part.includes(".")));
  if (packed.length > 0) {
    return [
      {
        expected: `one Tag line for each of ${someOf([...promised])}`,
        found: `a compressed Tag line: ${someOf(packed)}`,
      },
    ];
  }
  const missing = [...promised].filter((tag) => !written.has(tag));
  const extra = [...written].filter((tag) => !promised.has(tag));
  if (missing.length === 0 && extra.length === 0) return [];
  const found = [
    ...(missing.length > 0 ? [`not in WHEEL: ${someOf(missing)}`] : []),
    ...(extra.length > 0 ? [`only in WHEEL: ${someOf(extra)}`] : []),
  ];
  return [{ expected: "the same tags in WHEEL as in the file name", found: found.join("; ") }];
}
