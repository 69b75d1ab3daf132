import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "@multiarch/diagnostics";
import { runChecked } from "@multiarch/process";
import { fillPlaceholders, placeholders } from "@multiarch/targets";
import type { BuildContext, Builder, BuiltFile } from "../builder.ts";
import { executableName } from "../names.ts";

/**
 * Runs the user's own command. `{out}` (also MULTIARCH_OUT) is a folder that belongs to this target and package alone; the
 * command leaves `<bin>` or `<bin>.exe` in it.
 */
export const command: Builder = {
  async compile(context: BuildContext): Promise<BuiltFile[]> {
    const { project, settings, target, exact } = context;
    const [executable, ...rest] = [...settings.command, ...settings.args];
    if (executable === undefined) {
      throw new UserError("MA307", {
        what: "the command builder has no command",
        where: project.configFile.path ?? "no configuration file",
        expected: 'build: { command: [./build.sh, "{rust}", "{out}"] }',
      });
    }
    const files: BuiltFile[] = [];
    for (const { name, bins } of context.packages) {
      const out = join(context.output, name);
      await mkdir(out, { recursive: true });
      const values = {
        ...placeholders(exact, { package: name, version: project.version }),
        id: target.id,
        out,
      };
      const fill = (word: string): string => fillPlaceholders(word, values, "build.command");
      await runChecked(fill(executable), rest.map(fill), {
        what: `the build command of ${name}`,
        cwd: project.root,
        env: {
          ...context.environment,
          MULTIARCH_OUT: out,
          MULTIARCH_TARGET: target.id,
          MULTIARCH_VERSION: project.version,
        },
        timeoutMs: context.timeoutMs,
        log: context.log,
      });
      for (const bin of bins) {
        const path = join(out, executableName(bin, exact));
        await stat(path).catch((cause: unknown) => {
          throw new UserError("MA308", {
            what: `the build command left no ${executableName(bin, exact)} for ${target.id}`,
            expected: `a file ${executableName(bin, exact)} in {out}`,
            found: "nothing",
            cause,
          });
        });
        files.push({ package: name, bin, kind: "executable", path });
      }
    }
    return files;
  },
};
