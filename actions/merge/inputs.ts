import { readInputs } from "@multiarch/github";

export function mergeInputs(env: NodeJS.ProcessEnv) {
  return readInputs(
    {
      plan: { type: "text", required: true },
      "allow-missing": { type: "list" },
      "output-dir": { type: "text", default: "release" },
      "install-test": { type: "boolean", default: true },
      upload: { type: "boolean", default: true },
    },
    env,
  );
}
