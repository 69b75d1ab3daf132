import { ByteWriter } from "./bytes.ts";

export interface WasmPlan {
  /** Functions, as module and name. */
  imports?: [module: string, name: string][];
  exports?: string[];
}

export function writeWasm(plan: WasmPlan = {}): Uint8Array {
  const file = new ByteWriter().text("\0asm").u32(1);
  const section = (id: number, content: Uint8Array): void => {
    file.u8(id).bytes(leb(content.length)).bytes(content);
  };
  section(0, new ByteWriter().bytes(text("producers")).done());
  if (plan.imports) {
    const entries = new ByteWriter().bytes(leb(plan.imports.length));
    for (const [module, name] of plan.imports) {
      entries.bytes(text(module)).bytes(text(name)).u8(0, 0);
    }
    section(2, entries.done());
  }
  if (plan.exports) {
    const entries = new ByteWriter().bytes(leb(plan.exports.length));
    for (const name of plan.exports) entries.bytes(text(name)).u8(0, 0);
    section(7, entries.done());
  }
  return file.done();
}

export function leb(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...leb(Math.floor(value / 128))];
}

export function text(value: string): number[] {
  return [...leb(value.length), ...Buffer.from(value, "latin1")];
}
