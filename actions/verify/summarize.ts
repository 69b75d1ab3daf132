import { summaryTable } from "@multiarch/github";
import { fileInWords, type Report, tally, tallyInWords } from "@multiarch/verify";

/** A table of the files and one of what was found, for the summary of the job. */
export function summarize(report: Report): string {
  const { files } = report;
  const rows = files.map((file) => {
    const { error, warning, excluded } = tally({ files: [file] });
    return [file.path, fileInWords(file), error, warning, excluded];
  });
  const findings = files.flatMap(({ path, checks, excluded = [] }) => [
    ...checks.map((check) => ({ ...check, path })),
    ...excluded.map((check) => ({ ...check, path, level: `excluded by ${check.by}` })),
  ]);
  const details = findings.map(({ level, rule, path, member, expected, found }) => [
    level,
    rule,
    member === undefined ? path : `${path} › ${member}`,
    expected,
    found,
  ]);
  const found = ["level", "rule", "file", "expected", "found"];
  return [
    `### Verified\n\n${tallyInWords(tally(report))}`,
    summaryTable(["file", "what it is", "errors", "warnings", "excluded"], rows),
    ...(details.length === 0 ? [] : [`#### Findings\n\n${summaryTable(found, details)}`]),
  ].join("\n\n");
}
