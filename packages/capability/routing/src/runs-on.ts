/** What GitHub accepts in `runs-on`: a label, labels that must all fit, or a group of runners. */
export type RunsOn =
  | string
  | readonly string[]
  | { readonly group: string; readonly labels?: string | readonly string[] | undefined };

/** Every label in it. */
export function labelsOf(runsOn: RunsOn): readonly string[] {
  if (typeof runsOn === "string") return [runsOn];
  if (!("group" in runsOn)) return runsOn;
  const { labels = [] } = runsOn;
  return typeof labels === "string" ? [labels] : labels;
}

export function groupOf(runsOn: RunsOn): string | null {
  return typeof runsOn === "object" && "group" in runsOn ? runsOn.group : null;
}

/** For reasons: `[self-hosted, arm64]`, `group rise`, `ubuntu-24.04`. */
export function describeRunsOn(runsOn: RunsOn): string {
  const group = groupOf(runsOn);
  const labels = labelsOf(runsOn);
  const list = labels.length === 1 ? labels[0] : `[${labels.join(", ")}]`;
  if (group === null) return list ?? "";
  return labels.length === 0 ? `group ${group}` : `group ${group} with ${list}`;
}

/** Labels are compared without case and without spaces around them, as the service does. */
export function foldLabel(label: string): string {
  return label.trim().toLowerCase();
}

/** A group as runners name it: `org/name` and `enterprise/name` say where a group is defined. */
export function groupName(group: string): string {
  return foldLabel(group.replace(/^(?:org|organization|ent|enterprise)\//i, ""));
}
