import { builderNames } from "@multiarch/contracts";
import { readInputs } from "@multiarch/github";

export function buildInputs(env: NodeJS.ProcessEnv) {
  return readInputs(
    {
      row: { type: "json" },
      target: { type: "text", default: "" },
      builder: { type: "choice", choices: ["auto", ...builderNames], default: "auto" },
      upload: { type: "boolean", default: true },
      "retention-days": { type: "number", default: 0 },
      config: { type: "text", default: "multiarch.yml" },
      "working-directory": { type: "text", default: "." },
    },
    env,
  );
}
