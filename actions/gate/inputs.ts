import { readInputs } from "@multiarch/github";

export function gateInputs(env: NodeJS.ProcessEnv) {
  return readInputs(
    {
      jobs: { type: "json", required: true },
      "allowed-failures": { type: "list" },
      "allowed-skips": { type: "list" },
    },
    env,
  );
}
