import { appendFileSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { type Environment, inActions } from "./runner.ts";

/** The runner drops a larger summary as a whole, with an error. */
const limitBytes = 1024 * 1024;
const note = "\n\n> The rest was cut off: a summary may have 1 MiB.\n";

/**
 * Adds Markdown to the summary of the step. What goes beyond the runner's 1 MiB is cut at a line, with a note.
 * @returns false when nothing was added: no runner, or the summary is full.
 */
export function appendSummary(env: Environment, markdown: string): boolean {
  const file = env.GITHUB_STEP_SUMMARY;
  if (!inActions(env) || file === undefined || file === "") return false;
  if (!existsSync(file)) writeFileSync(file, "");
  const room = limitBytes - statSync(file).size;
  const text = markdown.endsWith("\n") ? markdown : `${markdown}\n`;
  if (Buffer.byteLength(text) <= room - note.length) {
    appendFileSync(file, text);
    return true;
  }
  if (room < note.length || readFileSync(file, "utf8").endsWith(note)) return false;
  appendFileSync(file, `${firstLines(text, room - note.length)}${note}`);
  return true;
}

/** As many whole lines as fit; of a first line that is too long, as many whole characters. */
function firstLines(text: string, bytes: number): string {
  const start = Buffer.from(text)
    .subarray(0, bytes)
    .toString("utf8")
    .replace(/\ufffd+$/, "");
  const end = start.lastIndexOf("\n");
  return end <= 0 ? start : start.slice(0, end);
}
