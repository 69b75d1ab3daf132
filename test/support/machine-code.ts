import { ByteWriter } from "./write/bytes.ts";

/** What a hand-made program does: writes a text, if it has one, and ends. */
export interface Behaviour {
  /** 0 to 255. */
  readonly exit: number;
  /** Written to standard output; x64 and arm64 only. */
  readonly text?: string;
  /** After that it ends by this signal (its number), or waits until somebody ends it; x64 and arm64 only. */
  readonly end?: number | "waits";
}

/** The system calls of Linux, assembled by hand: numbers from each architecture's own table of system calls. */
export const machineCode = {
  x64({ exit, text, end }) {
    const last = new ByteWriter();
    const load = (code: ByteWriter, eax: number): ByteWriter => code.u8(0xb8).u32(eax);
    if (end === "waits") load(last, 34).u8(0x0f, 0x05, 0xeb, 0xf7); // pause, again
    if (typeof end === "number") {
      load(last, 39).u8(0x0f, 0x05, 0x89, 0xc7); // mov edi, getpid()
      load(last.u8(0xbe).u32(end), 62).u8(0x0f, 0x05); // kill(…, end)
    }
    load(last.u8(0xbf).u32(exit), 60).u8(0x0f, 0x05);
    const code = new ByteWriter();
    if (text !== undefined) {
      const afterLoad = 5 + 5 + 2; // what stands between the load of the text's address and the end of the program
      code.u8(0xbf).u32(1); // mov edi, 1
      code.u8(0x48, 0x8d, 0x35).u32(afterLoad + last.length); // lea rsi, [rip + …]
      code.u8(0xba).u32(Buffer.byteLength(text)); // mov edx, length
      load(code, 1).u8(0x0f, 0x05);
    }
    return code
      .bytes(last.done())
      .bytes(Buffer.from(text ?? ""))
      .done();
  },
  arm64({ exit, text, end }) {
    const load = (register: number, value: number): number => 0xd2800000 + value * 32 + register;
    const call = 0xd4000001; // svc 0
    const last: number[] = [];
    if (end === "waits") {
      for (const register of [0, 1, 2, 3]) last.push(load(register, 0));
      last.push(load(8, 73), call, 0x17fffffa); // ppoll of nothing, from the first load again
    }
    if (typeof end === "number") last.push(load(8, 172), call, load(1, end), load(8, 129), call);
    last.push(load(0, exit), load(8, 93), call);
    const code = new ByteWriter();
    if (text !== undefined) {
      const toText = 4 + last.length;
      code.u32(load(0, 1));
      code.u32(0x10000001 + toText * 32); // adr x1, so many instructions further on
      code
        .u32(load(2, Buffer.byteLength(text)))
        .u32(load(8, 64))
        .u32(call);
    }
    for (const instruction of last) code.u32(instruction);
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
