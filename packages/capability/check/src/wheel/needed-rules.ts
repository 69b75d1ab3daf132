import { baseName } from "../grouping.ts";
import type { NativeFile } from "../native/native-file.ts";
import type { PackageFinding } from "../package-rule.ts";
import type { WheelRule } from "./levels.ts";
import { manylinuxHas, musllinuxHas } from "./linux-libraries.ts";
import { linuxFiles, promisedGlibc } from "./linux-rules.ts";
import type { WheelSubject } from "./wheel-subject.ts";
import {
  comesWithPython,
  isUniversalRuntime,
  isVisualRuntime,
  isWindowsLibrary,
} from "./windows-libraries.ts";

/**
 * Libraries that neither the wheel nor every promised system brings. One finding for each library, not for each file that
 * needs it, and it begins with the library's name: that is how users silence what they know to be there.
 */
export const neededRules: readonly WheelRule[] = [
  {
    id: "wheel/libraries",
    level: "warning",
    source:
      "a library that manylinux or musllinux does not promise must be in the wheel, or come with another package (PEP 600); musl systems bring no libstdc++ and no libgcc_s",
    find: (subject) => {
      const users = new Users();
      for (const { member, tags } of linuxFiles(subject)) {
        const { facts } = member;
        if (facts.static === true) continue;
        const glibc = promisedGlibc(tags)?.since ?? null;
        const musl = facts.libc === "musl" || glibc === null;
        if (!tags.some(({ libc }) => libc === (musl ? "musl" : "glibc"))) continue;
        for (const library of facts.needed.map(baseName)) {
          // A program may embed the interpreter that it is started with; modules find it loaded already.
          if (/^libpython3/.test(library) && facts.type === "executable") continue;
          const there = musl ? musllinuxHas(library) : manylinuxHas(library, glibc);
          if (!there) users.add(library, member);
        }
      }
      return users.absentFrom(subject, "a library that every promised system brings");
    },
  },
  {
    id: "wheel/dll",
    level: "warning",
    source: "a DLL that is neither of Windows nor in the wheel is on the builder's machine only",
    find: (subject) => {
      const users = new Users();
      for (const member of windowsFiles(subject)) {
        for (const library of member.facts.needed) {
          if (isWindowsLibrary(library) || isVisualRuntime(library)) continue;
          if (isUniversalRuntime(library) || comesWithPython(library, member.facts.type)) continue;
          users.add(library, member);
        }
      }
      return users.absentFrom(subject, "a DLL of Windows, or one in the wheel");
    },
  },
  {
    id: "wheel/vc-runtime",
    level: "warning",
    source:
      "a plain Windows has no Visual C++ runtime: programs end with 0xC0000135; a module finds vcruntime140.dll beside Python, but no msvcp140.dll",
    find: (subject) => {
      const users = new Users();
      for (const member of windowsFiles(subject)) {
        for (const library of member.facts.needed) {
          if (!isVisualRuntime(library) || isWindowsLibrary(library)) continue;
          if (comesWithPython(library, member.facts.type)) continue;
          users.add(library, member);
        }
      }
      return users.absentFrom(subject, "no runtime of Visual C++, or one in the wheel");
    },
  },
  {
    id: "wheel/universal-runtime",
    level: "note",
    source:
      "the universal C runtime is part of Windows from 10 on; a program for older ones links it statically",
    find: (subject) => {
      const users = windowsFiles(subject).filter(
        ({ facts }) => facts.type === "executable" && facts.needed.some(isUniversalRuntime),
      );
      return users.map(({ path }) => ({
        member: path,
        expected: "a program that no C runtime has to be installed for",
        found: "needs the universal C runtime (api-ms-win-crt)",
      }));
    },
  },
];

function windowsFiles({ natives }: WheelSubject): NativeFile[] {
  return natives.filter(({ facts }) => facts.os === "windows");
}

/** Which files need which library. */
class Users {
  readonly #users = new Map<string, NativeFile[]>();

  add(library: string, member: NativeFile): void {
    const users = this.#users.get(library);
    if (users === undefined) this.#users.set(library, [member]);
    else users.push(member);
  }

  absentFrom({ bundled }: WheelSubject, expected: string): PackageFinding[] {
    return [...this.#users]
      .filter(([library]) => !bundled.has(library.toLowerCase()))
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([library, users]) => {
        const others = users.length === 1 ? "" : ` and by ${users.length - 1} more`;
        const [first] = users;
        return {
          ...(first === undefined ? {} : { member: first.path }),
          expected,
          found: `${library}, needed by this file${others}, is not in the wheel`,
        };
      });
  }
}
