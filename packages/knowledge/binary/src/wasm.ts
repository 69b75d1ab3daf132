import type { Facts } from "@multiarch/contracts";
import { emptyFacts } from "./empty-facts.ts";
import type { Reader } from "./reader.ts";

const section = { custom: 0, import: 2, export: 7 } as const;
const mostEntries = 100_000;
const longestName = 4096;
/** Of names that are only looked at: enough for `_emscripten_` and `_start`. */
const tellingStart = 16;

/**
 * WebAssembly modules and components (WebAssembly core specification, chapter 5). `needed` are the module names that it
 * imports; the system follows from them: WASI's, or those that Emscripten's own JavaScript provides.
 */
export async function readWasm(file: Reader): Promise<Facts> {
  const header = await file.fields(0, 8, "the wasm header", true);
  const facts = { ...emptyFacts("wasm"), arch: "wasm32" as const, endian: "little" as const };
  // The upper half of the version is the layer: 0 for a module, 1 for a component.
  if (header.u16(6) === 1) return { ...facts, os: "wasi" };
  if (header.u32(4) !== 1) {
    file.fail("the wasm version is unknown", { expected: "1", found: String(header.u32(4)) });
  }
  const needed = new Set<string>();
  let emscripten = false;
  let starts = false;
  let offset = 8;
  while (offset < file.size) {
    const id = (await file.fields(offset, 1, "a wasm section", true)).u8(0);
    const size = await number(file, offset + 1);
    file.expectRange(size.end, size.value, "a wasm section");
    const part = file.part(size.end, size.value, "a wasm section");
    if (id === section.import) {
      for await (const { module, name } of imports(part)) {
        needed.add(module);
        if (module === "env" && /^_?emscripten_/.test(name)) emscripten = true;
      }
    } else if (id === section.export) {
      starts = await exportsStart(part);
    }
    offset = size.end + size.value;
  }
  const wasi = [...needed].some((name) => /^wasi(?:_|:)/.test(name));
  return {
    ...facts,
    os: emscripten ? "emscripten" : wasi ? "wasi" : null,
    bits: 32,
    type: starts ? "executable" : "library",
    needed: [...needed],
  };
}

async function* imports(part: Reader): AsyncGenerator<{ module: string; name: string }> {
  const count = await number(part, 0);
  let offset = count.end;
  for (let index = 0; index < count.value; index++) {
    if (index === mostEntries) part.fail("the wasm file imports more than any real one");
    const module = await name(part, offset, longestName);
    const field = await name(part, module.end, tellingStart);
    yield { module: module.text, name: field.text };
    offset = await skipImport(part, field.end);
  }
}

/** The description of an import: function, table, memory, global or exception tag. */
async function skipImport(part: Reader, start: number): Promise<number> {
  const kind = (await part.fields(start, 1, "a wasm import", true)).u8(0);
  switch (kind) {
    case 0:
      return (await number(part, start + 1)).end;
    case 1:
      return skipLimits(part, await skipType(part, start + 1));
    case 2:
      return skipLimits(part, start + 1);
    case 3:
      return (await skipType(part, start + 1)) + 1;
    case 4:
      return (await number(part, start + 2)).end;
    default:
      return part.fail(`a wasm import has the unknown kind ${kind}`);
  }
}

/** A value type is one byte, but for references to a given heap type. */
async function skipType(part: Reader, start: number): Promise<number> {
  const type = (await part.fields(start, 1, "a wasm type", true)).u8(0);
  return type === 0x63 || type === 0x64 ? (await number(part, start + 1)).end : start + 1;
}

async function skipLimits(part: Reader, start: number): Promise<number> {
  const flags = (await part.fields(start, 1, "a wasm limit", true)).u8(0);
  const least = await number(part, start + 1);
  return (flags & 1) === 0 ? least.end : (await number(part, least.end)).end;
}

/** `_start` is what a WASI runtime calls in a program. */
async function exportsStart(part: Reader): Promise<boolean> {
  const count = await number(part, 0);
  let offset = count.end;
  for (let index = 0; index < count.value; index++) {
    if (index === mostEntries) part.fail("the wasm file exports more than any real one");
    const exported = await name(part, offset, tellingStart);
    if (exported.text === "_start") return true;
    offset = (await number(part, exported.end + 1)).end;
  }
  return false;
}

/** C++ exports names of any length: no more than `keep` bytes of one are looked at. */
async function name(
  part: Reader,
  offset: number,
  keep: number,
): Promise<{ text: string; end: number }> {
  const length = await number(part, offset);
  const end = length.end + length.value;
  part.expectRange(length.end, length.value, "a wasm name");
  const bytes = await part.bytes(length.end, Math.min(length.value, keep));
  return { text: new TextDecoder("utf-8").decode(bytes), end };
}

/** An unsigned LEB128 number of at most 64 bits. */
async function number(part: Reader, offset: number): Promise<{ value: number; end: number }> {
  const bytes = await part.bytes(offset, 10);
  let value = 0;
  for (const [index, byte] of bytes.entries()) {
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) {
      if (!Number.isSafeInteger(value)) break;
      return { value, end: offset + index + 1 };
    }
  }
  return part.fail("a wasm number has no end");
}
