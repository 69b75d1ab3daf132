import { builderNames, toolIdentity } from "@multiarch/contracts";
import { Command, Option } from "commander";
import type { CommandIo } from "./io.ts";
import { collectList } from "./lists.ts";

type Run = (code: number) => void;

/** The verbs and their flags. Each verb's code is loaded when it is called. */
export function createProgram(io: CommandIo, finish: Run): Command {
  const program = new Command("multiarch")
    .description("One target list in, verified packages for every platform out.")
    .version(toolIdentity.version)
    .option("--verbose", "show what every tool prints")
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ writeOut: io.print, writeErr: (text) => io.log.info(text.trimEnd()) });

  planned(program.command("release"), "plan, build and merge on this machine")
    .option("--out <folder>", "the release folder", "release")
    .option("--jobs <number>", "builds at a time")
    .option("--allow-missing <targets>", "targets that may fail", collectList)
    .option("--no-install-test", "do not install what was made")
    .action(async (folder, options) => {
      const { releaseVerb } = await import("./verbs/release.ts");
      finish(await releaseVerb(folder, options, io));
    });
  planned(program.command("plan"), "show where and how each target is built")
    .option("--event <file>", "plan for hosted runners, as this event's payload asks")
    .option("--event-name <name>", "plan for hosted runners, as for this event")
    .option("--matrix <name>", "the rows of a matrix of the configuration instead")
    .action(async (folder, options) => {
      const { planVerb } = await import("./verbs/plan.ts");
      finish(await planVerb(folder, options, io));
    });
  planned(program.command("build"), "build targets, by default this machine's own")
    .option("--out <folder>", "where the legs go", "legs")
    .action(async (folder, options) => {
      const { buildVerb } = await import("./verbs/build.ts");
      finish(await buildVerb(folder, options, io));
    });
  planned(program.command("init"), "write the workflow for this project").action(
    async (folder, options) => {
      const { initVerb } = await import("./verbs/init.ts");
      finish(await initVerb(folder, options, io));
    },
  );
  program
    .command("merge")
    .description("make a release of files that others built, or of the legs of a plan")
    .option("--from <places...>", "folders, files and patterns of executables and archives")
    .option("--name <name>", "name of the packages, instead of the manifest's")
    .option("--package-version <version>", "version of the packages, instead of the manifest's")
    .option("--targets <targets>", "targets that there must be, no more and no fewer", collectList)
    .option("--platforms <targets>", "the same as --targets", collectList)
    .option("--bins <names>", "names of the commands", collectList)
    .option("--glibc <version>", "the newest glibc that files may need")
    .option("--npm-scope <scope>", "npm packages under this scope")
    .addOption(
      new Option("--npm-layout <layout>", "how npm packages are named").choices([
        "scoped",
        "prefixed",
        "alias",
      ]),
    )
    .option("--no-npm", "make no npm packages")
    .option("--no-wheel", "make no wheels")
    .option("--no-archive", "make no archives")
    .option("--config <file>", "the configuration, relative to the current folder")
    .option(
      "--plan <reference>",
      "<reference>@sha256:<hash> of a plan, its legs in MULTIARCH_TRANSPORT",
    )
    .option("--out <folder>", "the release folder", "release")
    .option("--allow-missing <targets>", "targets that may be missing", collectList)
    .option("--no-install-test", "do not install what was made")
    .option("--json", "print the release as JSON")
    .action(async (options) => {
      const { mergeVerb } = await import("./verbs/merge.ts");
      finish(await mergeVerb(options, io));
    });
  program
    .command("verify")
    .description("hold packages and native files, whoever made them, against their labels")
    .argument("<files...>", "files, folders, globs, or a release folder")
    .option("--target <target>", "what every file should serve")
    .option("--glibc <version>", "the newest glibc that a file may need")
    .addOption(
      new Option("--for <registry>", "upload rules of this registry count too").choices([
        "any",
        "pypi",
        "npm",
      ]),
    )
    .option("--exclude <patterns>", "rules or libraries that do not count", collectList)
    .addOption(
      new Option("--fail-on <level>", "the level that fails").choices(["error", "warning"]),
    )
    .option("--json", "print the report as JSON")
    .action(async (files, options) => {
      const { verifyVerb } = await import("./verbs/verify.ts");
      finish(await verifyVerb(files, options, io));
    });
  program
    .command("detect")
    .description("show what this machine is")
    .option("--json", "print JSON")
    .action(async (options) => {
      const { detectVerb } = await import("./verbs/detect.ts");
      finish(await detectVerb(options, io));
    });
  program
    .command("doctor")
    .description("show what this machine can build and run, and how to get the rest")
    .argument("[folder]", "the project", ".")
    .option("--json", "print JSON")
    .action(async (folder, options) => {
      const { doctorVerb } = await import("./verbs/doctor.ts");
      finish(await doctorVerb(folder, options, io));
    });
  program
    .command("targets")
    .description("list all targets, or one in every naming system")
    .argument("[name]", "any spelling of a target")
    .option("--json", "print JSON")
    .action(async (name, options) => {
      const { targetsVerb } = await import("./verbs/targets.ts");
      finish(await targetsVerb(name, options, io));
    });
  return program;
}

/** What every verb that reads a project takes. */
function planned(command: Command, description: string): Command {
  return command
    .description(description)
    .argument("[folder]", "the project", ".")
    .option("--config <file>", "the configuration, relative to the project")
    .option("--targets <targets>", "targets instead of the configured ones", collectList)
    .option("--platforms <targets>", "the same as --targets", collectList)
    .addOption(
      new Option("--builder <name>", "builder instead of the configured one").choices([
        "auto",
        ...builderNames,
      ]),
    )
    .option("--npm-scope <scope>", "npm packages under this scope")
    .option("--json", "print one JSON document");
}
