import { UserError } from "@multiarch/diagnostics";
import { npmPlatform } from "./platform.ts";
import type { NpmPlace, PackagedBinary } from "./types.ts";

type CommonPlace = NpmPlace | { readonly none: string };

/**
 * All files of one target go into one package, so they must agree on where it may be installed.
 * @throws UserError MA805
 */
export function commonPlace(target: string, binaries: readonly PackagedBinary[]): CommonPlace {
  let common: CommonPlace | undefined;
  for (const binary of binaries) {
    const own = npmPlatform(binary);
    if ("unclear" in own) {
      const fix =
        binary.kind === "addon"
          ? "ask for an exact target, such as linux-x64-gnu: then the libc is known from it"
          : "build it as an executable whose libc and processor can be read from its header";
      throw new UserError("MA805", {
        what: `npm cannot be told where ${binary.bin} of ${target} runs: ${own.unclear}`,
        fix,
      });
    }
    common = common === undefined ? own : narrower(target, common, own);
  }
  return common ?? { none: "nothing was built for it" };
}

/** What is bound to no libc may lie beside what is; then the package is bound too. */
function narrower(target: string, left: CommonPlace, right: CommonPlace): CommonPlace {
  if ("none" in left && "none" in right) return left;
  const agree =
    !("none" in left) &&
    !("none" in right) &&
    left.os === right.os &&
    left.cpu.join() === right.cpu.join() &&
    (left.libc === right.libc || left.libc === null || right.libc === null);
  if (agree) return left.libc === null ? right : left;
  throw new UserError("MA805", {
    what: `the files of ${target} were built for different platforms`,
    expected: "one platform",
    found: `${shown(left)} and ${shown(right)}`,
  });
}

/**
 * Holds the files of one target against what each target must have.
 * @throws UserError MA805
 */
export function checkComplete(
  target: string,
  own: readonly PackagedBinary[],
  bins: readonly string[],
  addon: string | null,
): { readonly executables: readonly PackagedBinary[]; readonly addon: PackagedBinary | null } {
  const executables = own
    .filter(({ kind }) => kind === "executable")
    .sort((left, right) => (left.bin < right.bin ? -1 : 1));
  const addons = own.filter(({ kind }) => kind === "addon");
  const found = [...executables, ...addons].map(described);
  const expected = [...bins, ...(addon === null ? [] : [`${addon}.node`])];
  if (found.join() !== expected.join()) {
    throw new UserError("MA805", {
      what: `target ${target} does not have each file of the package once`,
      expected: expected.join(", "),
      found: found.join(", "),
    });
  }
  return { executables, addon: addons[0] ?? null };
}

function described({ kind, bin }: PackagedBinary): string {
  return kind === "addon" ? `${bin}.node` : bin;
}

function shown(place: CommonPlace): string {
  if ("none" in place) return place.none;
  const { os, cpu, libc } = place;
  return [os, cpu.join("+"), ...(libc === null ? [] : [libc])].join("-");
}
