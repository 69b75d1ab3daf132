import { fitsTarget, readFacts } from "@multiarch/binary";
import type { Facts } from "@multiarch/contracts";
import { UserError } from "@multiarch/diagnostics";
import { rows, type TargetRow } from "@multiarch/targets";
import fc from "fast-check";
import { countingSource, realHeaders, type SparseFile, writtenHeaders } from "./headers.ts";
import { type MachineField, machineFields, readMachine, writeMachine } from "./machine-fields.ts";

type Edit =
  | { readonly kind: "byte"; readonly at: number; readonly value: number }
  | {
      readonly kind: "number";
      readonly at: number;
      readonly width: 2 | 4 | 8;
      readonly little: boolean;
      readonly value: bigint;
    }
  | { readonly kind: "copy"; readonly from: number; readonly to: number; readonly length: number }
  | { readonly kind: "cut"; readonly at: number };

export interface Seed {
  readonly file: SparseFile;
  /** The targets that the file serves as it is. */
  readonly serves: readonly TargetRow[];
  readonly fields: readonly MachineField[];
}

/** The whole of what may be read of one file, in bytes: 4096 pages. */
const mostBytes = 16_777_216;

/** All seeds; each must be sound as it is. */
export async function loadSeeds(): Promise<Seed[]> {
  const seeds: Seed[] = [];
  for (const file of [...realHeaders(), ...writtenHeaders()]) {
    const facts = await judge(file);
    if (facts instanceof UserError) throw facts;
    const serves = rows.filter((row) => fitsTarget(facts, row).length === 0);
    seeds.push({ file, serves, fields: machineFields(file) });
  }
  return seeds;
}

const place = fc.nat(4_294_967_295);
const telling = [0n, 1n, 2n, 7n, 0x7fn, 0x80n, 0xffn, 0xfffn, 0x1000n, 0xffffn, 0x1_0000n];
const extremes = [
  0x7fff_ffffn,
  0x8000_0000n,
  0xffff_fff0n,
  0xffff_ffffn,
  1n << 53n,
  (1n << 64n) - 1n,
];
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    kind: fc.constant("byte" as const),
    at: place,
    value: fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), fc.nat(255)),
  }),
  fc.record({
    kind: fc.constant("number" as const),
    at: place,
    width: fc.constantFrom(2 as const, 4 as const, 8 as const),
    little: fc.boolean(),
    value: fc.oneof(fc.constantFrom(...telling, ...extremes), fc.bigInt(0n, (1n << 32n) - 1n)),
  }),
  fc.record({
    kind: fc.constant("copy" as const),
    from: place,
    to: place,
    length: fc.integer({ min: 1, max: 64 }),
  }),
  fc.record({ kind: fc.constant("cut" as const), at: place }),
);

export interface Mutation {
  /** Of the seed, the processor field and its new number: each counted round. */
  readonly seed: number;
  readonly edits: readonly Edit[];
}

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  seed: place,
  edits: fc.array(edit, { minLength: 1, maxLength: 8 }),
});

export interface MachineMutation extends Mutation {
  readonly field: number;
  readonly number: number;
  /** In a fat file: only in its table or only in the slice. */
  readonly once: boolean;
}

export const machineMutation: fc.Arbitrary<MachineMutation> = fc.record({
  seed: place,
  field: place,
  number: place,
  once: fc.boolean(),
  edits: fc.array(edit, { maxLength: 3 }),
});

/** The file with the edits made, in what is kept of it. */
export function mutate(file: SparseFile, edits: readonly Edit[]): SparseFile {
  const bytes = file.bytes.slice();
  let { size } = file;
  for (const change of edits) {
    if (change.kind === "cut") {
      // Half of the cuts fall into the parts that matter.
      const near = file.ranges[change.at % file.ranges.length]?.[0] ?? 0;
      size = change.at % 2 === 0 ? change.at % file.size : Math.min(size, near + (change.at % 64));
    } else if (change.kind === "copy") {
      const from = change.from % bytes.length;
      bytes.set(
        bytes
          .slice(from, from + change.length)
          .subarray(0, bytes.length - (change.to % bytes.length)),
        change.to % bytes.length,
      );
    } else if (change.kind === "byte") {
      bytes[change.at % bytes.length] = change.value;
    } else writeNumber(bytes, change);
  }
  return { ...file, size, bytes };
}

function writeNumber(bytes: Uint8Array, change: Extract<Edit, { kind: "number" }>): void {
  const start = (change.at % bytes.length) & ~1;
  for (let index = 0; index < change.width && start + index < bytes.length; index++) {
    const shift = BigInt(8 * (change.little ? index : change.width - 1 - index));
    bytes[start + index] = Number((change.value >> shift) & 0xffn);
  }
}

/**
 * What is read of the file.
 * @throws when reading ends in anything but facts or an error for users, or asks for more than a reader may
 */
export async function judge(file: SparseFile): Promise<Facts | UserError> {
  const { source, asked } = countingSource(file);
  const outcome = await readFacts(source, file.name).catch((error: unknown) => {
    if (error instanceof UserError && /^MA60[12]$/.test(error.id)) return error;
    throw error;
  });
  if (asked.outside || asked.largest > 65_536 || asked.bytes > mostBytes) {
    throw new Error(`${file.name}: read ${JSON.stringify(asked)}`);
  }
  return outcome;
}

/**
 * Gives a processor of the file another number, makes the edits elsewhere, and reads it.
 * @returns the targets that wanted the old processor and are said to be served still
 */
export async function judgeMachine(
  seeds: readonly Seed[],
  mutated: MachineMutation,
): Promise<string[]> {
  const usable = seeds.filter(({ fields }) => fields.length > 0);
  const seed = usable[mutated.seed % usable.length] as Seed;
  const field = seed.fields[mutated.field % seed.fields.length] as MachineField;
  const old = readMachine(seed.file, field);
  const others = field.numbers.filter((number) => number !== old);
  const number = others[mutated.number % others.length] as number;
  const one = field.places[mutated.number % field.places.length] ?? field.places[0];
  const places = mutated.once && one !== undefined ? [one] : field.places;
  const mutant = mutate(seed.file, mutated.edits);
  writeMachine(mutant.bytes, seed.file, { ...field, places }, number);

  const outcome = await judge(mutant);
  if (outcome instanceof UserError) return [];
  const fat = seed.fields.length > 1;
  const wanting = seed.serves.filter(({ arch }) => !fat || wants(arch, old));
  return wanting.filter((row) => fitsTarget(outcome, row).length === 0).map(({ id }) => id);
}

/** Which slice of a fat file a target needs. */
function wants(arch: string, machine: number): boolean {
  return arch === "universal" || arch === (machine === 0x01000007 ? "x64" : "arm64");
}
