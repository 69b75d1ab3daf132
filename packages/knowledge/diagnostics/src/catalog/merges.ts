import type { CatalogPart } from "./entry.ts";

/** Merge: capability/merge. */
export const merges = {
  MA700: {
    title: "Several things forbid the release",
    fix: "mend each of the errors above",
  },
  MA701: {
    title: "A leg belongs to another plan",
    fix: "take it away, or merge with the plan that it was built for",
  },
  MA702: {
    title: "A leg was made for something else",
    fix: "build the row again in this run",
  },
  MA703: {
    title: "A row was delivered twice with different bytes",
    fix: "build each row in one job, or make the build reproducible",
  },
  MA704: {
    title: "A required leg is missing",
    fix: "run the build job of this target, or mark the target optional",
  },
  MA705: {
    title: "A required leg failed",
    fix: "mend the build of this target, or mark it optional",
  },
  MA706: {
    title: "A leg lacks an executable that the plan promises",
    fix: "let the build make every name in bins",
  },
  MA707: {
    title: "A file of a leg is not what the leg says",
    fix: "build the row again; if it recurs, some job of this run replaces artifacts",
  },
  MA708: {
    title: "A file is not what its target asks for",
    fix: "mend the build of this target; see the rule in docs/checks.md",
  },
  MA709: {
    title: "Two packages have one file name",
    fix: "use placeholders in archive.name or npm settings that tell them apart",
  },
  MA710: {
    title: "An archive name is no file name",
    fix: "use letters, digits, dots and dashes in archive.name",
  },
  MA711: {
    title: "There is nothing to release",
    fix: "let at least one leg succeed",
  },
  MA712: {
    title: "A package does not work after installation",
    fix: "mend what the message says, or turn the test off with install-test: false",
  },
  MA713: {
    title: "The output folder holds something else",
    fix: "choose another folder, or empty this one",
  },
  MA720: {
    title: "A package that another tool made is not what it says",
    fix: "mend the build of this package; see the rule in docs/checks.md",
  },
  MA721: {
    title: "A package that another tool made is of another project",
    fix: "set wheel.name to the name that the package has, or leave the file out",
  },
  MA722: {
    title: "A package that another tool made has another version",
    fix: "let both take the version from one place",
  },
  MA723: {
    title: "A package that another tool made is for another target",
    fix: "build it for the target of its row",
  },
  MA730: {
    title: "A place to take files from names nothing",
    fix: "name a folder, a file, a pattern of files, or a pattern of this run's artifacts",
  },
  MA731: {
    title: "No executable was found to package",
    fix: "name the folder that the builds wrote to, or the archives that hold their results",
  },
  MA732: {
    title: "An archive cannot be unpacked",
    fix: "make or fetch the archive again, or take it out of the folder",
  },
  MA733: {
    title: "An executable cannot be read",
    fix: "make or fetch the file again, or take it out of the folder",
  },
  MA734: {
    title: "A file does not tell which target it is for",
    fix: "name the target with --targets (an action: targets), or in the name of the file",
  },
  MA735: {
    title: "Two different files are one command of one target",
    fix: "take one of them away; if they are two commands, say so with --bins (an action: bins)",
  },
  MA736: {
    title: "The files do not tell what the commands are",
    fix: "name the commands with --bins (an action: bins), or call the files so on every target",
  },
  MA737: {
    title: "A target that is expected has no file",
    fix: "add the file, or do without the target: --allow-missing (an action: allow-missing)",
  },
  MA738: {
    title: "A file is for no target that is expected",
    fix: "add its target to the list, or take the file away",
  },
  MA739: {
    title: "The name or the version of the packages is not known",
    fix: "say it with --name and --package-version (an action: name, package-version), or in a manifest in that folder or above",
  },
  MA740: {
    title: "A file for both processors of macOS lies beside one for one of them",
    fix: "take one of them away, add the other half, or say with --targets (an action: targets) which are meant",
  },
} as const satisfies CatalogPart;
