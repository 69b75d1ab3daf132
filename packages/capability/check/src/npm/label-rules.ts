import { contradicted } from "../native/named.ts";
import { archsOf, type NativeFile } from "../native/native-file.ts";
import type { PackageFinding, PackageRule } from "../package-rule.ts";
import { fitting, type Misfit, misplaced, npmProcessors, npmSystems } from "./fit.ts";
import { accepts, promised } from "./label.ts";
import { isForPlatform, type NpmPackage, platformOfPackage } from "./package.ts";

const contradicting =
  (of: Misfit["of"]) =>
  (subject: NpmPackage): PackageFinding[] =>
    misplaced(subject)
      .filter(({ misfit }) => misfit.of === of)
      .map(({ file, misfit: { expected, found } }) => ({ member: file.path, expected, found }));

/** Whether the files are for the machines that the fields os, cpu and libc name. */
export const labelRules: readonly PackageRule<NpmPackage>[] = [
  {
    id: "npm/os",
    level: "error",
    source:
      "published darwin packages have held Linux programs: npm installs by label and never looks inside",
    find: contradicting("os"),
  },
  {
    id: "npm/cpu",
    level: "error",
    source:
      "published linux-arm64 packages have held x64 addons (`Exec format error` for every user)",
    find: contradicting("cpu"),
  },
  {
    id: "npm/libc",
    level: "error",
    source: "a file of another libc fails with `not found`: its loader does not exist there",
    find: contradicting("libc"),
  },
  {
    id: "npm/name",
    level: "warning",
    source:
      "the main package asks for a platform by name: what the name says and the fields do not is never right",
    find: namedDifferently,
  },
  {
    id: "npm/os-wider",
    level: "note",
    source: "a system without a file of its own gets one that may not run there",
    find: (subject) => {
      const right = fitting(subject);
      if (right.length === 0) return [];
      return promised(subject.manifest.os)
        .filter((word) => !right.some(({ facts }) => npmSystems(facts).includes(word)))
        .map((word) => ({ expected: `a file for os ${word}`, found: "none" }));
    },
  },
  {
    id: "npm/cpu-wider",
    level: "note",
    source:
      "Windows and macOS on arm64 run x64 programs, and ia32 has a second name: right, if it is meant",
    find: (subject) =>
      processorsWithoutFile(subject)
        .filter(({ covered }) => covered)
        .map(told),
  },
  {
    id: "npm/cpu-unserved",
    level: "warning",
    source: "npm installs the package there, and nothing in it runs",
    find: (subject) =>
      processorsWithoutFile(subject)
        .filter(({ covered }) => !covered)
        .map(told),
  },
  {
    id: "npm/cpu-undeclared",
    level: "warning",
    source: "without the field cpu every processor of that system gets the one file there is",
    find: (subject) => {
      const { os, cpu } = subject.manifest;
      const [only, another] = new Set(fitting(subject).flatMap(({ facts }) => archsOf(facts)));
      if (os === null || cpu !== null || only === undefined || another !== undefined) return [];
      return [{ expected: `cpu ${npmProcessors(only).join(", ")}`, found: "no field cpu" }];
    },
  },
];

function namedDifferently({ manifest, loaded }: NpmPackage): PackageFinding[] {
  const named = platformOfPackage(manifest.name);
  if (named === null) return [];
  if (!isForPlatform(manifest)) return contradicted(named, loaded);
  const { os, cpu, libc } = manifest;
  const system = named.os === "windows" ? "win32" : named.os;
  const processors = named.archs.flatMap(npmProcessors);
  const checks: [field: string, list: readonly string[] | null, words: readonly string[]][] = [
    ["os", os, [system]],
    ["cpu", cpu, processors],
    ["libc", libc, named.libc === null ? [] : [named.libc]],
  ];
  return checks.flatMap(([field, list, words]) =>
    list === null || words.length === 0 || words.some((word) => accepts(list, word))
      ? []
      : [{ expected: `${field} ${words.join(" or ")}, as the name says`, found: list.join(", ") }],
  );
}

interface Unserved {
  readonly word: string;
  /** By an emulator of the system, or by another word for the same processor. */
  readonly covered: boolean;
}

function processorsWithoutFile(subject: NpmPackage): Unserved[] {
  const { os, cpu } = subject.manifest;
  const right = fitting(subject);
  if (right.length === 0) return [];
  const made = new Set(right.flatMap(({ facts }) => archsOf(facts).flatMap(npmProcessors)));
  return promised(cpu)
    .filter((word) => !made.has(word))
    .map((word) => ({ word, covered: made.has(alias(word)) || emulated(word, os, right, made) }));
}

/** Words that Node never says, next to the ones that it does. */
function alias(word: string): string {
  return word === "x86" ? "ia32" : word;
}

/** An addon is loaded by Node itself, which no emulator helps; a program is started by itself. */
function emulated(
  word: string,
  os: readonly string[] | null,
  loaded: readonly NativeFile[],
  made: ReadonlySet<string>,
): boolean {
  if (!loaded.some(({ facts }) => facts.type === "executable")) return false;
  const systems = promised(os);
  if (systems.length === 0 || !systems.every((one) => one === "win32" || one === "darwin"))
    return false;
  if (word === "arm64") return made.has("x64") || (systems.includes("win32") && made.has("ia32"));
  return word === "x64" && systems.includes("win32") && made.has("ia32");
}

function told({ word }: Unserved): PackageFinding {
  return { expected: `a file for cpu ${word}`, found: "none" };
}
