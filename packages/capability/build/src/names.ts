import type { TargetRow } from "@multiarch/targets";

/** `tool.exe` on Windows, `tool.wasm` for WebAssembly, `tool` elsewhere. */
export function executableName(bin: string, { os, arch }: Pick<TargetRow, "os" | "arch">): string {
  if (os === "windows") return `${bin}.exe`;
  return arch === "wasm32" ? `${bin}.wasm` : bin;
}
