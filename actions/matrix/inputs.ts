import { builderNames } from "@multiarch/contracts";
import { readInputs } from "@multiarch/github";

export function matrixInputs(env: NodeJS.ProcessEnv) {
  return readInputs(
    {
      targets: { type: "list", aliases: ["platforms"] },
      builder: { type: "choice", choices: ["auto", ...builderNames], default: "auto" },
      "max-jobs": { type: "number", default: 256 },
      "allow-empty": { type: "boolean", default: false },
      "fail-on-warning": { type: "boolean", default: false },
      config: { type: "text", default: "multiarch.yml" },
      "working-directory": { type: "text", default: "." },
    },
    env,
  );
}
