/** One wheel of the Python package index. */
export interface PinnedWheel {
  readonly version: string;
  /** Of the wheel, 64 hex digits. */
  readonly sha256: string;
}

export interface ZigbuildPins {
  readonly zigbuild: PinnedWheel;
  readonly zig: PinnedWheel;
  /** Platform tags that pip is told to accept; empty: those of its own machine. */
  readonly platforms: readonly string[];
}

/** By machine: `linux-x64`. */
export type ZigbuildTable = Readonly<Record<string, ZigbuildPins>>;
