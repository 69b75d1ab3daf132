import type { BuilderName } from "@multiarch/contracts";
import { UserError } from "@multiarch/diagnostics";
import type { Builder } from "./builder.ts";

/** Loaded when used: a Go project never reads the Cargo builder. */
const builders: Partial<Record<BuilderName, () => Promise<Builder>>> = {
  go: async () => (await import("./builders/go.ts")).go,
  cargo: async () => (await import("./builders/cargo.ts")).cargo,
  command: async () => (await import("./builders/command.ts")).command,
  prebuilt: async () => (await import("./builders/prebuilt.ts")).prebuilt,
};

/** @throws UserError MA301 for a builder that this version does not have */
export async function findBuilder(name: BuilderName): Promise<Builder> {
  const load = builders[name];
  if (load === undefined) {
    throw new UserError("MA301", {
      what: `the builder ${name} is not in this version`,
      expected: Object.keys(builders).join(", "),
      found: name,
    });
  }
  return load();
}
