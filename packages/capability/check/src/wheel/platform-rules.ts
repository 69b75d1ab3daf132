import { targetDifferences } from "@multiarch/binary";
import type { Facts } from "@multiarch/contracts";
import type { PackageFinding } from "../package-rule.ts";
import { someOf, type WheelRule, when } from "./levels.ts";
import { missingSlices, thinFiles } from "./slices.ts";
import {
  archsOf,
  judgeable,
  promisedArchs,
  systemOf,
  tagsOf,
  type WheelSubject,
} from "./wheel-subject.ts";

/** Whether the native files are for the systems and processors that the tags promise. */
export const platformRules: readonly WheelRule[] = [
  {
    id: "wheel/os",
    level: "error",
    source:
      "installers pick a wheel by its tags and never look inside; another system loads nothing",
    find: (subject) => {
      const systems = [...new Set(subject.tags.map(({ os }) => os))];
      if (!judgeable(subject)) return [];
      return subject.natives
        .filter(({ facts }) => !systems.some((os) => os === systemOf(facts)))
        .map(({ path, facts }) => ({
          member: path,
          expected: `for ${systems.join(" or ")}, as the tags say`,
          found: `for ${systemOf(facts) ?? "no system that is known"} (${facts.format})`,
        }));
    },
  },
  {
    id: "wheel/arch",
    level: "error",
    source:
      "a published arm64 wheel held an x64 program, a 32-bit one an x64 library: they run by emulation or not at all",
    find: (subject) =>
      judgeable(subject) ? [...foreignArchs(subject), ...foreignSnapshots(subject)] : [],
  },
  {
    id: "wheel/slice",
    level: "error",
    source:
      "universal2 and intel promise two processors: by one fat file or by several thin ones, but both must be there",
    find: missingSlices,
  },
  {
    id: "wheel/thin",
    level: "warning",
    source:
      "in a wheel for two processors a file for only one of them cannot be loaded on the other; fine where the program chooses",
    find: thinFiles,
  },
  {
    id: "wheel/simulator",
    level: "error",
    source: "a library for the iOS simulator is refused on a device, and the other way round",
    find: ({ tags, natives }) => {
      const kinds = new Set(tags.filter(({ os }) => os === "ios").map((tag) => tag.simulator));
      if (kinds.size !== 1) return [];
      const simulator = kinds.has(true);
      return natives
        .filter(({ facts }) =>
          facts.slices.some(({ platform }) => platform === (simulator ? "ios" : "iossimulator")),
        )
        .map(({ path }) => ({
          member: path,
          expected: simulator ? "for the simulator" : "for devices",
          found: simulator ? "for devices" : "for the simulator",
        }));
    },
  },
  {
    id: "wheel/empty",
    level: "warning",
    source: "a wheel for one platform without a native file was published without what it is for",
    find: ({ contents, tags, anywhere }) => {
      const native = contents.members.some((member) => member.facts ?? member.damage);
      return when(tags.length > 0 && !anywhere && !native, {
        expected: `a native file for ${someOf(tags.map(({ tag }) => tag))}`,
        found: "none",
      });
    },
  },
  {
    id: "wheel/any",
    level: "warning",
    source:
      "a wheel for any platform is installed everywhere: what only one can load is right only if the program chooses",
    find: ({ anywhere, natives }) =>
      when(anywhere && natives.length > 0, {
        expected: "no native file, or one for every platform",
        found: someOf(natives.map(({ path }) => path)),
      }),
  },
  {
    id: "wheel/purelib",
    level: "warning",
    source:
      "Root-Is-Purelib: true puts native files where systems keep what all processors share; many published wheels do",
    find: ({ wheel, natives }) => {
      const pure = /^true$/i.test(wheel?.get("root-is-purelib")?.[0] ?? "");
      return when(pure && natives.length > 0, {
        expected: "Root-Is-Purelib: false",
        found: `true, with ${someOf(natives.map(({ path }) => path))}`,
      });
    },
  },
  {
    id: "wheel/data-purelib",
    level: "warning",
    source: "the folder .data/purelib is for files without native code; auditwheel refuses it",
    find: ({ natives }) => {
      const inside = natives.filter(({ path }) => /^[^/]+\.data\/purelib\//.test(path));
      return when(inside.length > 0, {
        expected: "native files in .data/platlib, or outside .data",
        found: someOf(inside.map(({ path }) => path)),
      });
    },
  },
  {
    id: "wheel/damaged",
    level: "warning",
    source:
      "a file that begins as a native one and cannot be read as such: no system would load it",
    find: ({ contents }) =>
      contents.members.flatMap(({ path, damage }) =>
        damage === null
          ? []
          : [{ member: path, expected: "a readable native file", found: damage.text }],
      ),
  },
];

function foreignArchs(subject: WheelSubject): PackageFinding[] {
  return subject.natives.flatMap(({ path, facts }) => {
    const wanted = promisedArchs(subject, systemOf(facts));
    if (wanted.length === 0) return [];
    const found = archsOf(facts).join(" and ") || "a processor that is not known";
    const foreign = tagsOf(subject, facts).length === 0;
    const loader = foreign ? null : strangeLoader(facts);
    if (!foreign && loader === null) return [];
    const expected = `for ${wanted.join(" or ")}, as the tags say`;
    return [{ member: path, expected, found: `for ${found}${loader ?? ""}` }];
  });
}

/** A program whose header and loader name two processors starts on neither. */
function strangeLoader({ os, arch, ...facts }: Facts): string | null {
  if (os === null || arch === null || facts.format !== "elf") return null;
  const same = { os, arch, armVersion: null, libc: null };
  const differences = targetDifferences({ ...facts, os, arch }, same);
  const found = differences.find(({ of }) => of === "arch")?.found;
  return found === undefined ? null : `, with ${found}`;
}

function foreignSnapshots(subject: WheelSubject): PackageFinding[] {
  const wanted = new Set(subject.tags.flatMap(({ archs }) => archs));
  return subject.compiled
    .filter(({ path }) => !subject.natives.some((file) => file.path === path))
    .filter(({ facts }) => !archsOf(facts).some((arch) => wanted.has(arch)))
    .map(({ path, facts }) => ({
      member: path,
      expected: `for ${[...wanted].join(" or ")}, as the tags say`,
      found: `for ${archsOf(facts).join(" and ")}`,
    }));
}
