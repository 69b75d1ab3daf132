import { InternalError } from "@multiarch/diagnostics";
import type { FoundZigbuild, ToolRequest } from "./types.ts";

export async function findZigbuild(_request: ToolRequest): Promise<FoundZigbuild> {
  throw new InternalError("not written yet");
}
