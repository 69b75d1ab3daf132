import { open } from "node:fs/promises";
import type { ExtractedNative } from "@multiarch/contents";
import type { Place } from "./found.ts";

/** What Node looks for in a library that it is to load as an addon. */
const registrations = ["napi_register_module_v1", "node_register_module_v"].map((name) =>
  Buffer.from(name),
);
const longest = Math.max(...registrations.map(({ length }) => length));
const chunkBytes = 2 ** 20;

/** `executable` or `addon`, else what the file is instead. An addon that lost its name is known by the function that Node calls. */
export async function nativeKind(
  { path, facts }: Pick<ExtractedNative, "path" | "facts">,
  place: Place,
): Promise<string> {
  if (facts.type === "executable") return "executable";
  if (facts.type !== "library") return "an object file";
  if (facts.format === "wasm") return "a WebAssembly library";
  const named = place.at(-1)?.toLowerCase().endsWith(".node") ?? false;
  if (named || (await registersModule(path))) return "addon";
  return "a library; executables and Node addons are packaged";
}

async function registersModule(path: string): Promise<boolean> {
  const handle = await open(path);
  try {
    const buffer = Buffer.alloc(longest + chunkBytes);
    let kept = 0;
    for (;;) {
      const { bytesRead } = await handle.read(buffer, kept, chunkBytes);
      const filled = buffer.subarray(0, kept + bytesRead);
      if (registrations.some((name) => filled.includes(name))) return true;
      if (bytesRead === 0) return false;
      kept = Math.min(longest, filled.length);
      buffer.copyWithin(0, filled.length - kept, filled.length);
    }
  } finally {
    await handle.close();
  }
}
