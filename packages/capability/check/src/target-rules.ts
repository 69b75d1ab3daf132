import type { Difference } from "@multiarch/binary";
import type { Made } from "./context.ts";
import { kindName } from "./phrases.ts";
import type { Finding, Rule } from "./rule.ts";

const differing =
  (of: Difference["of"]) =>
  ({ differences }: Made): readonly Finding[] =>
    differences.filter((difference) => difference.of === of);

/** Builders whose short Linux targets promise one file for every Linux. */
const staticBuilders: ReadonlySet<string> = new Set(["go", "zig", "cargo", "bun"]);

/** Whether the file is for the asked platform at all. */
export const targetRules: readonly Rule[] = [
  {
    id: "made/os",
    level: "error",
    source:
      "published darwin packages have held Linux programs: npm and pip install by label and never look inside",
    find: (made) => (made.exact === null ? foreignInAny(made) : differing("os")(made)),
  },
  {
    id: "made/arch",
    level: "error",
    source: "published arm64 packages have held x64 programs (`Exec format error` for every user)",
    find: differing("arch"),
  },
  {
    id: "made/libc",
    level: "error",
    source: "a program of another libc fails with `not found`: its loader does not exist there",
    find: differing("libc"),
  },
  {
    id: "made/arm-version",
    level: "error",
    source: "instructions of a newer ARM version end the program on older processors (SIGILL)",
    find: differing("ARM version"),
  },
  {
    id: "made/float",
    level: "error",
    source: "a hard-float loader takes no soft-float file, and the other way round (ARM ELF ABI)",
    find: differing("float ABI"),
  },
  {
    id: "made/static",
    level: "error",
    source:
      "a short Linux target (linux-x64) of go and cargo is one file for every libc, labelled so",
    find: ({ target, row, file, facts, differences }) => {
      const promised =
        target.short &&
        target.os === "linux" &&
        staticBuilders.has(row.builder) &&
        file.kind === "executable";
      if (!promised || differences.length > 0 || facts.static === true) return [];
      return [{ expected: "a static program, which serves every libc", found: boundTo(facts) }];
    },
  },
  {
    id: "made/kind",
    level: "error",
    source: "a library cannot be started, and a program cannot be loaded",
    find: ({ file, facts }) => {
      const wanted = file.kind === "executable" ? "executable" : "library";
      if (facts.type === null || facts.type === wanted) return [];
      return [{ expected: kindName(wanted), found: kindName(facts.type) }];
    },
  },
];

/** WebAssembly runs everywhere; any other native file binds what claims to fit everywhere to one platform. */
function foreignInAny({ facts }: Made): readonly Finding[] {
  if (facts.format === "wasm") return [];
  const platform = [facts.os, facts.arch].filter((word) => word !== null).join(" ");
  return [{ expected: "nothing that is bound to a platform", found: `a ${platform} file` }];
}

function boundTo({ interp, needed }: Made["facts"]): string {
  const names = interp === null ? needed : [interp, ...needed];
  return names.length === 0 ? "a file that is not static" : `one that needs ${names.join(", ")}`;
}
