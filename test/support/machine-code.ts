import { ByteWriter } from "./write/bytes.ts";

/** What a hand-made program does: writes a text, if it has one, and ends. */
export interface Behaviour {
  /** 0 to 255. */
  readonly exit: number;
  /** Written to standard output; x64 and arm64 only. */
  readonly text?: string;
}

/** The system calls of Linux, assembled by hand: numbers from each architecture's own table of system calls. */
export const machineCode = {
  x64({ exit, text }) {
    const code = new ByteWriter();
    if (text !== undefined) {
      const end = 12; // mov edi, exit; mov eax, 60; syscall
      const afterLoad = 5 + 5 + 2; // what stands between the load of the text's address and that end
      code.u8(0xbf).u32(1); // mov edi, 1
      code.u8(0x48, 0x8d, 0x35).u32(afterLoad + end); // lea rsi, [rip + …]
      code.u8(0xba).u32(Buffer.byteLength(text)); // mov edx, length
      code.u8(0xb8).u32(1).u8(0x0f, 0x05); // mov eax, 1; syscall
    }
    code.u8(0xbf).u32(exit).u8(0xb8).u32(60).u8(0x0f, 0x05);
    return code.bytes(Buffer.from(text ?? "")).done();
  },
  arm64({ exit, text }) {
    const code = new ByteWriter();
    const load = (register: number, value: number): number => 0xd2800000 + value * 32 + register;
    const call = 0xd4000001; // svc 0
    if (text !== undefined) {
      code.u32(load(0, 1));
      code.u32(0x10000001 + 7 * 32); // adr x1, seven instructions further on
      code
        .u32(load(2, Buffer.byteLength(text)))
        .u32(load(8, 64))
        .u32(call);
    }
    code.u32(load(0, exit)).u32(load(8, 93)).u32(call);
    return code.bytes(Buffer.from(text ?? "")).done();
  },
  // mov ebx, exit; mov eax, 1; int 0x80
  ia32: ({ exit }) => new ByteWriter().u8(0xbb).u32(exit).u8(0xb8).u32(1).u8(0xcd, 0x80).done(),
  // mov r0, exit; mov r7, 1; svc 0
  armv7: ({ exit }) =>
    new ByteWriter()
      .u32(0xe3a00000 + exit)
      .u32(0xe3a07001)
      .u32(0xef000000)
      .done(),
  // li a0, exit; li a7, 93; ecall
  riscv64: ({ exit }) =>
    new ByteWriter()
      .u32(exit * 2 ** 20 + 0x513)
      .u32(93 * 2 ** 20 + 0x893)
      .u32(0x73)
      .done(),
  // li r3, exit; li r0, 1; sc
  ppc64le: ({ exit }) =>
    new ByteWriter()
      .u32(0x38600000 + exit)
      .u32(0x38000001)
      .u32(0x44000002)
      .done(),
  // lghi r2, exit; svc 1
  s390x: ({ exit }) => new ByteWriter(false).u8(0xa7, 0x29).u16(exit).u8(0x0a, 1).done(),
} as const satisfies Record<string, (behaviour: Behaviour) => Uint8Array>;

export type LinuxProcessor = keyof typeof machineCode;
