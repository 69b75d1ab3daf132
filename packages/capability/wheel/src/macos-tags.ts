import type { Facts, MachoSlice } from "@multiarch/contracts";
import type { WheelTags } from "./types.ts";

/** From macOS 11 on the package index accepts only these versions, and only their minor version 0. */
const acceptedMajors = [11, 12, 13, 14, 15, 26] as const;

/** arm64 Macs began with macOS 11: their installers look for no older tag. */
const firstArm = "11_0";

/**
 * Tags of macOS executables from the minimum version in each part. A minimum that no tag can express is rounded up,
 * never down: a tag must not promise a system on which the program does not start.
 */
export function macosTags(all: readonly Facts[]): WheelTags {
  const slices = all.map((facts) => facts.slices);
  const sets = new Set(
    slices.map((list) =>
      list
        .map(({ arch }) => arch)
        .sort()
        .join(" and "),
    ),
  );
  const [processors] = sets;
  if (sets.size !== 1) {
    return { none: `its files are for different processors: ${[...sets].join("; ")}` };
  }
  const parts = slices.flat();
  const versions: Record<string, string> = {};
  for (const arch of new Set(parts.map((part) => part.arch))) {
    const version = highestVersion(parts.filter((part) => part.arch === arch));
    if ("none" in version) return version;
    versions[arch] = version.tag;
  }
  const { x64: intel, arm64: arm } = versions;
  switch (processors) {
    case "x64":
      return { tags: [`macosx_${intel}_x86_64`] };
    case "arm64":
      return { tags: [`macosx_${arm}_arm64`] };
    case "arm64 and x64": {
      const tags = [`macosx_${intel}_x86_64`, `macosx_${arm}_arm64`];
      // Installers on both processors accept it, so it may only say what holds for both.
      if (arm === firstArm) tags.push(`macosx_${intel}_universal2`);
      return { tags: tags.sort() };
    }
    default:
      return { none: `the package index accepts no macOS tag for ${processors}` };
  }
}

function highestVersion(
  parts: readonly MachoSlice[],
): { readonly tag: string } | { readonly none: string } {
  let highest = 0;
  for (const { arch, minos } of parts) {
    if (minos === null) return { none: `its ${arch} part does not say which macOS it needs` };
    const [major = 0, minor = 0] = minos.split(".").map(Number);
    highest = Math.max(highest, arch === "arm64" ? 1100 : 0, major * 100 + minor);
  }
  if (highest < 1100) return { tag: `10_${highest % 100}` };
  const least = Math.ceil(highest / 100);
  const major = acceptedMajors.find((accepted) => accepted >= least);
  if (major === undefined)
    return { none: `the package index accepts no tag for macOS ${least} yet` };
  return { tag: `${major}_0` };
}
