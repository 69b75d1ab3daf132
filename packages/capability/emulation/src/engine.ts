import { UserError } from "@multiarch/diagnostics";
import { childEnvironment, findExecutable, type RunResult, runProcess } from "@multiarch/process";
import { type Origin, pinnedImage } from "./sources/reference.ts";
import type { Environment, Guest, Surroundings } from "./types.ts";

/** What the emulators' image prints without arguments. */
interface EngineState {
  /** Docker's platforms. */
  readonly supported: readonly string[];
  /** Names of entries. */
  readonly emulators: readonly string[];
}

export interface EnginePrepared {
  readonly platforms: readonly string[];
  readonly missing: readonly Guest[];
  /** Entries that were not there before: the post step removes these. */
  readonly added: readonly string[];
}

/** Milliseconds: pulling the image included. */
const limit = 300_000;

/**
 * Whether containers run on another kernel than this process: then what is registered here is of no use to them. On systems other
 * than Linux the engine is in a virtual machine; on Linux the address tells.
 */
export function engineIsElsewhere(platform: string, env: Environment): boolean {
  return platform !== "linux" || /^(?:tcp|ssh|https?):\/\//.test(env.DOCKER_HOST ?? "");
}

/** The arguments of `docker` that run the image once, on the engine's own kernel. */
export function engineArguments(image: string, action: readonly string[]): readonly string[] {
  const run = ["run", "--rm", "--privileged", "--network", "none", "--pull", "missing"];
  return [...run, image, ...action];
}

/** The image by its digest; never by a name alone. @throws UserError MA460 for places that are no image */
export function engineImage(origin: Origin | null): string {
  if (origin === null || origin.kind === "floating") return pinnedImage.text;
  if (origin.kind === "image") {
    return `${origin.host}/${origin.repository}@sha256:${origin.digest}`;
  }
  throw new UserError("MA460", {
    what: "the container engine runs on another kernel, where only an image can bring emulators",
    expected: "name@sha256:<digest>",
    found: origin.kind === "folder" ? origin.path : origin.url,
    where: "image",
  });
}

/**
 * Lets a privileged container register emulators where the engine runs. The image exits with 0 whatever happened, so its own account
 * is read before and after.
 * @throws UserError MA451 no docker, MA462 it failed or a platform is still missing
 */
export async function prepareEngine(
  guests: readonly Guest[],
  { all, origin }: { readonly all: boolean; readonly origin: Origin | null },
  surroundings: Surroundings,
): Promise<EnginePrepared> {
  const image = engineImage(origin);
  const before = readState(await docker(engineArguments(image, []), surroundings));
  const names = guests.map(({ platforms }) => (platforms[0] ?? "").split("/")[1] ?? "");
  await docker(engineArguments(image, ["--install", names.join(",")]), surroundings);
  const after = readState(await docker(engineArguments(image, []), surroundings));
  const missing = guests.filter(
    ({ platforms }) => !platforms.some((one) => after.supported.includes(one)),
  );
  const added = after.emulators.filter((name) => !before.emulators.includes(name));
  if (missing.length > 0 && (!all || missing.length === guests.length)) {
    await releaseEngine(added, image, surroundings);
    throw new UserError("MA462", {
      what: `the container engine does not run ${missing.map(({ arch }) => arch).join(", ")}`,
      expected: guests.map(({ arch }) => arch).join(", "),
      found: after.supported.join(", "),
      where: image,
    });
  }
  return { platforms: after.supported, missing, added };
}

/** Removes entries that `prepareEngine` added. Names that are none of the image's are left out: they come from the runner's state. */
export async function releaseEngine(
  added: readonly string[],
  image: string,
  surroundings: Surroundings,
): Promise<void> {
  const names = added.filter((name) => /^qemu-[a-z0-9_]{1,32}$/.test(name));
  if (names.length === 0) return;
  await docker(engineArguments(image, ["--uninstall", names.join(",")]), surroundings);
}

async function docker(args: readonly string[], surroundings: Surroundings): Promise<RunResult> {
  const { env } = surroundings;
  if ((await findExecutable("docker", env)) === null) {
    throw new UserError("MA451", {
      what: "there is neither a Linux kernel here nor docker to reach one",
      found: surroundings.platform,
    });
  }
  const result = await runProcess("docker", args, { env: childEnvironment(env), timeoutMs: limit });
  if (result.code === 0) return result;
  throw new UserError("MA462", {
    what: `docker ${args.slice(0, 3).join(" ")} … failed`,
    // Newer clients end with advice on --help; the reason stands before it.
    found: result.tail
      .filter((line) => line.trim() !== "" && !/--help/.test(line))
      .slice(-3)
      .join(" / "),
    where: args.find((word) => word.includes("@sha256:")) ?? "docker",
  });
}

function readState({ stdout }: RunResult): EngineState {
  const refuse = (cause?: unknown): UserError =>
    new UserError("MA462", {
      what: "the emulators' image does not tell what it did",
      expected: "JSON with supported and emulators",
      found: stdout.slice(0, 200),
      cause,
    });
  let value: unknown;
  try {
    value = JSON.parse(stdout);
  } catch (cause) {
    throw refuse(cause);
  }
  if (typeof value !== "object" || value === null) throw refuse();
  const texts = (key: string): string[] => {
    const list: unknown = Reflect.get(value, key) ?? [];
    if (!Array.isArray(list)) throw refuse();
    return list.filter((one) => typeof one === "string");
  };
  return { supported: texts("supported"), emulators: texts("emulators") };
}
