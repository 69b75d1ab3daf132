import * as v from "valibot";
import { check, count, id, json, project, relativePath, sha256, text, tool } from "./parts.ts";

const releaseKinds = ["npm", "wheel", "sdist", "archive", "oci", "sums", "sbom"] as const;

const releasePackage = v.object({
  id: text,
  kind: v.picklist(releaseKinds),
  package: text,
  name: text,
  version: text,
  /** As asked; `null` for what serves every target. */
  target: v.nullable(id),
  /** The npm package that people install; its platform packages come before it. */
  main: v.boolean(),
  file: relativePath,
  size: count,
  sha256,
  /** npm's `sha512-…`. */
  integrity: v.nullable(text),
  from: v.array(v.object({ leg: id, file: id, sha256 })),
  to: v.object({
    registry: v.optional(text),
    access: v.optional(text),
    tag: v.optional(text),
  }),
});

const install = v.object({
  package: text,
  manager: text,
  version: text,
  status: v.picklist(["ok", "not-run", "failed"]),
  why: v.nullable(text),
});

/** What is handed over: every file, where its bytes came from, and what is missing. Written by merge. */
export const release = v.object({
  schema: v.literal("multiarch.release/1"),
  tool,
  plan: v.object({ id: text, sha256 }),
  project,
  publish: v.object({ allowed: v.boolean(), why: text }),
  packages: v.array(releasePackage),
  images: v.array(json),
  /** Ids of `packages` in the order in which they must be published. */
  order: v.array(text),
  legs: v.array(
    v.object({ row: id, attempt: count, sha256, result: v.picklist(["ok", "failed"]) }),
  ),
  missing: v.array(v.object({ target: id, why: text, allowedBy: text })),
  checks: v.array(check),
  installs: v.array(install),
  notes: v.nullable(text),
});

export type Release = v.InferOutput<typeof release>;
export type ReleasePackage = v.InferOutput<typeof releasePackage>;
export type ReleaseKind = (typeof releaseKinds)[number];
export type InstallResult = v.InferOutput<typeof install>;
