import type { ForeignRequest, MergedForeign } from "./merge-foreign.ts";

/** As `mergeForeign` in merge-foreign.ts, whose code is loaded when it is called: most who import this room only merge legs. */
export async function mergeForeign(request: ForeignRequest): Promise<MergedForeign> {
  const room = await import("./merge-foreign.ts");
  return room.mergeForeign(request);
}
