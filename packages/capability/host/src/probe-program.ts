/** How one architecture of Linux ends a process, and what its ELF header says. */
interface Ending {
  readonly machine: number;
  readonly bits: 32 | 64;
  readonly little: boolean;
  /** `e_flags`: the calling convention, where a kernel or an emulator asks for one. */
  readonly flags: number;
  /** Instructions of `exit(42)`: 32-bit words in the architecture's byte order, or bytes. */
  readonly words?: readonly number[];
  readonly bytes?: readonly number[];
}

/**
 * Whoever starts such a program sees this code and nothing else does: where the kernel cannot execute a file, the C library
 * gives it to the shell, which ends with 2 or 127 (`execvp`, ENOEXEC).
 */
export const provenCode = 42;

/** Numbers of system calls from each architecture's own table in Linux; encodings from its manual. */
const endings: Readonly<Record<string, Ending>> = {
  // mov edi, 42; mov eax, 60; syscall
  x64: {
    ...elf(62, 64),
    bytes: [0xbf, 42, 0, 0, 0, 0xb8, 60, 0, 0, 0, 0x0f, 0x05],
  },
  // mov ebx, 42; mov eax, 1; int 0x80
  ia32: {
    ...elf(3, 32),
    bytes: [0xbb, 42, 0, 0, 0, 0xb8, 1, 0, 0, 0, 0xcd, 0x80],
  },
  // mov x0, 42; mov x8, 93; svc 0
  arm64: { ...elf(183, 64), words: [0xd2800540, 0xd2800ba8, 0xd4000001] },
  // mov r0, 42; mov r7, 1; svc 0
  arm: { ...elf(40, 32, 0x05000000), words: [0xe3a0002a, 0xe3a07001, 0xef000000] },
  // li a0, 42; li a7, 93; ecall
  riscv64: { ...elf(243, 64, 5), words: [0x02a00513, 0x05d00893, 0x00000073] },
  // li r3, 42; li r0, 1; sc
  ppc64le: { ...elf(21, 64, 2), words: [0x3860002a, 0x38000001, 0x44000002] },
  ppc64: { ...elf(21, 64, 2, false), words: [0x3860002a, 0x38000001, 0x44000002] },
  // lghi r2, 42; svc 1
  s390x: { ...elf(22, 64, 0, false), bytes: [0xa7, 0x29, 0, 42, 0x0a, 1] },
  // ori a0, zero, 42; ori a7, zero, 93; syscall 0
  loong64: { ...elf(258, 64, 0x43), words: [0x0380a804, 0x0381740b, 0x002b0000] },
  // li a0, 42; li v0, 5058; syscall
  mips64el: { ...elf(8, 64, 0x80000000), words: [0x2404002a, 0x240213c2, 0x0000000c] },
  // li a0, 42; li v0, 4001; syscall
  mipsel: { ...elf(8, 32, 0x70001000), words: [0x2404002a, 0x24020fa1, 0x0000000c] },
};

/** Architectures that a program exists for. */
export const provableArchitectures: readonly string[] = Object.keys(endings);

/** The smallest static program of an architecture that Linux executes: one header, one segment, three instructions. */
export function probeProgram(arch: string): Uint8Array {
  const ending = endings[arch];
  if (ending === undefined) throw new RangeError(`no program for ${arch}`);
  const { machine, bits, little, flags } = ending;
  const wide = bits === 64;
  const headerSize = wide ? 64 : 52;
  const entrySize = wide ? 56 : 32;
  const code = ending.words?.flatMap((word) => inOrder(word, little)) ?? ending.bytes ?? [];
  const size = headerSize + entrySize + code.length;
  const file = new Uint8Array(size);
  const view = new DataView(file.buffer);
  const base = 0x400000;
  const address = (offset: number, value: number): void =>
    wide ? view.setBigUint64(offset, BigInt(value), little) : view.setUint32(offset, value, little);
  const step = wide ? 8 : 4;
  file.set([0x7f, 0x45, 0x4c, 0x46, wide ? 2 : 1, little ? 1 : 2, 1]);
  view.setUint16(16, 2, little); // ET_EXEC
  view.setUint16(18, machine, little);
  view.setUint32(20, 1, little);
  address(24, base + headerSize + entrySize); // e_entry
  address(24 + step, headerSize); // e_phoff
  const afterAddresses = 24 + 3 * step;
  view.setUint32(afterAddresses, flags, little);
  view.setUint16(afterAddresses + 4, headerSize, little);
  view.setUint16(afterAddresses + 6, entrySize, little);
  view.setUint16(afterAddresses + 8, 1, little);
  view.setUint32(headerSize, 1, little); // PT_LOAD
  const readable = 5; // read and execute
  if (wide) view.setUint32(headerSize + 4, readable, little);
  const segment = headerSize + (wide ? 8 : 4); // p_offset stays 0
  address(segment + step, base);
  address(segment + 2 * step, base);
  address(segment + 3 * step, size);
  address(segment + 4 * step, size);
  if (!wide) view.setUint32(headerSize + 24, readable, little);
  address(headerSize + entrySize - step, 0x1000); // p_align
  file.set(code, headerSize + entrySize);
  return file;
}

function elf(machine: number, bits: 32 | 64, flags = 0, little = true): Ending {
  return { machine, bits, little, flags };
}

function inOrder(word: number, little: boolean): number[] {
  const bytes = [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255];
  return little ? bytes.reverse() : bytes;
}
