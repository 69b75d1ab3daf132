import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { runChecked } from "@multiarch/process";
import { findGo } from "@multiarch/toolchains";
import type { BuildContext, Builder, BuiltFile } from "../builder.ts";
import { executableName } from "../names.ts";

/**
 * Go crosses to every target by itself. Without cgo the result is static on Linux and needs nothing of the building machine;
 * `-trimpath`, no VCS stamp and an empty build id make two builds equal byte for byte.
 */
export const go: Builder = {
  async compile(context: BuildContext): Promise<BuiltFile[]> {
    const { project, log, exact } = context;
    const details = project.manifestDetails;
    if (details.kind !== "go") throw new TypeError("the go builder needs a Go module");
    const found = await findGo({
      version: details.toolchain ?? details.goVersion,
      env: context.environment,
      log,
      toolCache: context.toolCache,
      searches: context.searches,
      onFetch: (what) => context.announce(`fetch ${what}`),
    });
    context.use(found.used);
    context.announce("compile");
    const environment = {
      ...found.environment,
      CGO_ENABLED: context.environment.CGO_ENABLED ?? "0",
      ...targetEnvironment(exact.go),
    };
    const files: BuiltFile[] = [];
    for (const { name, bins } of context.packages) {
      for (const bin of bins) {
        const main = details.mains.find((candidate) => candidate.name === bin);
        if (main === undefined) throw new TypeError(`no main package makes ${bin}`);
        const path = join(context.output, name, executableName(bin, exact));
        await mkdir(dirname(path), { recursive: true });
        await runChecked(found.command, goArguments(context, path, main.path), {
          what: `go build of ${bin}`,
          cwd: project.root,
          env: environment,
          timeoutMs: context.timeoutMs,
          log,
        });
        files.push({ package: name, bin, kind: "executable", path });
      }
    }
    return files;
  },
};

/** Pure, so that a table can test it. */
export function goArguments(
  { settings, project }: Pick<BuildContext, "settings" | "project">,
  output: string,
  mainPath: string,
): string[] {
  const flags = [...(settings.strip ? ["-s", "-w"] : []), "-buildid=", ...settings.ldflags];
  return [
    "build",
    "-trimpath",
    "-buildvcs=false",
    ...(settings.jobs === null ? [] : ["-p", String(settings.jobs)]),
    ...(settings.features.length === 0 ? [] : ["-tags", settings.features.join(",")]),
    "-ldflags",
    flags.map((flag) => flag.replaceAll("{version}", project.version)).join(" "),
    ...settings.args,
    "-o",
    output,
    mainPath === "." ? "." : `./${mainPath}`,
  ];
}

/** GOOS, GOARCH and the level (GOARM, GOAMD64, …) of the table, so that the user's own environment cannot change the target. */
function targetEnvironment(go: Readonly<Record<string, string>> | null): Record<string, string> {
  if (go === null) throw new TypeError("Go has no such target");
  return { ...go };
}
