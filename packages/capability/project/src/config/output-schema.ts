import * as v from "valibot";
import {
  choice,
  closed,
  flag,
  insidePath,
  insidePaths,
  name,
  switchOr,
  text,
  texts,
  word,
} from "./parts.ts";

const scope = v.pipe(
  v.string('an npm scope in quotes, for example "@me"'),
  v.regex(
    /^(?:@?[a-z0-9-][a-z0-9._-]{0,127}|@[a-z0-9-][a-z0-9._-]*\/[a-z0-9][a-z0-9._-]{0,127})$/,
    'an npm scope in quotes, for example "@me", or "@me/tool" for names such as @me/tool-linux-x64',
  ),
  v.transform((value) => (value.startsWith("@") ? value : `@${value}`)),
);

/** Names of npm packages; uppercase letters are refused by the registry. */
const packageName = v.pipe(
  v.string("the name of an npm package"),
  v.maxLength(214, "the name of an npm package, at most 214 characters"),
  v.regex(
    /^(?:@[a-z0-9-][a-z0-9._-]*\/)?[a-z0-9-][a-z0-9._-]*$/,
    "the name of an npm package in small letters",
  ),
);

export const npm = switchOr(
  closed({
    scope: v.optional(scope),
    main: v.optional(packageName),
    layout: v.optional(choice(["scoped", "prefixed", "alias"])),
    names: v.optional(choice(["node", "napi", "esbuild", "biome"])),
    access: v.optional(choice(["public", "restricted"])),
    addon: v.optional(name),
    files: v.optional(insidePaths),
  }),
);

export const wheel = switchOr(
  closed({
    name: v.optional(name),
    "requires-python": v.optional(text),
    module: v.optional(flag),
    keywords: v.optional(texts),
    classifiers: v.optional(texts),
    exclude: v.optional(texts),
  }),
);

export const archive = switchOr(
  closed({
    name: v.optional(text),
    include: v.optional(insidePaths),
    format: v.optional(choice(["auto", "tar.gz", "zip"])),
  }),
);

export const image = closed({
  name: v.optional(text),
  tags: v.optional(texts),
  context: v.optional(insidePath),
  file: v.optional(insidePath),
  stage: v.optional(text),
  "build-args": v.optional(v.record(text, word, "names of build arguments with their values")),
  cache: v.optional(text),
});
