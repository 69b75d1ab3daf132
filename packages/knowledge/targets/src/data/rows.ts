import type { TargetRow } from "../types.ts";
import { desktopRows } from "./desktop.ts";
import { linuxRows } from "./linux.ts";
import { otherRows } from "./others.ts";

/** Every exact target. */
export const rows: readonly TargetRow[] = [...linuxRows, ...desktopRows, ...otherRows];
