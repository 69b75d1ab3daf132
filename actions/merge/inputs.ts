import { UserError } from "@multiarch/diagnostics";
import { readInputs } from "@multiarch/github";

export function mergeInputs(env: NodeJS.ProcessEnv) {
  return readInputs(
    {
      plan: { type: "text" },
      from: { type: "text" },
      pattern: { type: "text" },
      name: { type: "text" },
      "package-version": { type: "text" },
      targets: { type: "list", aliases: ["platforms"] },
      bins: { type: "list" },
      glibc: { type: "text" },
      "npm-scope": { type: "text" },
      "npm-layout": { type: "choice", choices: ["scoped", "prefixed", "alias"] },
      config: { type: "text", default: "multiarch.yml" },
      "working-directory": { type: "text", default: "." },
      "allow-missing": { type: "list" },
      "output-dir": { type: "text", default: "release" },
      "install-test": { type: "boolean", default: true },
      upload: { type: "boolean", default: true },
    },
    env,
  );
}

export type MergeInputs = ReturnType<typeof mergeInputs>;

/** What only files from elsewhere need: a plan says it all by itself. */
const ofFiles = [
  "name",
  "package-version",
  "targets",
  "bins",
  "glibc",
  "npm-scope",
  "npm-layout",
] as const;

/**
 * Whether files from elsewhere are merged, and not the legs of a plan.
 * @throws UserError MA004 when neither is named, MA003 when both are, or when an input does not go with a plan
 */
export function takesFiles(inputs: MergeInputs): boolean {
  const { plan, from, pattern } = inputs;
  const files = from !== null || pattern !== null;
  if (plan === null && !files) {
    throw new UserError("MA004", {
      what: "the inputs plan and from are missing",
      where: "with:",
      fix: "write plan: for the legs of a plan (it is empty when the plan job failed: look there), or from: for files that other jobs built",
    });
  }
  const stray = plan === null ? undefined : ofFiles.find((name) => isSaid(inputs[name]));
  const name = files && plan !== null ? (from === null ? "pattern" : "from") : stray;
  if (plan !== null && name !== undefined) {
    throw new UserError("MA003", {
      what: `the input ${name} does not go with plan, which says it all`,
      where: `with: ${name}`,
      fix: `remove ${name} or plan`,
    });
  }
  return files;
}

function isSaid(value: string | readonly string[] | null): boolean {
  return value !== null && value.length > 0;
}
