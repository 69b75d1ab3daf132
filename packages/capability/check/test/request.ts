import type { MadeRequest } from "@multiarch/check";
import type { BuilderName, Facts, FileKind } from "@multiarch/contracts";
import { parseTarget } from "@multiarch/targets";

/** What differs from a program for linux-x64 made by a command. */
export interface Case {
  target?: string;
  glibc?: string | null;
  builder?: BuilderName;
  kind?: FileKind;
  mode?: string;
  platformFloor?: string;
}

export function request(facts: Facts | null, given: Case): MadeRequest {
  const { target = "linux-x64", glibc = null, builder = "command", kind = "executable" } = given;
  return {
    row: { target, glibc, builder },
    target: parseTarget(target),
    file: { path: "files/tool/tool", kind, mode: given.mode ?? "0755", facts },
    platformFloor: given.platformFloor ?? null,
  };
}
