import { compareDotted } from "@multiarch/binary";
import { closestRow } from "../context.ts";
import type { CheckOptions, PackageFinding, PackageRule } from "../package-rule.ts";
import {
  isUniversalRuntime,
  isVisualRuntime,
  isWindowsLibrary,
} from "../wheel/windows-libraries.ts";
import { isTestCase, type NativeFile, tellsArch, tellsLibc, tellsSystem } from "./native-file.ts";
import { glibcThatExists, lacksSignature } from "./needs.ts";

/** How the rules over bytes see one kind of package. */
export interface NativeSide<Subject> {
  /** First part of the rules' names: `npm`. */
  readonly room: string;
  /** What a system starts or loads. */
  files(subject: Subject): readonly NativeFile[];
  /** Base names, in lower case, of everything that lies beside these files. */
  siblings(subject: Subject): ReadonlySet<string>;
  /** The member that a finding is about; `undefined`: the subject is the file. */
  member(file: NativeFile): string | undefined;
}

/** What is asked of a native file wherever it lies: bare, in an archive or in a package without a label of its own. */
export function byteRules<Subject>(side: NativeSide<Subject>): PackageRule<Subject>[] {
  const each =
    (find: (file: NativeFile, subject: Subject, options: CheckOptions) => readonly Said[]) =>
    (subject: Subject, options: CheckOptions): PackageFinding[] =>
      side.files(subject).flatMap((file) => {
        const member = side.member(file);
        return find(file, subject, options).map((said) =>
          member === undefined ? said : { member, ...said },
        );
      });
  return [
    {
      id: `${side.room}/target`,
      level: "error",
      source:
        "whoever names the target ships the file under that name: an x64 program among files for arm64 is found by users",
      find: (subject, options) => {
        const files = side.files(subject);
        const served = files.some((file) => misfits(file, options).length === 0);
        return each((file) => (served && mayBeForeign(file) ? [] : misfits(file, options)))(
          subject,
          options,
        );
      },
    },
    {
      id: `${side.room}/glibc`,
      level: "error",
      source:
        "a build on a new system needs its glibc: `version GLIBC_2.39 not found` on every older one",
      find: each(({ facts }, _, { glibc }) => {
        const { glibcMin } = facts;
        if (glibc === null || glibcMin === null) return [];
        const floor = glibcThatExists(glibc, facts.arch);
        if (compareDotted(glibcMin, floor) <= 0) return [];
        return [{ expected: `at most glibc ${floor}`, found: `glibc ${glibcMin} is needed` }];
      }),
    },
    {
      id: `${side.room}/glibc-new`,
      level: "warning",
      source:
        "a program built on the newest runner image started on no supported enterprise system (they have 2.34 and older)",
      find: each(({ facts: { glibcMin, arch } }, _, { glibc }) => {
        const usual = glibcThatExists("2.34", arch);
        if (glibc !== null || glibcMin === null || compareDotted(glibcMin, usual) <= 0) return [];
        return [{ expected: `at most glibc ${usual}`, found: `glibc ${glibcMin} is needed` }];
      }),
    },
    {
      id: `${side.room}/signature`,
      level: "error",
      source: "the macOS kernel kills arm64 programs without a signature; an ad-hoc one is enough",
      find: each(({ facts }) =>
        lacksSignature(facts) ? [{ expected: "a signed arm64 file", found: "no signature" }] : [],
      ),
    },
    {
      id: `${side.room}/vc-runtime`,
      level: "warning",
      source: "a plain Windows has no Visual C++ runtime: programs end with 0xC0000135",
      find: (subject) =>
        absent(subject, side, isVisualRuntime, "no runtime of Visual C++, or one beside the file"),
    },
    {
      id: `${side.room}/dll`,
      level: "warning",
      source:
        "a DLL that is neither of Windows nor beside the file is on the builder's machine only",
      find: (subject) =>
        absent(
          subject,
          side,
          (name) => !isVisualRuntime(name),
          "a DLL of Windows, or one beside the file",
        ),
    },
    {
      id: `${side.room}/unstripped`,
      level: "note",
      source: "symbols for a debugger make a program several times as large to download",
      find: each(({ facts: { format, type, stripped } }) =>
        format === "elf" && type === "executable" && stripped === false
          ? [{ expected: "a stripped program", found: "its symbol table" }]
          : [],
      ),
    },
    {
      id: `${side.room}/cpu-level`,
      level: "warning",
      source: "glibc refuses a file whose note asks for instructions that the processor lacks",
      find: each(({ facts: { cpuLevel } }) =>
        cpuLevel === null || cpuLevel === "x86-64-v1"
          ? []
          : [
              {
                expected: "a file for every x64 processor",
                found: `one for ${cpuLevel} and later`,
              },
            ],
      ),
    },
    {
      id: `${side.room}/float`,
      level: "warning",
      source: "Linux distributions for ARM 6 and 7 are hard-float; their loader takes nothing else",
      find: each(({ facts: { os, arch, float, interp, libc } }) => {
        const bound = os === "linux" && (interp !== null || libc !== null);
        if (!bound || arch !== "arm" || float !== "soft") return [];
        return [{ expected: "the hard-float ABI", found: "soft-float" }];
      }),
    },
  ];
}

type Said = Omit<PackageFinding, "member">;

function misfits({ facts }: NativeFile, { target }: CheckOptions): Said[] {
  if (target === null) return [];
  if (target.rows.length === 0) {
    const platform = [facts.os, facts.arch].filter((word) => word !== null).join(" ");
    return [{ expected: "nothing that is bound to a platform", found: `a ${platform} file` }];
  }
  return closestRow(facts, target.rows).differences.map(({ of, expected, found }) => ({
    expected: `${of} ${expected}`,
    found,
  }));
}

/** Whether a file for another platform does no harm beside the right one: its path tells what it is, or nobody starts it. */
export function mayBeForeign(file: NativeFile): boolean {
  return isTestCase(file.path) || tellsSystem(file) || tellsArch(file) || tellsLibc(file);
}

/** The programs that load an addon; their names stand in its import table, and no file of that name is looked for. */
const hosts = /^(?:node|iojs|electron|bun)\.exe$/;

/** One finding for each DLL, which it begins with: that is how users silence what they know to be there. */
function absent<Subject>(
  subject: Subject,
  side: NativeSide<Subject>,
  counts: (name: string) => boolean,
  expected: string,
): PackageFinding[] {
  const siblings = side.siblings(subject);
  const users = new Map<string, NativeFile[]>();
  for (const file of side.files(subject)) {
    for (const name of file.facts.format === "pe" ? file.facts.needed : []) {
      const there = isWindowsLibrary(name) || isUniversalRuntime(name) || siblings.has(name);
      if (there || hosts.test(name) || !counts(name)) continue;
      users.set(name, [...(users.get(name) ?? []), file]);
    }
  }
  return [...users].map(([name, files]) => {
    const [first] = files;
    const member = first === undefined ? undefined : side.member(first);
    const others = files.length === 1 ? "" : ` and by ${files.length - 1} more`;
    return {
      ...(member === undefined ? {} : { member }),
      expected,
      found: `${name}, needed by this file${others}`,
    };
  });
}
