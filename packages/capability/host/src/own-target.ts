import { UserError } from "@multiarch/diagnostics";
import type { HostFacts } from "./types.ts";

/**
 * The target that is meant when nobody names one: this machine's, without an ABI, so that each builder makes what it makes best.
 * @throws UserError MA021 when the machine is no known target
 */
export function ownTarget({ os, arch, armVersion, target }: HostFacts): string {
  if (target === null) {
    throw new UserError("MA021", {
      what: "this machine is no known target",
      found: `${os} on ${arch}`,
    });
  }
  return `${os}-${arch}${armVersion === null ? "" : `v${armVersion}`}`;
}
