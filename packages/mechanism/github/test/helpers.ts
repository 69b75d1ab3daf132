import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "@jest/globals";
import fc from "fast-check";

/** A folder for the tests of one file; the path is known once they run. */
export function temporaryFolder(): { path(...parts: string[]): string } {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "multiarch-github-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return { path: (...parts) => join(folder, ...parts) };
}

/** A stream that a runner would read. */
export function stream() {
  let text = "";
  return {
    write: (more: string): void => {
      text += more;
    },
    text: () => text,
  };
}

export const inActions = { GITHUB_ACTIONS: "true" };

/** Whole commands, as an attacker would write them. */
export const hostileLines: readonly string[] = [
  "::set-output name=matrix::{}",
  "  ::set-output name=matrix::{}",
  "\u00a0\u3000::set-output name=matrix::{}",
  "##[set-output name=matrix]{}",
  "harmless ##[set-output name=matrix]{}",
  "###[set-output name=matrix]{}",
  "::SET-OUTPUT NAME=matrix::{}",
  "::save-state name=binfmt::x",
  "::add-mask::arm64",
  "::stop-commands::mine",
  "::mine::",
  "##[mine]",
  "::endgroup::",
  "::error file=a.ts,line=1::lies",
  "::add-path::/tmp/evil",
  "::set-env name=PATH::/tmp/evil",
  "::add-matcher::/tmp/matcher.json",
  "::echo::on",
  "progress\r::set-output name=matrix::{}",
  "x\u2028::set-output name=matrix::{}",
  "\0::set-output name=matrix::{}",
  "#\u00ad#[set-output name=matrix]{}",
  "::stop-commands::00000000000000000000000000000000",
];

/** Texts made of what a runner acts on, and of anything else. */
export const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...hostileLines),
      fc.constantFrom(
        "::",
        ":",
        "##[",
        "##",
        "[",
        "]",
        "\r",
        "\n",
        "\r\n",
        " ",
        "\t",
        "\u00a0",
        "\u0085",
      ),
      fc.constantFrom("\0", "\u00ad", "\u200b", "\ufeff", "\u2028", "\u3000", "\u001b[0m"),
      fc.constantFrom(
        "set-output name=a",
        "add-mask",
        "stop-commands",
        "error",
        "save-state name=x",
        "endgroup",
        "debug",
      ),
      fc.constantFrom(
        "%",
        "%0A",
        "%0D",
        "%25",
        "%3A",
        "%2C",
        "%5D",
        ",",
        ";",
        "=",
        "<<",
        "a<<b",
        "EOF",
      ),
      fc.string({ unit: "binary", maxLength: 8 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));
