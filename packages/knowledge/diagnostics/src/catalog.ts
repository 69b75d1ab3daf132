/** One line of `docs/errors.md` for each id. */
interface CatalogEntry {
  /** What the id stands for, whatever the case at hand. */
  readonly title: string;
  /** What to do about it, when the place that throws knows nothing better. */
  readonly fix: string;
}

/**
 * Every error a user can meet. An id is a promise: it keeps its meaning, and is never given to another error.
 * Ranges: 0 inputs and command line, 1 targets and configuration, 2 plan, 3 toolchains, processes and build, 4 archives,
 * 5 transport and download, 6 binaries and checks, 7 merge, 8 package formats, 9 documents.
 */
export const catalog = {
  // 0: inputs and command line (mechanism/github, cli)
  MA020: {
    title: "A flag has a wrong value",
    fix: "see multiarch help and the verb's name",
  },
  MA021: {
    title: "This machine is no known target",
    fix: "name targets with --targets",
  },
  MA001: {
    title: "The action ended before it was finished",
    fix: "run the job again; a connection was lost, and nothing may have been written",
  },
  MA002: {
    title: "An input does not exist",
    fix: "remove it from with:, or correct its name",
  },
  MA003: {
    title: "An input has a value that is not allowed",
    fix: "correct the value under with:",
  },
  MA004: {
    title: "A required input is missing",
    fix: "add it under with:",
  },
  MA005: {
    title: "An input is given twice, by two of its names",
    fix: "keep one of the two",
  },
  MA006: {
    title: "An output or a state cannot be written",
    fix: "run the action by a current runner; it gives every step a file for this",
  },
  MA007: {
    title: "The event payload cannot be read",
    fix: "run the job again; under act, check the file given with --eventpath",
  },
  // 1: targets and configuration (knowledge/targets, capability/project)
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
    title: "A pattern or path in the configuration matches no file",
    fix: "add the file, or remove the pattern",
  },
  MA136: {
    title: "The project has no usable name",
    fix: "write `name:` in multiarch.yml",
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
  // 2: plan (capability/plan)
  MA201: {
    title: "The plan has no rows",
    fix: "name at least one target that can be built here",
  },
  MA202: {
    title: "The plan has more rows than one matrix can hold",
    fix: "ask for fewer targets, or split them over two workflows",
  },
  MA203: {
    title: "Two rows of the plan have one name",
    fix: "list every target once",
  },
  MA204: {
    title: "A target cannot be built by the project's builder",
    fix: "remove the target, or name another builder",
  },
  MA205: {
    title: "A matrix row is too large",
    fix: "shorten the runner labels of this target",
  },
  MA206: {
    title: "The plan has warnings that count as errors",
    fix: "mend them, or leave fail-on-warning off",
  },
  // 3: toolchains, processes, build (mechanism/process, capability/toolchains, capability/build, capability/smoke)
  MA301: {
    title: "A builder is not in this version",
    fix: "set builder to one that is, or build by command or prebuilt",
  },
  MA302: {
    title: "Cargo is not installed",
    fix: "install Rust with rustup, and run again",
  },
  MA303: {
    title: "Cargo made no executable of that name",
    fix: "name the project's own binaries in bins",
  },
  MA304: {
    title: "A Rust standard library is not installed",
    fix: "run rustup target add for this target",
  },
  MA305: {
    title: "The prebuilt builder has no file template",
    fix: "set prebuilt.files in multiarch.yml",
  },
  MA306: {
    title: "A prebuilt file is missing or not the only one",
    fix: "put exactly one file where prebuilt.files points",
  },
  MA307: {
    title: "The command builder has no command",
    fix: "set build.command in multiarch.yml",
  },
  MA308: {
    title: "The build command left no executable",
    fix: "let the command write its result to {out}, or MULTIARCH_OUT",
  },
  MA310: {
    title: "A built file does not run",
    fix: "mend the program, or set smoke to arguments that it knows",
  },
  MA311: {
    title: "A built file is not what its target asks for",
    fix: "mend the build of this target; see the rule in docs/checks.md",
  },
  MA312: {
    title: "A matrix row is not in the plan",
    fix: "build from the matrix output of the same run",
  },
  MA313: {
    title: "The checkout is at another commit than the plan",
    fix: "check out the same commit in every job",
  },
  MA314: {
    title: "The configuration differs from the planned one",
    fix: "check out the same commit in every job, and do not edit multiarch.yml in between",
  },
  MA315: {
    title: "A row was routed to the wrong machine",
    fix: "use runs-on: ${{ matrix.runs_on }} in the build job",
  },
  MA380: {
    title: "A program was not found",
    fix: "install it, or add its folder to PATH",
  },
  MA381: {
    title: "A program cannot be started",
    fix: "see that the file is a program for this machine and that we may execute it",
  },
  MA382: {
    title: "A command failed",
    fix: "read its output above, and run the command by hand",
  },
  MA383: {
    title: "A command took too long",
    fix: "raise the time limit, or see what the command waits for",
  },
  MA384: {
    title: "An argument cannot be passed to a Windows command script",
    fix: "avoid the character, or call the program behind the script",
  },
  MA385: {
    title: "A command was interrupted",
    fix: "run again",
  },
  MA316: {
    title: "A row was not built",
    fix: "mend what the message says; the leg that was stored says the same",
  },
  MA317: {
    title: "What this machine is cannot be found out",
    fix: "leave strict off, or name the target yourself",
  },
  MA350: {
    title: "No Go that fits can be had",
    fix: "install Go (on PATH), or set GOPROXY or MULTIARCH_GO_SOURCE to a place that has it",
  },
  MA351: {
    title: "A fetched Go is not the one that is known",
    fix: "do not use that place; if it recurs with another one, report it",
  },
  MA352: {
    title: "A tool gets no place in the tool cache",
    fix: "empty the tool cache and run again",
  },
  MA353: {
    title: "The project's Go version cannot be read",
    fix: "correct the go or toolchain line of go.mod",
  },
  MA354: {
    title: "A fetched tool comes in another layout",
    fix: "use another source for the tool, and report this",
  },
  MA355: {
    title: "The address of Go's archives is not usable",
    fix: "correct MULTIARCH_GO_SOURCE",
  },
  MA356: {
    title: "cargo-zigbuild and zig cannot be had",
    fix: "install both (pip install cargo-zigbuild ziglang), or a Python with pip",
  },
  MA357: {
    title: "The package index has other files than the known ones",
    fix: "do not use that index; if it recurs with another one, report it",
  },
  // 4: archives (mechanism/archive)
  MA401: {
    title: "A file is not an archive that can be read here",
    fix: "give a .zip or .tar.gz file",
  },
  MA402: {
    title: "An archive is damaged or cut short",
    fix: "fetch or make the archive again",
  },
  MA403: {
    title: "A name in an archive is not safe on every system",
    fix: "rename the file in what the archive is made from",
  },
  MA404: {
    title: "Two entries of an archive are one file",
    fix: "remove or rename one of them in what the archive is made from",
  },
  MA405: {
    title: "An archive holds a link or a special file",
    fix: "put a copy of the file in its place",
  },
  MA406: {
    title: "An archive asks for more than is allowed",
    fix: "do not use this archive unless you know what is in it",
  },
  MA407: {
    title: "A file in an archive differs from its checksum or size",
    fix: "fetch or make the archive again",
  },
  MA408: {
    title: "An archive has data where none belongs",
    fix: "make the archive again with a plain zip or tar",
  },
  MA409: {
    title: "Two places of a zip describe one thing differently",
    fix: "do not use this archive; make it again with a plain zip",
  },
  MA410: {
    title: "A zip uses encryption or an unknown method",
    fix: "make the archive again with deflate and without a password",
  },
  MA411: {
    title: "A file or folder cannot be written",
    fix: "free some space or grant access, and run again",
  },
  MA412: {
    title: "A folder that is to be made exists already",
    fix: "remove it, or name another folder",
  },
  MA413: {
    title: "A file changed while it was packed",
    fix: "let nothing write to the file, and run again",
  },
  MA414: {
    title: "Too much for one zip",
    fix: "leave out files, or use tar.gz",
  },
  MA415: {
    title: "An archive lacks an entry",
    fix: "make the archive again, with the entry",
  },
  // 5: transport and download (mechanism/transport, mechanism/download)
  MA500: {
    title: "A download address is not allowed",
    fix: "use an https address",
  },
  MA501: {
    title: "A redirect was refused",
    fix: "name the final address, or allow the host that it leads to",
  },
  MA502: {
    title: "A server refused a download",
    fix: "look whether the address is right and whether this machine may read it",
  },
  MA503: {
    title: "A server cannot be reached",
    fix: "check the network, the proxy settings and the address, and run again",
  },
  MA504: {
    title: "A download did not come whole",
    fix: "run again; if it recurs, a proxy or firewall on the way cuts connections",
  },
  MA505: {
    title: "A downloaded file is not the expected one",
    fix: "do not use the file; find out who changed it, or correct the expected hash",
  },
  MA506: {
    title: "A web page came instead of a file",
    fix: "log in or ask for access to the address; a proxy may have answered in its place",
  },
  MA507: {
    title: "A file is larger than allowed",
    fix: "look whether the address names the right file",
  },
  MA508: {
    title: "A download cannot be written",
    fix: "make room or give access to the folder, and run again",
  },
  MA509: {
    title: "A server asks to wait too long",
    fix: "run again later, or use an account or mirror with a larger quota",
  },
  MA510: {
    title: "A server's certificate is not trusted",
    fix: "if your network has a certificate authority of its own, name its file in NODE_EXTRA_CA_CERTS",
  },
  MA511: {
    title: "The proxy does not work",
    fix: "correct HTTPS_PROXY or NO_PROXY",
  },
  MA512: {
    title: "An answer cannot be checked",
    fix: "use another mirror, or give the sha256 of the file",
  },
  MA540: {
    title: "A name or reference of an artifact is not valid",
    fix: "pass names and references on as the earlier step gave them out",
  },
  MA541: {
    title: "An artifact of this name holds other files",
    fix: "give every upload of a run its own name",
  },
  MA542: {
    title: "An artifact is missing",
    fix: "look whether the job that uploads it ran, in this run, and whether the artifact has expired",
  },
  MA543: {
    title: "An artifact's bytes are not the expected ones",
    fix: "run the workflow again; if it recurs, some job of this run replaces artifacts",
  },
  MA544: {
    title: "A folder holds something that cannot be stored",
    fix: "store a folder of plain files, with names that every system accepts",
  },
  MA545: {
    title: "A folder changed while it was stored",
    fix: "let nothing write to the folder, and run again",
  },
  MA546: {
    title: "There is no artifact service to use here",
    fix: "set MULTIARCH_TRANSPORT=directory:PATH, a folder that every job can reach",
  },
  MA547: {
    title: "The artifact service cannot be reached or fails",
    fix: "run the job again; githubstatus.com tells of outages",
  },
  MA548: {
    title: "The artifact service refused a call",
    fix: "look at what the service answered; storage limits are in the account's billing settings",
  },
  MA549: {
    title: "An upload broke off and spoilt its artifact's name",
    fix: "run the job again: a new attempt takes a new name",
  },
  MA550: {
    title: "MULTIARCH_TRANSPORT cannot be understood",
    fix: "set it to directory:PATH, or leave it unset for the artifact service",
  },
  MA551: {
    title: "The artifact service stored something else than was sent",
    fix: "run the job again; if it recurs, report it with the answer of the service",
  },
  // 6: binaries and checks (knowledge/binary, capability/check)
  MA601: {
    title: "A file is no program, library or object for a machine",
    fix: "name the program itself, not an archive, package or script around it",
  },
  MA602: {
    title: "A native file is cut off or contradicts itself",
    fix: "build or download the file again",
  },
  // 7: merge (capability/merge)
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
  // 8: package formats (capability/npm, capability/wheel)
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
    title: "An npm layout or naming style is not available",
    fix: "use npm.layout scoped or prefixed, and npm.names node",
  },
  MA805: {
    title: "The executables of one npm package do not belong together",
    fix: "build every command of the package for every target, or split the package",
  },
  MA806: {
    title: "A file cannot be part of an npm package",
    fix: "rename the file, or leave it out of npm.files",
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
  // 9: documents (knowledge/contracts)
  MA901: {
    title: "A document is not valid",
    fix: "run every step with one version of multiarch; if that is so, report this",
  },
  MA902: {
    title: "A document has another major version",
    fix: "use the same version of multiarch in every job",
  },
  MA903: {
    title: "A document's bytes differ from the hash that was given out",
    fix: "run the workflow again; if it recurs, some job of this run replaces artifacts",
  },
} as const satisfies Record<`MA${number}`, CatalogEntry>;

export type ErrorId = keyof typeof catalog;
