import { existsSync } from "node:fs";
import { copyFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { UserError } from "@multiarch/diagnostics";
import { runChecked } from "@multiarch/process";
import { cargoTools, findZigbuild } from "@multiarch/toolchains";
import type { BuildContext, Builder, BuiltFile } from "../builder.ts";
import { executableName } from "../names.ts";

/** Cargo on its own for the host's toolchain; through zig where the glibc floor or a static build asks for another linker. */
export const cargo: Builder = {
  async compile(context: BuildContext): Promise<BuiltFile[]> {
    const { project, log, exact, row } = context;
    const triple = exact.rust;
    if (triple === null) throw new TypeError(`Rust has no target for ${exact.id}`);
    const tools = await cargoTools({ env: context.environment, cwd: project.root });
    if (tools.cargo === null) {
      throw new UserError("MA302", {
        what: "there is no cargo on PATH",
        expected: "a Rust toolchain",
        found: "none",
      });
    }
    context.use({
      name: "rustc",
      version: tools.rustc ?? "unknown",
      sha256: null,
      from: "path",
    });
    await addTarget(context, tools, triple);
    let environment: Record<string, string> = {
      ...context.environment,
      CARGO_INCREMENTAL: "0",
      CARGO_TERM_COLOR: "never",
    };
    if (context.settings.strip) environment[stripVariable(context.settings.profile)] = "symbols";
    if (row.tool === "cross") {
      const zigbuild = await findZigbuild({
        env: context.environment,
        log,
        toolCache: context.toolCache,
        searches: context.searches,
        onFetch: (what) => context.announce(`fetch ${what}`),
      });
      context.announce("compile");
      for (const tool of zigbuild.used) context.use(tool);
      environment = { ...zigbuild.environment, ...environment, ...zigPaths(zigbuild.environment) };
    }
    const locked = existsSync(join(workspaceRoot(context), "Cargo.lock"));
    const output = await runChecked(tools.cargo, cargoArguments(context, triple, locked), {
      what: `cargo build for ${triple}`,
      cwd: project.root,
      env: environment,
      timeoutMs: context.timeoutMs,
      log,
    });
    const { stdout, truncated } = output;
    // What is kept of a very long output may begin in the middle of a message.
    const built = executables(truncated ? stdout.slice(stdout.indexOf("\n") + 1) : stdout);
    const files: BuiltFile[] = [];
    for (const { name, bins } of context.packages) {
      for (const bin of bins) {
        const made = built.get(bin);
        if (made === undefined) {
          throw new UserError("MA303", {
            what: `cargo made no executable called ${bin}`,
            expected: bins.join(", "),
            found: [...built.keys()].join(", ") || "none",
          });
        }
        const path = join(context.output, name, executableName(bin, exact));
        await mkdir(dirname(path), { recursive: true });
        await copyFile(made, path);
        files.push({ package: name, bin, kind: "executable", path });
      }
    }
    return files;
  },
};

/** Pure, so that a table can test it. The floor is a suffix of the target that cargo-zigbuild takes off again. */
export function cargoArguments(
  {
    settings,
    row,
    project,
    packages,
  }: Pick<BuildContext, "settings" | "row" | "project" | "packages">,
  triple: string,
  locked: boolean,
): string[] {
  const zig = row.tool === "cross";
  const bins = packages.flatMap((one) => one.bins);
  const owners = project.manifestDetails.kind === "cargo" ? project.manifestDetails.packages : [];
  const named = owners.filter((owner) => owner.bins.some((bin) => bins.includes(bin)));
  return [
    zig ? "zigbuild" : "build",
    ...(settings.profile === null ? ["--release"] : ["--profile", settings.profile]),
    ...(locked ? ["--locked"] : []),
    "--target",
    zig && row.glibc !== null ? `${triple}.${row.glibc}` : triple,
    "--message-format",
    "json-render-diagnostics",
    ...named.flatMap(({ name }) => ["--package", name]),
    ...bins.flatMap((bin) => ["--bin", bin]),
    ...(settings.features.length === 0 ? [] : ["--features", settings.features.join(",")]),
    ...(settings.jobs === null ? [] : ["--jobs", String(settings.jobs)]),
    ...settings.args,
  ];
}

/** Cargo's variable for the profile that is built: `CARGO_PROFILE_<NAME>_STRIP`. */
export function stripVariable(profile: string | null): string {
  return `CARGO_PROFILE_${(profile ?? "release").toUpperCase().replaceAll("-", "_")}_STRIP`;
}

/** Executables by name, from cargo's JSON messages (`reason: compiler-artifact`, `target.name`, `executable`). */
export function executables(messages: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of messages.split("\n")) {
    if (!line.startsWith("{")) continue;
    const message = JSON.parse(line) as {
      reason?: string;
      executable?: string | null;
      target?: { name?: string };
    };
    if (message.reason !== "compiler-artifact") continue;
    if (typeof message.executable === "string" && message.target?.name !== undefined) {
      found.set(message.target.name, message.executable);
    }
  }
  return found;
}

function workspaceRoot({ project }: BuildContext): string {
  const details = project.manifestDetails;
  return details.kind === "cargo" ? details.workspaceRoot : project.root;
}

/** Only what finding zig adds: the rest of its environment is the one that was passed in. */
function zigPaths(environment: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => name === "PATH" || name.startsWith("CARGO_ZIG")),
  );
}

async function addTarget(
  { log, environment, timeoutMs, project }: BuildContext,
  tools: Awaited<ReturnType<typeof cargoTools>>,
  triple: string,
): Promise<void> {
  if (tools.installedTargets.includes(triple)) return;
  if (!tools.rustup) {
    throw new UserError("MA304", {
      what: `the Rust standard library for ${triple} is not installed`,
      expected: triple,
      found: tools.installedTargets.join(", ") || "none",
    });
  }
  await runChecked("rustup", ["target", "add", triple], {
    what: `rustup target add ${triple}`,
    cwd: project.root,
    env: environment,
    timeoutMs: Math.min(timeoutMs, 600_000),
    log,
  });
}
