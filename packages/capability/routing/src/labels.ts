import { nearest, UserError } from "@multiarch/diagnostics";
import { findRunnerLabel, runnerLabels } from "@multiarch/targets";
import { foldLabel, groupOf, labelsOf, type RunsOn } from "./runs-on.ts";

export interface LabelWarning {
  readonly code: "label-retiring" | "label-unknown";
  readonly text: string;
}

const warnedDays = 90;

/**
 * Whether a job with these labels will start. GitHub does not refuse a label that no machine has: the job waits for a day.
 * @param today `YYYY-MM-DD`
 * @param where the key or input that names the labels
 * @throws UserError MA211 for what can be no label, MA212 for a retired one, MA213 for what looks like a typo of a known one
 */
export function checkLabels(runsOn: RunsOn, today: string, where: string): LabelWarning[] {
  const labels = labelsOf(runsOn);
  if (labels.length === 0 && groupOf(runsOn) === null) throw notALabel("", where);
  for (const label of labels) if (!isLabel(label)) throw notALabel(label, where);
  const group = groupOf(runsOn);
  if (group !== null && !isLabel(group)) throw notALabel(group, where);
  // Owners of machines call them what they like, and next to `self-hosted` or in a group all other labels are theirs.
  if (group !== null || labels.some((label) => foldLabel(label) === "self-hosted")) return [];
  return labels.flatMap((label) => checkLabel(label, today, where));
}

function checkLabel(label: string, today: string, where: string): LabelWarning[] {
  const known = findRunnerLabel(label);
  if (known === undefined) return unknownLabel(label, where);
  const { retires, replacement } = known;
  if (retires === null) return [];
  const instead = replacement === null ? "" : `; use ${replacement}`;
  // `2027-08` sorts before `2027-08-01`: a month without a day counts from its first day.
  if (retires <= today) {
    throw new UserError("MA212", {
      what: `the runner label ${known.label} was retired in ${retires}: its jobs never start`,
      where,
      ...(replacement === null ? {} : { expected: replacement }),
      found: label,
    });
  }
  const days = (Date.parse(retires) - Date.parse(today)) / 86_400_000;
  if (days > warnedDays) return [];
  const note = known.note === null ? "" : ` (${known.note})`;
  return [
    {
      code: "label-retiring",
      text: `${known.label} retires in ${retires}${note}${instead}, ${where}`,
    },
  ];
}

function unknownLabel(label: string, where: string): LabelWarning[] {
  const folded = foldLabel(label);
  const meant = meantLabel(folded) ?? nearest(folded, ["self-hosted"], 2);
  if (meant !== undefined) {
    throw new UserError("MA213", {
      what: `there is no runner label ${label}`,
      where,
      expected: meant,
      found: label,
    });
  }
  const text = `the label ${label} is none of GitHub's; unless a machine of yours has it, its job waits for 24 hours, ${where}`;
  return [{ code: "label-unknown", text }];
}

/**
 * The label of GitHub's that was meant, when it is plain that one was. Other providers and one's own machines have labels
 * that resemble GitHub's (`ubuntu-24.04-riscv`), and one that differs in its numbers only may be newer than this table.
 */
function meantLabel(folded: string): string | undefined {
  const known = runnerLabels.map(({ label }) => label);
  // What many expect to exist: `-latest` was never given to other processors than the usual one.
  const floating = /^(ubuntu|windows|macos)-latest-(arm(?:64)?|aarch64|intel|x64)$/.exec(folded);
  const [, system, processor] = floating ?? [];
  if (system !== undefined && processor !== undefined) return newest(system, processor);
  const undotted = known.find((label) => label.replaceAll(".", "") === folded);
  if (undotted !== undefined) return undotted;
  const shape = withoutNumbers(folded);
  if (known.some((label) => withoutNumbers(label) === shape)) return undefined;
  return nearest(folded, known, 2);
}

/** The first in the table, which names the newest first, that is a version of its own. */
function newest(system: string, processor: string): string | undefined {
  const wanted = processor.startsWith("a") ? "arm64" : "x64";
  return runnerLabels.find(
    ({ label, arch, tier, status }) =>
      label.startsWith(`${system}-`) &&
      /\d/.test(label) &&
      arch === wanted &&
      tier === "standard" &&
      status === "ga",
  )?.label;
}

function withoutNumbers(label: string): string {
  return label.replaceAll(/[\d.]+/g, "#");
}

/** A label with an expression in it was meant for GitHub's own evaluation, which a value of ours never goes through. */
function isLabel(label: string): boolean {
  return (
    label.trim() !== "" &&
    label.length <= 256 &&
    !/[\p{Cc},]/u.test(label) &&
    !label.includes("${{")
  );
}

function notALabel(given: string, where: string): UserError {
  const label = given.length > 80 ? `${given.slice(0, 80)}…` : given;
  return new UserError("MA211", {
    what: `${JSON.stringify(label)} can be no label of a runner`,
    where,
    expected: "1 to 256 characters without line ends, commas and workflow expressions",
    found: JSON.stringify(label),
  });
}
