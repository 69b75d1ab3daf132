import * as v from "valibot";
import {
  builderNames,
  count,
  fileKinds,
  id,
  json,
  project,
  relativePath,
  sha256,
  text,
  tool,
} from "./parts.ts";

/** What GitHub accepts in `runs-on`. */
export const runsOn = v.union([
  text,
  v.array(text),
  v.object({ group: text, labels: v.optional(v.union([text, v.array(text)])) }),
]);

/** A place to run, as the file system of that place names it: `linux` and `x64`, or `null` when only the label is known. */
const place = v.object({
  os: v.nullable(text),
  arch: v.nullable(text),
  kind: v.picklist(["hosted", "self-hosted", "local"]),
});

/** What one package is made into; a key that is absent is not made. */
const outputs = v.object({
  npm: v.optional(json),
  wheel: v.optional(json),
  archive: v.optional(json),
  image: v.optional(json),
});

const planPackage = v.object({ name: text, bins: v.array(text), outputs });

const row = v.object({
  id,
  /** Shown as the job's name. */
  name: text,
  /** Canonical, as asked: `linux-x64` or `linux-x64-gnu`. */
  target: id,
  builder: v.picklist(builderNames),
  runs_on: runsOn,
  place,
  cpu: v.picklist(["native", "emulated"]),
  tool: v.picklist(["host", "cross", "container"]),
  image: v.nullable(text),
  optional: v.boolean(),
  /** Minutes. */
  timeout: v.pipe(count, v.minValue(1)),
  /** The newest glibc that the result may need, `2.17`. */
  glibc: v.nullable(text),
  /** The merged `build` settings of this target. */
  build: v.record(v.string(), json),
  packages: v.array(text),
  expect: v.array(v.object({ package: text, kind: v.picklist(fileKinds) })),
  why: text,
});

/** What will be built, where, how and why. Written by matrix. */
export const plan = v.object({
  schema: v.literal("multiarch.plan/1"),
  tool,
  /** 16 hex digits of the sha256 of all the rest. */
  id: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)),
  project,
  trigger: v.object({ event: text, trusted: v.boolean(), why: text }),
  publish: v.object({ allowed: v.boolean(), why: text }),
  config: v.object({ path: v.nullable(relativePath), sha256, value: json }),
  packages: v.array(planPackage),
  rows: v.pipe(v.array(row), v.maxLength(256)),
  derived: v.array(v.object({ target: id, from: v.pipe(v.array(id), v.minLength(2)) })),
  excluded: v.array(v.object({ target: text, why: text })),
  files: v.array(v.object({ path: relativePath, size: count, sha256 })),
  warnings: v.array(v.object({ code: text, text })),
});

/** The row that travels through the job matrix: at most 1 KiB as JSON. `plan` is `<reference>@sha256:<64 hex>`. */
export const matrixRow = v.object({
  id,
  name: text,
  target: id,
  runs_on: runsOn,
  cpu: text,
  tool: text,
  optional: v.boolean(),
  timeout: count,
  plan: text,
});

export type Plan = v.InferOutput<typeof plan>;
export type PlanRow = v.InferOutput<typeof row>;
export type PlanPackage = v.InferOutput<typeof planPackage>;
export type Place = v.InferOutput<typeof place>;
export type MatrixRow = v.InferOutput<typeof matrixRow>;
