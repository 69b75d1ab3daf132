import { parseOrigin, parsePlatforms } from "@multiarch/emulation";
import { type ActionsLog, readInputs } from "@multiarch/github";

export async function qemuInputs(env: NodeJS.ProcessEnv, log: ActionsLog) {
  const inputs = readInputs(
    {
      platforms: { type: "list", default: ["all"] },
      image: { type: "text", default: "pinned" },
      "qemu-version": { type: "text" },
      keep: { type: "boolean", default: false },
      reset: { type: "boolean", default: false },
      "cache-image": { type: "boolean", default: true },
    },
    env,
  );
  if (inputs.reset) {
    log.notice(
      "reset: nothing is reset. Emulators of others stay, ours go before them and are removed at the end",
    );
  }
  const origin = parseOrigin(inputs.image);
  if (origin?.kind === "floating") {
    log.notice(
      `image: ${origin.text} can be another tomorrow and is not used; name@sha256:<digest> would be`,
    );
  }
  const all = inputs.platforms.some((name) => name.toLowerCase() === "all");
  return {
    guests: await parsePlatforms(inputs.platforms),
    all,
    origin: origin?.kind === "floating" ? null : origin,
    version: inputs["qemu-version"],
    keep: inputs.keep,
    offline: false,
  };
}
