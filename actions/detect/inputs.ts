import { readInputs } from "@multiarch/github";

export function detectInputs(env: NodeJS.ProcessEnv) {
  return readInputs({ strict: { type: "boolean", default: false } }, env);
}
