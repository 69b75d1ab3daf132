import { ByteWriter } from "./bytes.ts";

export interface MachoPlan {
  cpu?: number;
  bits?: 32 | 64;
  little?: boolean;
  /** 2 program, 6 library, 8 bundle. */
  type?: number;
  commands?: Uint8Array[];
  /** Bytes after the load commands. */
  tail?: number;
}

export const cpu = { x64: 0x01000007, arm64: 0x0100000c, ppc: 18 } as const;

export function writeMacho(plan: MachoPlan = {}): Uint8Array {
  const bits = plan.bits ?? 64;
  const little = plan.little ?? true;
  const commands = plan.commands ?? [];
  const size = commands.reduce((sum, { length }) => sum + length, 0);
  const file = new ByteWriter(little)
    .u32(bits === 64 ? 0xfeedfacf : 0xfeedface)
    .u32(plan.cpu ?? cpu.arm64)
    .u32(0)
    .u32(plan.type ?? 2)
    .u32(commands.length)
    .u32(size)
    .u32(0);
  if (bits === 64) file.u32(0);
  for (const command of commands) file.bytes(command);
  return file.padTo(file.length + (plan.tail ?? 0)).done();
}

export function writeFat(slices: { cpu: number; bytes: Uint8Array }[], wide = false): Uint8Array {
  const file = new ByteWriter(false).u32(wide ? 0xcafebabf : 0xcafebabe).u32(slices.length);
  let offset = 4096;
  for (const { cpu: processor, bytes } of slices) {
    file.u32(processor).u32(0);
    if (wide) file.u64(offset).u64(bytes.length).u32(12).u32(0);
    else file.u32(offset).u32(bytes.length).u32(12);
    offset += Math.ceil(bytes.length / 4096) * 4096;
  }
  for (const { bytes } of slices) file.align(4096).bytes(bytes);
  return file.done();
}

/** X.Y.Z as the nibbles of a load command. */
export function packed(version: string): number {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  return major * 65_536 + minor * 256 + patch;
}

export function buildVersion(platform: number, minos: string, sdk: string): Uint8Array {
  return command(0x32).u32(24).u32(platform).u32(packed(minos)).u32(packed(sdk)).u32(0).done();
}

export function minimumVersion(kind: number, minos: string, sdk: string): Uint8Array {
  return command(kind).u32(16).u32(packed(minos)).u32(packed(sdk)).done();
}

export function signature(offset: number, size: number): Uint8Array {
  return command(0x1d).u32(16).u32(offset).u32(size).done();
}

export function segment64(offset: number, size: number): Uint8Array {
  return command(0x19)
    .u32(72)
    .text("__TEXT")
    .padTo(24)
    .u64(0)
    .u64(size)
    .u64(offset)
    .u64(size)
    .padTo(72)
    .done();
}

/** A command that holds a name: a library (24 bytes before it) or a folder or loader (12). */
export function named(kind: number, name: string, before = 24): Uint8Array {
  const size = Math.ceil((before + name.length + 1) / 8) * 8;
  return command(kind).u32(size).u32(before).padTo(before).text(name).padTo(size).done();
}

function command(kind: number): ByteWriter {
  return new ByteWriter().u32(kind);
}
