import { platformWords } from "@multiarch/check";
import type { Facts } from "@multiarch/contracts";
import { type FoundNative, type Place, shown } from "./found.ts";

/**
 * Names that say another platform than the bytes: one sentence for each file, naming both. The bytes count; but whoever gave
 * the name may have mixed files up.
 */
export function contradictions(natives: readonly FoundNative[]): string[] {
  return natives.flatMap(({ places, facts }) => {
    const found = places.flatMap((place) => {
      const name = misnamed(place, facts);
      return name === null ? [] : [{ place, name }];
    });
    const [first] = found;
    if (first === undefined) return [];
    const whole = shown(first.place);
    const where = first.name === whole ? whole : `${whole} (in ${first.name})`;
    return [
      `${where} is called for another platform than it is for: its bytes say ${platform(facts)}`,
    ];
  });
}

/** The nearest name around a file that says another platform. */
function misnamed(place: Place, facts: Facts): string | null {
  const parts = place.flatMap((name) => name.split("/")).reverse();
  return parts.find((part) => contradicts(part, facts)) ?? null;
}

/** Without the word for a system, words of processors are no label: plenty of tools are called so. */
function contradicts(part: string, facts: Facts): boolean {
  const { systems, archs, libcs } = platformWords(part);
  if (systems.size === 0 || facts.os === null) return false;
  if (!systems.has(facts.os)) return true;
  const made = facts.slices.length > 0 ? facts.slices.map(({ arch }) => arch) : [facts.arch];
  // Where there is no other Arm, people leave the 64 out.
  const spelt = made.flatMap((arch) =>
    arch === "arm64" && facts.os !== "linux" ? ["arm64", "arm"] : [arch ?? ""],
  );
  if (archs.size > 0 && !spelt.some((arch) => archs.has(arch))) return true;
  const [libc, another] = libcs;
  if (facts.os !== "linux" || libc === undefined || another !== undefined) return false;
  return facts.libc !== null && facts.libc !== libc;
}

/** `linux arm64 glibc` */
export function platform({ os, arch, slices, libc, format }: Facts): string {
  const archs = slices.length > 1 ? slices.map((slice) => slice.arch).join(" and ") : arch;
  return [os ?? format, archs, os === "linux" ? libc : null].filter(Boolean).join(" ");
}
