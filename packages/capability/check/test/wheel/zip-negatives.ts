import type { Refusal } from "@multiarch/contents";
import { factsWith } from "./natives.ts";
import { forIndex, indexOnly, type Negative } from "./negative.ts";
import { type RecipeFile, refusal, wheel } from "./recipe.ts";

const script = "demo-1.0.data/scripts/demo";
const natives = { [script]: factsWith() };
const mebibyte = 1024 * 1024;

/** A member beside the others, about which the directory says something odd. */
function odd(entry: NonNullable<RecipeFile["entry"]>): Negative["recipe"] {
  return wheel({ natives, files: [{ path: "demo/__init__.py", text: "x = 1\n", entry }] });
}

function refused(reason: Refusal["reason"], member: string | null = null): Negative {
  return {
    rule: `zip/${reason}`,
    recipe: wheel({ natives, refusals: [refusal(reason, member)] }),
  };
}

/** What the archive's reader finds; test/slow holds real archives against Python's zipfile. */
export const refusalNegatives: readonly Negative[] = [
  ...(
    [
      "not-a-zip",
      "truncated",
      "directory",
      "duplicate",
      "prefix-data",
      "trailing-data",
      "gap",
      "multipart",
    ] as const
  ).map((reason) => refused(reason)),
  ...(
    [
      "crc",
      "inflate",
      "encrypted",
      "local-header",
      "descriptor",
      "overlap",
      "name",
      "extra",
      "zip64",
      "size",
      "ratio",
      "type",
      "name-portable",
      "name-case",
      "name-form",
    ] as const
  ).map((reason) => refused(reason, script)),
  { ...refused("entries"), rule: "zip/refused" },
];

/** What the directory of the archive says. */
export const accountNegatives: readonly Negative[] = [
  { rule: "zip/link", recipe: withMode("0120755"), also: ["zip/mode"] },
  { rule: "zip/method", recipe: odd({ method: 12 }) },
  {
    rule: "zip/data-descriptor",
    recipe: odd({ flags: 0x08 }),
    options: forIndex,
    differs: indexOnly,
  },
  { rule: "zip/comment", recipe: odd({ commentSize: 3 }), options: forIndex, differs: indexOnly },
  {
    rule: "zip/comment",
    recipe: wheel({ natives, zip: { commentSize: 9 } }),
    options: forIndex,
    differs: indexOnly,
  },
  { rule: "zip/extra-twice", recipe: odd({ extraIds: [0x7075, 1, 0x7075] }), options: forIndex },
  {
    rule: "zip/zip64-record",
    recipe: wheel({ natives, zip: { zip64RecordSize: 60 } }),
    options: forIndex,
  },
  { rule: "zip/bomb", recipe: odd({ size: 65 * mebibyte }), options: forIndex },
  { rule: "zip/file-size", recipe: wheel({ natives, size: 101 * mebibyte }), options: forIndex },
  {
    rule: "zip/mode",
    recipe: withMode("0100644"),
    differs: "pip installs a command that cannot start",
  },
  {
    rule: "zip/mode",
    recipe: withMode("0755"),
    differs: "pip installs a command that cannot start",
  },
];

/** 0755 without the file type is what some writers of zips make of a mode. */
function withMode(mode: string): Negative["recipe"] {
  const made = wheel({ natives });
  return {
    ...made,
    files: made.files.map((file) => (file.path === script ? { ...file, mode } : file)),
  };
}
