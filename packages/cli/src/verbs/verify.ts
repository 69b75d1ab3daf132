import { tmpdir } from "node:os";
import { UserError } from "@multiarch/diagnostics";
import { parseTarget } from "@multiarch/targets";
import {
  checkInWords,
  fileInWords,
  type Report,
  type ReportFile,
  tally,
  tallyInWords,
  verify,
} from "@multiarch/verify";
import { type CommandIo, exitCodes, UsageError } from "../io.ts";
import { typed } from "../options.ts";

export interface VerifyOptions {
  readonly target?: string;
  readonly glibc?: string;
  readonly for?: "any" | "pypi" | "npm";
  readonly exclude?: readonly string[];
  readonly failOn?: "error" | "warning";
  readonly json?: boolean;
}

/** Verifies files that anybody made. */
export async function verifyVerb(
  paths: readonly string[],
  options: VerifyOptions,
  io: CommandIo,
): Promise<number> {
  const { target, glibc } = options;
  const report = await verify({
    paths,
    folder: io.cwd,
    purpose: options.for ?? "any",
    target: target === undefined ? null : typed(() => parseTarget(target)),
    glibc: glibc === undefined ? null : typedVersion(glibc),
    exclude: options.exclude ?? [],
    failOn: options.failOn ?? "error",
    temporaryFolder: tmpdir(),
    log: io.log,
  });
  if (options.json === true) io.print(`${JSON.stringify(report, null, 2)}\n`);
  else io.print(`${reportLines(report).join("\n")}\n`);
  return report.ok ? exitCodes.done : exitCodes.failed;
}

/** A version of glibc as tags and files name them. @throws UsageError */
function typedVersion(text: string): string {
  if (/^2\.[0-9]{1,3}$/.test(text)) return text;
  const details = { what: `--glibc ${text} is no version of glibc`, expected: "such as 2.17" };
  throw new UsageError(new UserError("MA020", details));
}

/** Each file in one line with what it is, below it what was found, and a count at the end. */
function reportLines(report: Report): string[] {
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
