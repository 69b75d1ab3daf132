import type { Report, ReportFile } from "./types.ts";
import { checkInWords, fileInWords, tally, tallyInWords } from "./words.ts";

/** Each file in one line with what it is, below it what was found, and a count at the end. */
export function reportLines(report: Report): string[] {
  const { files, skipped, unused } = report;
  const [some, others] = [skipped.slice(0, namedSkipped), skipped.length - namedSkipped];
  const more = others > 0 ? ` and ${others} more` : "";
  return [
    ...files.flatMap(fileLines),
    ...(skipped.length === 0 ? [] : [`not looked at: ${some.join(", ")}${more}`]),
    ...unused.map((pattern) => `nothing was excluded by ${pattern}`),
    tallyInWords(tally(report)),
  ];
}

/** So that a folder of sources does not hide what was found. */
const namedSkipped = 5;

function fileLines(file: ReportFile): string[] {
  return [
    `${file.path}  ${fileInWords(file)}`,
    ...file.checks.map((check) => `  ${check.level} ${checkInWords(check)}`),
    ...(file.excluded ?? []).map((check) => `  excluded (${check.by}) ${checkInWords(check)}`),
  ];
}
