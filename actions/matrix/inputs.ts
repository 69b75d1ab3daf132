import { builderNames } from "@multiarch/contracts";
import { readInputs } from "@multiarch/github";

export function matrixInputs(env: NodeJS.ProcessEnv) {
  return readInputs(
    {
      name: { type: "text", default: "" },
      targets: { type: "list", aliases: ["platforms"] },
      builder: { type: "choice", choices: ["auto", ...builderNames], default: "auto" },
      runner: { type: "text", default: "" },
      "runners-token": { type: "text", default: "" },
      "max-jobs": { type: "number", default: 256, integer: true, minimum: 1 },
      "allow-empty": { type: "boolean", default: false },
      "fail-on-warning": { type: "boolean", default: false },
      config: { type: "text", default: "multiarch.yml" },
      "working-directory": { type: "text", default: "." },
    },
    env,
  );
}

export type MatrixInputs = ReturnType<typeof matrixInputs>;
