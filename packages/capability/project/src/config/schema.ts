import { builderNames } from "@multiarch/contracts";
import * as v from "valibot";
import { build, targets } from "./build-schema.ts";
import { archive, image, npm, wheel } from "./output-schema.ts";
import {
  choice,
  closed,
  command,
  flag,
  glibc,
  name,
  names,
  oneOrMore,
  text,
  timeout,
  variableNames,
  words,
} from "./parts.ts";
import { matrix, rules, runners } from "./routing-schema.ts";

const packages = v.array(
  closed({
    name,
    bins: v.optional(names),
    npm: v.optional(npm),
    wheel: v.optional(wheel),
    archive: v.optional(archive),
    image: v.optional(image),
  }),
  "a list of packages: [{name: tool, bins: [tool]}]",
);

/** Every key of multiarch.yml. The table is closed: a misspelt key must never be a setting that silently does nothing. */
export const configSchema = closed({
  name: v.optional(v.pipe(name, v.description("Default: the manifest's name"))),
  version: v.optional(
    v.pipe(text, v.description("Semantic version. Default: the manifest's, else the tag's")),
  ),
  description: v.optional(text),
  license: v.optional(v.pipe(text, v.description("SPDX expression"))),
  repository: v.optional(text),
  homepage: v.optional(text),
  builder: v.optional(v.pipe(choice(["auto", ...builderNames]), v.description("Default: auto"))),
  targets: v.optional(v.pipe(targets, v.description("Platforms to build for, in any spelling"))),
  packages: v.optional(packages),
  bins: v.optional(v.pipe(names, v.description("Executables of the single package"))),
  build: v.optional(build),
  glibc: v.optional(v.pipe(glibc, v.description("Newest glibc that results may need"))),
  timeout: v.optional(v.pipe(timeout, v.description("Minutes for each target"))),
  npm: v.optional(npm),
  wheel: v.optional(wheel),
  archive: v.optional(archive),
  image: v.optional(image),
  docker: v.optional(closed({ export: v.optional(flag), stage: v.optional(text) })),
  prebuilt: v.optional(closed({ files: oneOrMore })),
  sign: v.optional(
    closed({
      command,
      "secret-env": v.optional(variableNames),
      environment: v.optional(text),
    }),
  ),
  release: v.optional(
    closed({
      draft: v.optional(flag),
      prerelease: v.optional(v.union([flag, v.literal("auto")], "true, false or auto")),
      notes: v.optional(text),
    }),
  ),
  smoke: v.optional(
    v.union([v.literal(false), words], "false or a list of arguments: [--version]"),
  ),
  test: v.optional(closed({ command })),
  bench: v.optional(closed({ command, metric: v.optional(text) })),
  rules: v.optional(rules),
  runners: v.optional(runners),
  matrix: v.optional(matrix),
  cache: v.optional(choice(["auto", "always", "never"])),
});

/** What may be written: targets as text or object, one text where a list is meant. */
export type ConfigInput = v.InferInput<typeof configSchema>;
export type RawConfig = v.InferOutput<typeof configSchema>;
