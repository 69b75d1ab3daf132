/**
 * From here on emulators are known to be good: QEMU 10.0 packed the same file with gzip in 16.5 s where 7.2 took 93.5 s, and 7.2 and 8
 * crash on some guests. An older one is used when there is no other, with a warning.
 */
export const knownGood = "10.0";

/** Below zero when `left` is older. */
export function compareVersions(left: string, right: string): number {
  const [mine, other] = [left, right].map((version) => version.split(".").map(Number));
  for (let place = 0; place < 3; place++) {
    const difference = (mine?.[place] ?? 0) - (other?.[place] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether a version is one that was asked for: `10` and `10.0` mean any of that line. `v` in front is allowed. */
export function fitsVersion(version: string, wanted: string | null): boolean {
  if (wanted === null) return true;
  const asked = wanted.replace(/^(?:qemu-)?v/, "");
  return version === asked || version.startsWith(`${asked}.`);
}
