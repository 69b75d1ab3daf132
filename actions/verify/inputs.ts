import { readInputs } from "@multiarch/github";

export function verifyInputs(env: NodeJS.ProcessEnv) {
  return readInputs(
    {
      // Split below: a comma within braces belongs to the pattern.
      files: { type: "text", required: true },
      target: { type: "text" },
      for: { type: "choice", choices: ["any", "pypi", "npm"], default: "any" },
      glibc: { type: "text" },
      exclude: { type: "list" },
      "fail-on": { type: "choice", choices: ["error", "warning"], default: "error" },
    },
    env,
  );
}

/** Paths and patterns apart by lines or by commas outside braces. */
export function splitFiles(text: string): string[] {
  return text
    .split(/[\r\n]+|,(?![^{}\r\n]*\})/)
    .map((word) => word.trim())
    .filter((word) => word !== "");
}
