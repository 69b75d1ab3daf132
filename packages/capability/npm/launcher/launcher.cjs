"use strict";
// Starts the native program that was installed for this machine.
const fs = require("node:fs");
const path = require("node:path");

//! Becomes an object literal when a package is made: main (its name), version, prefix (what the platform packages' names
//! start with), bins (the default one first), built (how they end), glibc (by ending: the minor version, where newer than
//! what Node itself needs).
const own = __PACKAGE__;
const { platform, arch } = process;
const windows = platform === "win32";
const host = `${platform}-${arch}`;
const usable = [host, `${host}-gnu`, `${host}-musl`, `${platform}-universal`].filter((suffix) =>
  own.built.includes(suffix),
);
const names = (suffixes) => suffixes.map((suffix) => own.prefix + suffix).join(", ");

//! Where npm, pnpm, Yarn and Bun put it: inside the main package, or beside it. Asked first, because a folder further up
//! may be somebody else's.
function nearby(suffix) {
  return ["node_modules", own.main[0] === "@" ? "../.." : ".."]
    .map((base) => path.join(__dirname, base, own.prefix + suffix))
    .find((folder) => fs.existsSync(folder));
}

//! Yarn PnP and unusual trees. A package of another version is not ours.
function resolved(suffix) {
  try {
    const file = require.resolve(`${own.prefix + suffix}/package.json`, { paths: [__dirname] });
    return require(file).version === own.version ? path.dirname(file) : undefined;
  } catch {
    return undefined;
  }
}

//! PT_INTERP of an ELF file; undefined for a static one and for anything else.
function loaderOf(file) {
  try {
    const descriptor = fs.openSync(file);
    const view = new DataView(new ArrayBuffer(8192));
    fs.readSync(descriptor, view);
    fs.closeSync(descriptor);
    if (view.getUint32(0) !== 0x7f454c46) return undefined;
    const wide = view.getUint8(4) === 2;
    const little = view.getUint8(5) === 1;
    const word = (at) =>
      wide ? Number(view.getBigUint64(at, little)) : view.getUint32(at, little);
    const [table, count, size, start, length] = wide ? [32, 56, 56, 8, 32] : [28, 44, 32, 4, 16];
    let at = word(table);
    for (let left = view.getUint16(count, little); left > 0; left--, at += size) {
      if (view.getUint32(at, little) === 3) {
        return Buffer.from(view.buffer, word(at + start), word(at + length) - 1).toString();
      }
    }
  } catch {
    return undefined;
  }
}

//! Mostly one package is there: the package manager has chosen. Some managers install both libcs, then the libc of this
//! Node decides. The mere presence of musl's loader would not: glibc systems can have it, too.
function locate() {
  for (const folderOf of [nearby, resolved]) {
    const found = usable.filter(folderOf);
    let [suffix] = found;
    if (found.length > 1) {
      const loader = loaderOf(process.execPath);
      const libc = /ld-musl/.test(loader) ? "-musl" : "-gnu";
      suffix = (loader && found.find((one) => one.endsWith(libc))) || suffix;
    }
    if (suffix) return { suffix, folder: folderOf(suffix) };
  }
  throw Error(missing());
}

function find(name) {
  if (!own.bins.includes(name)) throw Error(`no command ${name}`);
  const given = process.env[`${name.toUpperCase().replace(/\W|\./g, "_")}_BINARY_PATH`];
  if (given) return { file: path.resolve(given) };
  const { suffix, folder } = locate();
  return { suffix, file: path.join(folder, "bin", windows ? `${name}.exe` : name) };
}

//! What would otherwise end in a crash of Node (before 26 a failed execve aborts) or in a riddle.
function check({ suffix, file }) {
  const libc = /-(gnu|musl)$/.exec(suffix);
  const loader = libc && loaderOf(file);
  if (loader && !fs.existsSync(loader)) {
    throw Error(`${names([suffix])} is for another libc: ${loader} is missing. ${repair()}`);
  }
  const needed = own.glibc[suffix];
  if (needed) {
    process.report.excludeNetwork = true;
    const present = process.report.getReport().header.glibcVersionRuntime;
    if (present?.split(".")[1] < needed) {
      throw Error(`needs glibc 2.${needed}, this system has ${present}`);
    }
  }
  try {
    fs.accessSync(file, fs.constants.X_OK);
  } catch ({ code }) {
    const why = code === "EACCES" ? "lost its mode, or its disk is noexec" : "is missing";
    throw Error(`${file} ${why}. ${repair()}`);
  }
}

function missing() {
  if (!usable[0]) return `not built for ${host}, only for ${own.built.join(", ")}`;
  const others = own.built.filter(nearby);
  const apple = platform === "darwin" && arch === "x64" && require("node:os").cpus()[0]?.model;
  const why = !others[0]
    ? "is not installed: omitted (--omit=optional) or not in the lock file"
    : `is needed, ${names(others)} found: node_modules was installed ${/Apple/.test(apple) ? "by an arm64 Node, this one is for x64 (Rosetta 2)" : "on another platform"}`;
  return `${names(usable)} ${why}. ${repair()}`;
}

function repair() {
  const agent = /^(pnpm|yarn|bun|deno)\//.exec(process.env.npm_config_user_agent);
  const [, manager] = agent || /[\\/]\.(pnpm|yarn)[\\/]/.exec(__dirname) || ["", "npm"];
  const verb = manager === "npm" ? "install --include=optional" : "add";
  return `Run: ${manager} ${verb} ${manager === "deno" ? "npm:" : ""}${own.main}@${own.version}`;
}

//! Node must not touch its standard streams before execve: the program would inherit non-blocking pipes.
function start({ suffix, file }, fail) {
  const args = process.argv.slice(2);
  //! A file of the user's own choice may be one that execve refuses, which ends older Nodes without a message.
  const safe = suffix || process.versions.node >= "26";
  if (process.execve && !windows && safe) {
    //! Node ignores these two, and an ignored signal stays ignored in the new program; a handled one does not.
    for (const signal of ["SIGPIPE", "SIGXFSZ"]) process.on(signal, () => undefined);
    try {
      process.execve(file, [file, ...args]);
    } catch {
      process.exitCode = 1;
    }
  }
  //! Handlers first: a signal in the moment of the start would end this process and leave the child alone.
  const signals = "SIGHUP SIGINT SIGQUIT SIGTERM SIGUSR1 SIGUSR2 SIGBREAK".split(" ");
  //! A console of Windows tells the child itself, and so does a terminal's key; a second SIGINT would hurry it.
  const typed = require("node:tty").isatty(0) ? /INT|QUIT/ : /^$/;
  const forward = (signal) => windows || typed.test(signal) || child.kill(signal);
  for (const signal of signals) process.on(signal, forward);
  const child = require("node:child_process").spawn(file, args, { stdio: "inherit" });
  child.on("error", fail);
  child.on("exit", (code, signal) => {
    for (const one of signals) process.off(one, forward);
    process.exitCode = code;
    if (!signal) return;
    process.kill(process.pid, signal);
    //! Still here: a signal that Node ignores.
    process.exit(128 + require("node:os").constants.signals[signal]);
  });
}

exports.binaryPath = (name = own.bins[0]) => find(name).file;
exports.run = (name) => {
  const fail = ({ message }) => {
    process.stderr.write(`${name}: ${message}\n`);
    process.exitCode = 1;
  };
  try {
    const found = find(name);
    check(found);
    start(found, fail);
  } catch (error) {
    fail(error);
  }
};
