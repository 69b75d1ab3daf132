import type { Wishes } from "@multiarch/buildx";
import { readInputs } from "@multiarch/github";

export function buildxInputs(env: NodeJS.ProcessEnv): Wishes {
  const inputs = readInputs(
    {
      version: { type: "text" },
      checksum: { type: "text" },
      driver: { type: "text", default: "docker-container" },
      "driver-opts": { type: "text" },
      "buildkitd-flags": { type: "text" },
      "buildkitd-config": { type: "text" },
      "buildkitd-config-inline": { type: "text" },
      use: { type: "boolean", default: true },
      name: { type: "text" },
      endpoint: { type: "text" },
      platforms: { type: "list" },
      append: { type: "text" },
      "keep-state": { type: "boolean", default: false },
      "cache-binary": { type: "boolean", default: true },
      cleanup: { type: "boolean", default: true },
    },
    env,
  );
  return {
    ...inputs,
    driverOpts: inputs["driver-opts"],
    buildkitdFlags: inputs["buildkitd-flags"],
    buildkitdConfig: inputs["buildkitd-config"],
    buildkitdConfigInline: inputs["buildkitd-config-inline"],
    keepState: inputs["keep-state"],
    cacheBinary: inputs["cache-binary"],
  };
}
