/** A Go version that can be compared; the order is that of the go command itself: 1.21 < 1.21rc1 < 1.21.0 < 1.21.1. */
export interface GoVersion {
  /** As Go writes it, without `go`: `1.26.7`, `1.27rc1`, `1.25`. */
  readonly text: string;
  /** `1.26` */
  readonly minor: string;
  /** What is compared, place by place. */
  readonly order: readonly [major: number, minor: number, stage: number, number: number];
}

const stages = { language: 0, beta: 1, rc: 2, release: 3 };

/**
 * Reads the version of a `go` or `toolchain` line, of GOVERSION, or of `go version`: `1.25`, `go1.25.3`, `toolchain go1.25.3-vendor`,
 * `go1.26.8 X:nodwarf5`. Null for anything else, development versions (`devel go1.28-abc`) included.
 */
export function parseGoVersion(text: string): GoVersion | null {
  const match =
    /^(?:(?:toolchain|go) +)?(?:go)?(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4})|(beta|rc)(\d{1,4}))?(?:[-+ ].*)?$/.exec(
      text.trim(),
    );
  if (match === null) return null;
  const [, majorText = "", minorText = "", patch, stage, stageNumber] = match;
  const [major, minor] = [Number(majorText), Number(minorText)];
  const order = ((): GoVersion["order"] => {
    if (patch !== undefined) return [major, minor, stages.release, Number(patch)];
    if (stage === "beta" || stage === "rc") {
      return [major, minor, stages[stage], Number(stageNumber)];
    }
    // Up to 1.20 the first release of a minor version had no patch number.
    return [major, minor, major === 1 && minor < 21 ? stages.release : stages.language, 0];
  })();
  const rest = patch === undefined ? `${stage ?? ""}${stageNumber ?? ""}` : `.${patch}`;
  return { text: `${major}.${minor}${rest}`, minor: `${major}.${minor}`, order };
}

/** Negative when `left` is older. */
export function compareGoVersions(left: GoVersion, right: GoVersion): number {
  for (const [at, value] of left.order.entries()) {
    const difference = value - (right.order[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
