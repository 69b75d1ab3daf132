import { compareDotted } from "@multiarch/binary";
import type { Made } from "./context.ts";
import { glibcThatExists, lacksSignature } from "./native/needs.ts";
import { isExtraRuntime } from "./native/runtimes.ts";
import type { Rule } from "./rule.ts";

/** Whether the file starts on a system as old and as bare as was promised. */
export const systemRules: readonly Rule[] = [
  {
    id: "made/glibc-floor",
    level: "error",
    source:
      "a build on a new system needs its glibc (`version GLIBC_2.39 not found` on older ones); PEP 600 puts the need into wheel tags",
    find: (made) => {
      const { glibcMin } = made.facts;
      const floor = glibcFloor(made);
      if (glibcMin === null || floor === null || compareDotted(glibcMin, floor) <= 0) return [];
      return [
        {
          expected: `at most glibc ${floor}; set glibc for this target to allow a newer one`,
          found: `glibc ${glibcMin} is needed`,
        },
      ];
    },
  },
  {
    id: "made/minos",
    level: "error",
    source: "dyld refuses a program that names a newer macOS than the one it is started on",
    find: ({ facts, platformFloor }) => {
      if (platformFloor == null) return [];
      return facts.slices
        .filter(({ arch, minos }) => tooNew(minos, oldestFor(arch, platformFloor)))
        .map(({ arch, minos }) => ({
          expected: `starts on macOS ${oldestFor(arch, platformFloor)} (${arch})`,
          found: `needs macOS ${minos}`,
        }));
    },
  },
  {
    id: "made/signature",
    level: "error",
    source: "the macOS kernel kills arm64 programs without a signature; an ad-hoc one is enough",
    find: ({ facts }) => {
      const bare = lacksSignature(facts);
      return bare ? [{ expected: "a signed arm64 file", found: "no signature" }] : [];
    },
  },
  {
    id: "made/crt",
    level: "warning",
    source: "a plain Windows has none of these: the program ends with 0xC0000135 before it starts",
    find: ({ facts, file }) => {
      if (facts.os !== "windows") return [];
      const lacking = facts.needed.filter(isExtraRuntime);
      if (lacking.length === 0) return [];
      const who = file.kind === "executable" ? "a program" : "a library";
      return [
        { expected: `${who} that a plain Windows can load`, found: `needs ${lacking.join(", ")}` },
      ];
    },
  },
  {
    id: "made/mode",
    level: "error",
    source:
      "npm, pip and tar install the mode that the package holds: 0644 means `Permission denied`",
    find: ({ file, facts }) => {
      const runs = file.kind === "executable" && facts.os !== "windows" && facts.format !== "wasm";
      const everyone = 0o111;
      if (!runs || (Number.parseInt(file.mode, 8) & everyone) === everyone) return [];
      return [{ expected: "mode 0755", found: `mode ${file.mode}` }];
    },
  },
];

function glibcFloor({ row, exact, facts }: Made): string | null {
  const asked = row.glibc ?? exact?.glibcFloor ?? null;
  return asked === null ? null : glibcThatExists(asked, facts.arch);
}

/** No arm64 Mac has anything older than 11.0. */
function oldestFor(arch: string, floor: string): string {
  return arch === "arm64" && compareDotted(floor, "11.0") < 0 ? "11.0" : floor;
}

function tooNew(minos: string | null, floor: string): boolean {
  return minos !== null && compareDotted(minos, floor) > 0;
}
