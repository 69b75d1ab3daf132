import { guardMain, standardOutput } from "@multiarch/github";

type Step = () => Promise<void>;

/** Every step that an action.yml names, loaded when it runs. `cli` is the command line. */
const steps: Readonly<Record<string, () => Promise<Step>>> = {
  detect: async () => (await import("./detect/main.ts")).main,
  matrix: async () => (await import("./matrix/main.ts")).main,
  build: async () => (await import("./build/main.ts")).main,
  merge: async () => (await import("./merge/main.ts")).main,
  gate: async () => (await import("./gate/main.ts")).main,
  verify: async () => (await import("./verify/main.ts")).main,
  "setup/qemu": async () => (await import("./setup/qemu/main.ts")).main,
  "setup/qemu/post": async () => (await import("./setup/qemu/post.ts")).post,
  "setup/buildx": async () => (await import("./setup/buildx/main.ts")).main,
  "setup/buildx/post": async () => (await import("./setup/buildx/post.ts")).post,
  cli: async () => (await import("./cli/main.ts")).main,
};

export const stepNames: readonly string[] = Object.keys(steps);

/** Called by the stubs in dist/. Actions run under a guard that turns every unfinished or failed main into a red step. */
export async function run(step: string): Promise<void> {
  const load = steps[step];
  if (load === undefined) throw new RangeError(`there is no step ${step}`);
  if (step === "cli") return (await load())();
  await guardMain(async () => (await load())(), { env: process.env, write: standardOutput });
}
