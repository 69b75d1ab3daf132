import { createHash, randomBytes } from "node:crypto";
import { readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { errorCode } from "./errors.ts";

/**
 * What a hidden sibling is: `part` a file being written, `new` a folder being filled, `old` a folder that was replaced
 * and is being removed.
 */
export type HiddenKind = "part" | "new" | "old";

/** Who made a hidden sibling, read from its name. */
export interface HiddenName {
  readonly host: string;
  readonly process: number;
}

const pattern = /^\.multiarch-(?:part|new|old)-([0-9a-f]{8})-([1-9][0-9]{0,8})-[0-9a-f]{16}$/;

/**
 * A name next to `path`, on its file system, that nothing else has. It says which process of which machine made it, so
 * that a later run can tell a leftover from the work of a neighbour.
 */
export function hiddenSibling(path: string, kind: HiddenKind): string {
  const random = randomBytes(8).toString("hex");
  return join(dirname(path), `.multiarch-${kind}-${hostMark()}-${process.pid}-${random}`);
}

/** The maker of a hidden sibling; `null` for any other name. */
export function parseHiddenName(name: string): HiddenName | null {
  const [, host, maker] = pattern.exec(name) ?? [];
  return host === undefined || maker === undefined ? null : { host, process: Number(maker) };
}

/**
 * A mark of this machine, or rather of the place in which its process numbers mean something. Containers can share the
 * host's name (act starts them on the host's network) and a folder, but each counts its processes from 1.
 * Hashed, because host names may tell too much.
 */
export function hostMark(): string {
  const place = `${hostname()}\n${processNamespace()}`;
  return createHash("sha256").update(place).digest("hex").slice(0, 8);
}

/** Linux names it `pid:[4026531836]`; other systems, and kernels that hide it, have one for all. */
function processNamespace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return "";
  }
}
