import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "@multiarch/diagnostics";
import { childEnvironment, findExecutable, runProcess } from "@multiarch/process";
import { filesOf, type ManifestFile } from "../store/manifest.ts";
import type { ToolRequest } from "../types.ts";
import type { ZigbuildPins } from "./table.ts";

/** A hundred megabytes on a slow line. */
const installTime = 1_800_000;

/** A Python that has pip. Null when there is none. */
export async function pythonWithPip(
  request: Pick<ToolRequest, "env" | "log">,
): Promise<string | null> {
  for (const name of process.platform === "win32"
    ? ["python", "python3", "py"]
    : ["python3", "python"]) {
    const python = await findExecutable(name, request.env);
    if (python === null) continue;
    const { code, stderr } = await runProcess(python, ["-m", "pip", "--version"], {
      env: pipEnvironment(request.env),
      timeoutMs: 60_000,
    }).catch((error: unknown) => ({ code: null, stderr: String(error) }));
    if (code === 0) return python;
    request.log.debug(`${python} has no pip: ${stderr.trim()}`);
  }
  return null;
}

/**
 * Installs both wheels into `<staging>/tree` with the user's own pip and its settings (index, proxy, certificates). pip takes no file whose
 * hash is another than the pinned one, and nothing that the wheels may ask for besides.
 * @throws UserError MA357 when the index has other files of these versions, MA356 when pip fails otherwise.
 */
export async function pipInstall(
  python: string,
  pins: ZigbuildPins,
  staging: string,
  request: Pick<ToolRequest, "env" | "log">,
): Promise<ManifestFile[]> {
  const requirements = join(staging, "requirements.txt");
  await writeFile(
    requirements,
    [
      `cargo-zigbuild==${pins.zigbuild.version} --hash=sha256:${pins.zigbuild.sha256}`,
      `ziglang==${pins.zig.version} --hash=sha256:${pins.zig.sha256}`,
      "",
    ].join("\n"),
  );
  const tree = join(staging, "tree");
  await mkdir(tree);
  const { code, timedOut, stderr, tail } = await runProcess(
    python,
    [
      ...["-m", "pip", "install"],
      ...["--no-deps", "--only-binary=:all:", "--require-hashes", "--no-compile"],
      ...[
        "--no-input",
        "--progress-bar=off",
        "--disable-pip-version-check",
        "--no-warn-script-location",
      ],
      ...pins.platforms.flatMap((tag) => ["--platform", tag]),
      ...["--target", tree, "--requirement", requirements],
    ],
    { env: pipEnvironment(request.env), cwd: staging, timeoutMs: installTime, log: request.log },
  );
  if (code === 0) return filesOf(tree);
  const wrong = /DO NOT MATCH THE HASHES/i.test(stderr);
  throw new UserError(wrong ? "MA357" : "MA356", {
    what: wrong
      ? "the package index has another cargo-zigbuild or zig than the known ones"
      : "pip did not install cargo-zigbuild and zig",
    expected: `cargo-zigbuild ${pins.zigbuild.version} and ziglang ${pins.zig.version}`,
    found: timedOut ? "no end within half an hour" : tail.slice(-8).join(" | "),
  });
}

/** Settings that would send the files elsewhere, forbid wheels, or take them from a folder instead of the index. */
const unwanted =
  /^(PIP_(FIND_LINKS|TARGET|PREFIX|ROOT|USER|REQUIRE_VIRTUALENV|NO_BINARY|ONLY_BINARY|PLATFORM|CONSTRAINT|REQUIREMENT|NO_INDEX)|PYTHONPATH|PYTHONHOME)$/i;

function pipEnvironment(env: ToolRequest["env"]): Record<string, string> {
  const kept = Object.entries(env).filter(([name]) => !unwanted.test(name));
  // `user = true` in a configuration file forbids --target.
  return childEnvironment(Object.fromEntries(kept), { PIP_USER: "0" });
}
