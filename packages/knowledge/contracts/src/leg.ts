import * as v from "valibot";
import { facts } from "./facts.ts";
import { check, count, fileKinds, id, json, relativePath, sha256, text, tool } from "./parts.ts";

const name = v.nullable(text);

/** The machine that a leg ran on, as far as it is known. */
export const legHost = v.object({
  os: text,
  arch: text,
  /** The processor below any emulation. */
  machineArch: name,
  emulated: v.boolean(),
  libc: name,
  cpuLevel: name,
  label: name,
});

const legFile = v.object({
  id,
  package: text,
  kind: v.picklist(fileKinds),
  /** Relative to the leg's folder. */
  path: relativePath,
  size: count,
  /** Octal text, `0755`: artifact stores lose modes, so this is what counts. */
  mode: v.pipe(v.string(), v.regex(/^0[0-7]{3}$/)),
  sha256,
  facts: v.nullable(facts),
});

const smoke = v.object({
  file: text,
  argv: v.array(text),
  where: v.picklist(["native", "qemu", "qemu-sysroot", "container", "none"]),
  status: v.picklist(["ok", "started", "not-run", "failed"]),
  exit: v.nullable(v.number()),
  ms: count,
  why: name,
});

const toolUsed = v.object({ name: text, version: text, sha256: v.nullable(sha256), from: text });

/** What one build made for one target. Written by build, also when it failed. */
export const leg = v.object({
  schema: v.literal("multiarch.leg/1"),
  tool,
  plan: text,
  row: id,
  target: id,
  run: v.object({ id: text, attempt: v.pipe(count, v.minValue(1)), checkRunId: name, nonce: text }),
  commit: name,
  /** sha256 of the configuration that the leg was built with. */
  config: sha256,
  host: legHost,
  cpu: v.picklist(["native", "emulated"]),
  /** The row's `tool`; the name `tool` itself is taken by the version of multiarch. */
  toolKind: v.picklist(["host", "cross", "container"]),
  image: name,
  toolchain: v.array(toolUsed),
  /** sha256 of the leg that this one re-emits, after signing. */
  parent: v.nullable(sha256),
  result: v.picklist(["ok", "failed"]),
  error: v.nullable(v.object({ code: text, phase: text, text })),
  files: v.array(legFile),
  checks: v.array(check),
  smoke: v.array(smoke),
  tests: v.array(json),
  bench: v.array(v.object({ name: text, value: v.number(), unit: text })),
  cache: v.object({ hits: count, misses: count }),
  timings: v.array(v.object({ phase: text, ms: count })),
});

export type Leg = v.InferOutput<typeof leg>;
export type LegFile = v.InferOutput<typeof legFile>;
export type LegHost = v.InferOutput<typeof legHost>;
export type SmokeResult = v.InferOutput<typeof smoke>;
export type ToolUsed = v.InferOutput<typeof toolUsed>;
