/** The flags that each level adds, as Linux spells them. Level 1 is every 64-bit x86 processor. */
const levels: readonly (readonly [string, readonly string[]])[] = [
  ["x86-64-v2", ["cx16", "lahf_lm", "popcnt", "ssse3", "sse4_1", "sse4_2"]],
  ["x86-64-v3", ["avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "abm", "movbe", "xsave"]],
  ["x86-64-v4", ["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"]],
];

/** The level of an x64 processor from the start of `/proc/cpuinfo`; `null` when that shows no x64 processor. */
export function cpuLevel(cpuinfo: string): string | null {
  const line = /^flags\s*:(.*)$/m.exec(cpuinfo)?.[1];
  if (line === undefined) return null;
  const flags = new Set(line.trim().split(/\s+/));
  if (!flags.has("lm")) return null;
  let reached = "x86-64-v1";
  for (const [level, needed] of levels) {
    if (!needed.every((flag) => flags.has(flag))) break;
    reached = level;
  }
  return reached;
}
