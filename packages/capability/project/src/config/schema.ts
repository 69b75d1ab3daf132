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

/** A key that may be absent, with what an editor shows for it. */
function key<Schema extends v.GenericSchema>(description: string, schema: Schema) {
  return v.optional(v.pipe(schema, v.description(description)));
}

/** Every key of multiarch.yml. The table is closed: a misspelt key must never be a setting that silently does nothing. */
export const configSchema = closed({
  name: key("Name of the project. Default: the manifest's", name),
  version: key("Semantic version. Default: the manifest's, else that of the tag", text),
  description: key("One sentence. Default: the manifest's", text),
  license: key("SPDX expression. Default: the manifest's", text),
  repository: key(
    "Address of the repository. Default: the manifest's, else the remote origin",
    text,
  ),
  homepage: key("Address. Default: the manifest's", text),
  builder: key("What builds the project. Default: auto", choice(["auto", ...builderNames])),
  targets: key("Platforms to build for, in any spelling", targets),
  packages: key("Packages of a project with several. Default: one with every executable", packages),
  bins: key("Executables of the single package. Default: all that are found", names),
  build: key("How every target is built", build),
  glibc: key("The newest glibc that results may need", glibc),
  timeout: key("Minutes for each target. Default: 60", timeout),
  npm: key("npm packages: true, or settings. Default: false", npm),
  wheel: key("Python wheels: true, or settings. Default: false", wheel),
  archive: key("Archives: settings, or false. Default: true", archive),
  image: key("Container image", image),
  docker: key(
    "Settings of the builder docker",
    closed({ export: v.optional(flag), stage: v.optional(text) }),
  ),
  prebuilt: key(
    "Files that are already built",
    closed({ files: v.optional(oneOrMore), tree: v.optional(oneOrMore) }),
  ),
  sign: key(
    "A signing command, run in a job of its own",
    closed({ command, "secret-env": v.optional(variableNames), environment: v.optional(text) }),
  ),
  release: key(
    "The release on GitHub",
    closed({
      draft: v.optional(flag),
      prerelease: v.optional(v.union([flag, v.literal("auto")], "true, false or auto")),
      notes: v.optional(text),
    }),
  ),
  smoke: key(
    "Arguments that every executable is run with once, or false",
    v.union([v.literal(false), words], "false or a list of arguments: [--version]"),
  ),
  test: key("A test of the results", closed({ command })),
  bench: key("A benchmark of the results", closed({ command, metric: v.optional(text) })),
  rules: key("Other settings for some events: the first rule that fits", rules),
  runners: key("Where targets are built, by prefix of the target or default", runners),
  matrix: key("Matrices for jobs of your own", matrix),
  cache: key("Default: auto", choice(["auto", "always", "never"])),
});

/** What may be written: targets as text or object, one text where a list is meant. */
export type ConfigInput = v.InferInput<typeof configSchema>;
export type RawConfig = v.InferOutput<typeof configSchema>;
