import type { CatalogPart } from "./entry.ts";

/** Package formats: capability/npm, capability/wheel. */
export const packages = {
  MA801: {
    title: "A name is not one that npm accepts",
    fix: "set npm.main, npm.scope or the bin to a lower-case name that may stand in an address",
  },
  MA802: {
    title: "A version is not one that npm accepts",
    fix: "use a semantic version without build metadata, such as 1.2.3 or 1.2.3-beta.1",
  },
  MA803: {
    title: "Two targets give one npm package",
    fix: "leave one of the two targets out of the npm packages",
  },
  MA804: {
    title: "A style of npm names has no word for a platform",
    fix: "write npm.names: node, or leave the target out of the npm packages",
  },
  MA805: {
    title: "The files of one npm package do not belong together",
    fix: "build every command and addon of the package for every target, or split the package",
  },
  MA806: {
    title: "A file cannot be part of an npm package",
    fix: "rename the file, or leave it out of npm.files",
  },
  MA807: {
    title: "The project's package.json does not fit the npm package",
    fix: "add the file to npm.files, or change package.json",
  },
  MA821: {
    title: "A version has no spelling in Python",
    fix: "use a version such as 1.2.3, 1.2.3-alpha.1, 1.2.3-beta.1, 1.2.3-rc.1 or 1.2.3-dev.1",
  },
  MA822: {
    title: "A wheel cannot be made for a target",
    fix: "leave the target out of the wheels, or build it so that a platform tag describes it",
  },
  MA823: {
    title: "A name is not one that a wheel can have",
    fix: "set wheel.name to ASCII letters, digits, dots, hyphens and underscores",
  },
  MA824: {
    title: "The executables of one wheel do not belong together",
    fix: "build every command of the package for the same target",
  },
  MA825: {
    title: "An executable needs a library that its platform tag does not promise",
    fix: "link the library statically",
  },
  MA826: {
    title: "A wheel's Python requirement is not valid",
    fix: 'write version specifiers, such as ">=3.8"',
  },
  MA827: {
    title: "An entry point does not fit the package tree",
    fix: "correct the scripts or entry-points of pyproject.toml, or add the module to the tree",
  },
  MA828: {
    title: "A package tree cannot become a wheel",
    fix: "lay the tree out as Python imports it: packages and modules, nothing that installers write",
  },
} as const satisfies CatalogPart;
