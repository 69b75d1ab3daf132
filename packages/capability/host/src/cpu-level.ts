/** The flags that each level adds, as Linux spells them. Level 1 is every 64-bit x86 processor. */
const levels: readonly (readonly [string, readonly string[]])[] = [
  ["x86-64-v2", ["cx16", "lahf_lm", "popcnt", "ssse3", "sse4_1", "sse4_2"]],
  ["x86-64-v3", ["avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "abm", "movbe", "xsave"]],
  ["x86-64-v4", ["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"]],
];

/** Features that Arm made mandatory with each version: atomic instructions with 8.1, the second vector extension with 9. */
const armLevels: readonly (readonly [string, readonly string[]])[] = [
  ["armv8.1-a", ["atomics", "asimdrdm"]],
  ["armv9.0-a", ["sve2"]],
];

/** The level of an x64 or arm64 processor from the start of `/proc/cpuinfo`; `null` when that shows neither. */
export function cpuLevel(cpuinfo: string): string | null {
  const flags = words(/^flags\s*:(.*)$/m.exec(cpuinfo)?.[1]);
  if (flags.has("lm")) return highest("x86-64-v1", levels, flags);
  const features = words(/^Features\s*:(.*)$/m.exec(cpuinfo)?.[1]);
  // Every 64-bit Arm processor has it, and 32-bit kernels call it otherwise.
  return features.has("asimd") ? highest("armv8.0-a", armLevels, features) : null;
}

function highest(first: string, steps: typeof levels, flags: ReadonlySet<string>): string {
  let reached = first;
  for (const [level, needed] of steps) {
    if (!needed.every((flag) => flags.has(flag))) break;
    reached = level;
  }
  return reached;
}

function words(line: string | undefined): ReadonlySet<string> {
  return new Set((line ?? "").trim().split(/\s+/));
}
