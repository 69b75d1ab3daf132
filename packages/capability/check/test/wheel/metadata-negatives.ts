import { factsWith } from "./natives.ts";
import { forIndex, indexOnly, type Negative } from "./negative.ts";
import { type WheelChanges, wheel } from "./recipe.ts";

const natives = { "demo-1.0.data/scripts/demo": factsWith() };
const changed = (changes: WheelChanges): Negative["recipe"] => wheel({ natives, ...changes });
const info = "demo-1.0.dist-info";

/** METADATA, the folder it lies in, and RECORD. */
export const metadataNegatives: readonly Negative[] = [
  { rule: "wheel/dist-info", recipe: changed({ folder: "other-1.0" }) },
  {
    rule: "wheel/dist-info",
    recipe: changed({ folder: "demo-2.0" }),
  },
  {
    rule: "wheel/dist-info",
    recipe: changed({ files: [{ path: "other-1.0.dist-info/METADATA", text: "" }] }),
  },
  {
    rule: "wheel/dist-info-form",
    recipe: changed({ folder: "Demo-1.0" }),
    options: forIndex,
    differs: indexOnly,
  },
  { rule: "wheel/required-file", recipe: changed({ wheel: () => null }) },
  { rule: "wheel/required-file", recipe: changed({ metadata: () => null }) },
  { rule: "wheel/required-file", recipe: changed({ record: () => null }) },
  {
    rule: "wheel/metadata-name",
    recipe: changed({ metadata: (lines) => lines.map((line) => line.replace("demo", "other")) }),
  },
  {
    rule: "wheel/metadata-version",
    recipe: changed({ metadata: (lines) => lines.map((line) => line.replace("1.0", "1.1")) }),
    differs: "pip compares it for a wheel from an index only, which refuses it as well",
  },
  {
    rule: "wheel/metadata-format",
    recipe: changed({ metadata: (lines) => ["Metadata-Version: 3.0", ...lines.slice(1)] }),
  },
  {
    rule: "wheel/license-file",
    recipe: changed({
      metadata: (lines) => ["Metadata-Version: 2.4", ...lines.slice(1), "License-File: LICENSE"],
    }),
    options: forIndex,
    differs: indexOnly,
  },
  {
    rule: "wheel/license-fields",
    recipe: changed({
      metadata: (lines) => [
        "Metadata-Version: 2.4",
        ...lines.slice(1),
        "License: MIT",
        "License-Expression: MIT",
      ],
    }),
    options: forIndex,
    differs: indexOnly,
  },
  ...["[console_scripts]\ndemo", "demo = demo:main", "[a]\nx = y\n[a]\nx = y", "[a]\nb = c d"].map(
    (text): Negative => ({
      rule: "wheel/entry-points",
      recipe: changed({ files: [{ path: `${info}/entry_points.txt`, text }] }),
      options: forIndex,
    }),
  ),
  {
    rule: "wheel/record",
    recipe: changed({ record: (lines) => [...lines, "only one column"] }),
  },
  {
    rule: "wheel/record",
    recipe: changed({ record: (lines) => [...lines, '"never closed,,'] }),
  },
  {
    rule: "wheel/record-hash",
    recipe: changed({
      record: (lines) =>
        lines.map((line) => line.replace(/(METADATA),sha256=.{4}/, "$1,sha256=AAAA")),
    }),
  },
  {
    rule: "wheel/record-hash",
    recipe: changed({
      record: (lines) => lines.map((line) => line.replace(/(WHEEL.*),\d+$/, "$1,7")),
    }),
    differs: "Python's tools compare hashes only, and the size is as false",
  },
  {
    rule: "wheel/record-missing",
    recipe: changed({ record: (lines) => lines.filter((line) => !line.includes("METADATA")) }),
    differs: "a warning: installers and the package index take it, the tool wheel does not",
  },
  {
    rule: "wheel/record-missing",
    recipe: changed({ record: (lines) => [...lines, "demo/gone.py,sha256=AAAA,1"] }),
  },
  {
    rule: "wheel/record-form",
    recipe: changed({
      record: (lines) =>
        lines.map((line) => line.replace(/(METADATA),sha256=[^,]+/, "$1,md5=AAAA")),
    }),
    differs: "a warning: installers and the package index take it, the tool wheel does not",
  },
  {
    rule: "wheel/record-form",
    recipe: changed({
      record: (lines) => lines.map((line) => line.replace(/(METADATA),.+/, "$1,,")),
    }),
    differs: "a warning: installers and the package index take it, the tool wheel does not",
  },
  {
    rule: "wheel/record-form",
    recipe: changed({ record: (lines) => [...lines, ...lines.slice(0, 1)] }),
  },
  {
    rule: "wheel/record-form",
    recipe: changed({
      files: [{ path: "demo/x,y.py", text: "" }],
      record: (lines) => lines.map((line) => line.replaceAll('"', "")),
    }),
    differs: "a warning: installers and the package index take it, the tool wheel does not",
  },
  {
    rule: "wheel/record-form",
    recipe: changed({ record: (lines) => [...lines, "demo\\x.py,sha256=AAAA,1"] }),
  },
];
