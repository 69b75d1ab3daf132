import type { BuilderName } from "@multiarch/contracts";
import type { Manner, Site } from "@multiarch/routing";
import type { Target } from "@multiarch/targets";
import { crossesWithoutLoss, forEveryPlatform, linkedByZig, representative } from "./place.ts";

/**
 * Whether and how a machine builds a target. What its labels do not tell is taken to be right: whoever names a machine of
 * their own knows it, and the build step looks again.
 * @param emulate an emulator runs the target's own tools there
 */
export function mannerOn(
  { place }: Site,
  target: Target,
  builder: BuilderName,
  glibc: string | null,
  emulate: boolean,
): Manner | { readonly cannot: string } {
  if (target.rows.length === 0) return { cpu: "native", tool: "host", why: forEveryPlatform };
  const row = representative(target, builder);
  const sameSystem = place.os === null || place.os === row.os;
  const own = sameSystem && (place.arch === null || place.arch === row.arch);
  if (crossesWithoutLoss(builder)) {
    const why = own
      ? `${builder} builds for the machine itself`
      : `${builder} crosses without loss`;
    return { cpu: "native", tool: own ? "host" : "cross", why };
  }
  if (builder === "cargo" && row.os === "linux") {
    if (place.os === "windows") return { cannot: "zig links for Linux from Linux and macOS only" };
    return { cpu: "native", tool: "cross", why: linkedByZig(glibc) };
  }
  if (!sameSystem) return { cannot: `${builder} needs a machine with ${row.os} for ${row.id}` };
  // Apple's and Microsoft's linkers know every processor of their own system.
  if (builder === "cargo")
    return { cpu: "native", tool: own ? "host" : "cross", why: "this system" };
  if (own) return { cpu: "native", tool: "host", why: "native" };
  if (!emulate) return { cannot: `it is a machine for ${place.arch ?? "another processor"}` };
  return { cpu: "emulated", tool: "host", why: "compiled under an emulator" };
}
