import type { CatalogPart } from "./entry.ts";

/** Targets and configuration: knowledge/targets, capability/project. */
export const projects = {
  MA101: {
    title: "A name is not a target in any spelling",
    fix: "write an id such as linux-x64; `multiarch targets` lists them all",
  },
  MA102: {
    title: "A name means different targets to different naming systems",
    fix: "write one of the ids, or name the system, as in docker:linux/arm or debian:armhf",
  },
  MA103: {
    title: "A placeholder in a file name template has no value",
    fix: "use one of the placeholders listed, or an exact target id (linux-x64-gnu instead of linux-x64)",
  },
  MA120: {
    title: "The configuration file cannot be read",
    fix: "make multiarch.yml a plain file in UTF-8 inside the project, or remove it: every key has a default",
  },
  MA121: {
    title: "The configuration file is not valid YAML",
    fix: "correct the place that is named",
  },
  MA122: {
    title: "A key in the configuration does not exist",
    fix: "remove the key, or correct its name",
  },
  MA123: {
    title: "A key in the configuration has a value that is not allowed",
    fix: "correct the value",
  },
  MA124: {
    title: "A target is named twice",
    fix: "remove one of the two",
  },
  MA125: {
    title: "Two settings contradict each other",
    fix: "keep one of the two",
  },
  MA130: {
    title: "Nothing was found that can be built",
    fix: "run in the folder of a Go module or a Cargo package, or write build.command or prebuilt.files in multiarch.yml",
  },
  MA131: {
    title: "More than one builder fits the project",
    fix: "write `builder:` in multiarch.yml",
  },
  MA132: {
    title: "This version cannot build the project",
    fix: "write build.command (your own build) or prebuilt.files (files that are already built) in multiarch.yml",
  },
  MA133: {
    title: "A manifest cannot be read",
    fix: "correct the place that is named; the project's own tool should refuse it as well",
  },
  MA134: {
    title: "The executables of the project are not clear",
    fix: "write `bins:`, or `packages:` with the bins of each, in multiarch.yml",
  },
  MA135: {
    title: "A pattern or path in the configuration matches no file, or one that is too large",
    fix: "add the file, or remove the pattern",
  },
  MA136: {
    title: "The project has no usable name",
    fix: "write `name:` in multiarch.yml",
  },
  MA137: {
    title: "The names of npm's platform folders contradict each other",
    fix: "make package.json in npm/<suffix> say the name that `napi create-npm-dirs` would write",
  },
  MA140: {
    title: "The version is not a semantic version",
    fix: "write it as MAJOR.MINOR.PATCH, for example 1.2.3 or 1.2.3-rc.1",
  },
  MA141: {
    title: "The packages of the project have different versions",
    fix: "write `version:` in multiarch.yml, or release one of them by `bins:`",
  },
  MA142: {
    title: "SOURCE_DATE_EPOCH is not a time",
    fix: "set it to whole seconds since 1970, or unset it",
  },
  MA143: {
    title: "git could not say which commit this is",
    fix: "make `git log -1` work in the project folder",
  },
  MA150: {
    title: "A file that would be written exists with other content",
    fix: "move the file away, or keep it and change it by hand",
  },
} as const satisfies CatalogPart;
