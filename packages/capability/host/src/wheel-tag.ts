import type { TargetRow } from "@multiarch/targets";

/**
 * The newest platform tag that this machine takes: a tag of wheels names the oldest system that will do. musl is 1.2
 * wherever a Node that we run on exists. `null` where PyPI knows no tag, or the system's version is unknown.
 */
export function wheelTag(
  row: TargetRow,
  known: { glibcVersion: string | null; release: string },
): string | null {
  const [usual] = row.wheelTags;
  if (usual === undefined) return null;
  if (row.libc === "glibc") {
    if (known.glibcVersion === null) return null;
    const processor = usual.replace(/^manylinux(?:2014|_\d+_\d+)_/, "");
    return `manylinux_${known.glibcVersion.replaceAll(".", "_")}_${processor}`;
  }
  if (row.os !== "darwin") return usual;
  const version = macVersion(known.release);
  return version === null ? null : usual.replace(/^macosx_\d+_\d+_/, `macosx_${version}_0_`);
}

/** The kernel's version runs ahead of the system's by 9 up to macOS 15 and behind it by 1 from 26 on. */
function macVersion(release: string): number | null {
  const kernel = Number(release.split(".")[0]);
  if (!(kernel >= 20)) return null;
  return kernel >= 25 ? kernel + 1 : kernel - 9;
}
