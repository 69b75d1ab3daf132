import { UserError } from "@multiarch/diagnostics";
import { emulatorWord, provableArchitectures } from "@multiarch/host";
import { parseTarget, programPattern, readings, rows, type TargetRow } from "@multiarch/targets";
import type { Guest } from "./types.ts";

/** Every processor of Linux that QEMU runs programs for and that we can prove it for. */
export const guests: readonly Guest[] = [...new Set(rows.map(({ qemu }) => qemu))].flatMap(
  (qemu) => {
    const served = rows.filter((row) => row.os === "linux" && row.qemu === qemu);
    const [first] = served;
    const pattern = qemu === null ? null : programPattern(qemu);
    if (qemu === null || first === undefined || pattern === null) return [];
    if (!provableArchitectures.includes(first.arch)) return [];
    const word = emulatorWord(qemu);
    const platforms = [...new Set(served.flatMap(({ docker }) => docker ?? []))];
    return [{ arch: first.arch, qemu, word, entry: `multiarch-${word}`, platforms, ...pattern }];
  },
);

/** Big-endian PowerPC and 32-bit MIPS are emulated for those who name them: `all` means what images are made for. */
const onlyWhenNamed = ["ppc64", "mipsel"];

/** Images for a level of x86 are x86 images. */
const levels = /^((?:linux\/)?(?:amd64|x86_64))\/v[1-4]$/;

/**
 * The processors of a list of platforms in any spelling, each once, in the order of the table. `all` is every one that images are made for.
 * A name with several meanings is accepted where all of them have one emulator (`arm`, `armhf`).
 * @throws UserError MA101 unknown, MA102 ambiguous, MA450 not a platform of Linux.
 */
export function parsePlatforms(platforms: readonly string[]): readonly Guest[] {
  const named = new Set(
    platforms
      .map((text) => text.trim())
      .flatMap((text) =>
        text.toLowerCase() === "all"
          ? guests.filter(({ arch }) => !onlyWhenNamed.includes(arch))
          : [parsePlatform(text)],
      ),
  );
  if (named.size === 0) {
    throw new UserError("MA450", { what: "no platform is named", where: "platforms" });
  }
  return guests.filter((guest) => named.has(guest));
}

function parsePlatform(text: string): Guest {
  const plain = levels.exec(text)?.[1] ?? text;
  const found = new Set(meanings(plain).map(({ qemu }) => qemu));
  const guest = guests.find(({ qemu }) => found.has(qemu));
  if (found.size === 1 && guest !== undefined) return guest;
  throw new UserError("MA450", {
    what: `${JSON.stringify(text)} is not a platform that can be emulated`,
    expected: `one of ${guests.flatMap((one) => one.platforms).join(", ")}`,
    where: "platforms",
  });
}

/** The exact targets of Linux that a name can mean. */
function meanings(text: string): readonly TargetRow[] {
  try {
    return parseTarget(text).rows.filter(({ os }) => os === "linux");
  } catch (error) {
    if (!(error instanceof UserError) || error.id !== "MA102") throw error;
    const ids = new Set(readings(text).map(({ id }) => id));
    const possible = rows.filter(({ id, os }) => os === "linux" && ids.has(id));
    // What has one emulator in every reading needs no decision.
    if (new Set(possible.map(({ qemu }) => qemu)).size === 1 && !bothOrders(text)) return possible;
    throw error;
  }
}

/** `mips64` is what uname prints on either byte order, and the table has only one of them. */
function bothOrders(text: string): boolean {
  return /mips|x86$/i.test(text);
}
