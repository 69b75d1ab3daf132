import { parseTarget, rows, type TargetRow } from "@multiarch/targets";
import type { NpmPlace, NpmSettings, PackagedBinary } from "./types.ts";

type Style = NpmSettings["names"];

/**
 * How the name of a platform package ends, in the spelling of one project or another; `null` where that project has no
 * spelling for the platform. Read off the names that they publish.
 *
 * - `node`: `linux-x64-gnu`, `linux-x64` for what is bound to no libc, `win32-x64`: Node's own words, and the libc.
 * - `napi`: with the ABI everywhere, `win32-x64-msvc`, `linux-arm-gnueabihf`; a static file is called as musl is, which is
 *   what it is linked with.
 * - `esbuild`: Node's words alone, `linux-x64`.
 * - `biome`: as `node`, but only musl is told: `linux-x64`, `linux-x64-musl`.
 */
export function platformSuffix(
  style: Style,
  { os, cpu, libc }: NpmPlace,
  binary: Pick<PackagedBinary, "facts" | "target">,
): string | null {
  const [only, second] = cpu;
  const universal = second !== undefined;
  if (style === "napi") return napiSuffix(libc, binary);
  if (universal || only === undefined) return style === "node" ? `${os}-universal` : null;
  const base = `${os}-${only}`;
  if (libc === null || style === "esbuild") return base;
  if (libc === "musl") return `${base}-musl`;
  return style === "node" ? `${base}-gnu` : base;
}

/** The row of the table says it: what was asked for, where the bytes fit it, else the first that they fit. */
function napiSuffix(
  libc: NpmPlace["libc"],
  { facts, target }: Pick<PackagedBinary, "facts" | "target">,
): string | null {
  const universal = facts.format === "macho" && facts.slices.length > 1;
  const arch = universal ? "universal" : facts.arch === "arm64ec" ? "arm64" : facts.arch;
  const fits = (row: TargetRow): boolean =>
    row.os === facts.os &&
    row.arch === arch &&
    (row.os !== "linux" || row.libc === (libc ?? "musl")) &&
    (row.armVersion === null || facts.armVersion === null || row.armVersion === facts.armVersion);
  const row = parseTarget(target).rows.find(fits) ?? rows.find(fits);
  return row?.napi ?? null;
}

/** Whether a style has a word for what is built for a row of the table. */
export function namesRow(style: Style, { napi, arch }: TargetRow): boolean {
  if (style === "napi") return napi !== null;
  return style === "node" || arch !== "universal";
}

/** For messages: whose spelling it is. */
export const styleOwners: Readonly<Record<Style, string>> = {
  node: "Node",
  napi: "napi-rs",
  esbuild: "esbuild",
  biome: "biome",
};
