import { InternalError } from "@multiarch/diagnostics";
import type {
  CargoTools,
  DescribedTools,
  Environment,
  FoundGo,
  FoundZigbuild,
  GoRequest,
  ToolRequest,
} from "./types.ts";

export type { GoRelease, GoTable } from "./go/table.ts";
export type * from "./types.ts";

const soon = (): never => {
  throw new InternalError("not written yet");
};
export async function findGo(_request: GoRequest): Promise<FoundGo> {
  return soon();
}
export async function findZigbuild(_request: ToolRequest): Promise<FoundZigbuild> {
  return soon();
}
export async function cargoTools(_request: { env: Environment; cwd: string }): Promise<CargoTools> {
  return soon();
}
export async function describeTools(_env: Environment): Promise<DescribedTools> {
  return soon();
}
export function defaultToolCache(_env: Environment): string {
  return soon();
}
