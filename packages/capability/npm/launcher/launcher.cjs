"use strict";
// Starts the native program that was installed for this machine.
const fs = require("node:fs");
const path = require("node:path");

//! Becomes an object literal when a package is made: main (its name), version, root (from here to the package's folder),
//! prefix (what the platform packages' names start with), commands (each with the variable that overrides it, the default
//! one first), built (how the names end), glibc (by ending: the minor version, where newer than what Node itself needs).
const own = __PACKAGE__;
const { platform, arch } = process;
const windows = platform === "win32";
const root = path.join(__dirname, own.root);
const host = `${platform}-${arch}`;
const usable = [host, `${host}-gnu`, `${host}-musl`, `${platform}-universal`].filter((suffix) =>
  own.built.includes(suffix),
);
const names = (suffixes) => suffixes.map((suffix) => own.prefix + suffix).join(", ");

//! Where npm, pnpm, Yarn and Bun put it: inside the main package, or beside it. Asked first, because a folder further up
//! may be somebody else's.
function nearby(suffix) {
  for (const base of ["node_modules", own.main[0] === "@" ? "../.." : ".."]) {
    const folder = path.join(root, base, own.prefix + suffix);
    if (fs.existsSync(folder)) return folder;
  }
}

//! Yarn PnP and unusual trees. A package of another version is not ours.
function resolved(suffix) {
  try {
    const file = require.resolve(`${own.prefix + suffix}/package.json`, { paths: [root] });
    if (require(file).version === own.version) return path.dirname(file);
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

//! Mostly one package is there: the package manager has chosen. Asked once each, and written plainly: this is the part that
//! every start pays for.
function locate() {
  for (const folderOf of [nearby, resolved]) {
    const found = [];
    for (const suffix of usable) {
      const folder = folderOf(suffix);
      if (folder) found.push({ suffix, folder });
    }
    if (found[0]) return found[1] ? choose(found) : found[0];
  }
  throw Error(missing());
}

//! Some managers install both libcs, then the libc of this Node decides. The mere presence of musl's loader would not:
//! glibc systems can have it, too.
function choose(found) {
  const loader = loaderOf(process.execPath);
  const libc = /ld-musl/.test(loader) ? "-musl" : "-gnu";
  return (loader && found.find(({ suffix }) => suffix.endsWith(libc))) || found[0];
}

function find(name) {
  const variable = own.commands[name];
  if (!variable) throw Error(`no command ${name}`);
  const given = process.env[variable];
  if (given) return { file: path.resolve(given) };
  const { suffix, folder } = locate();
  return { suffix, file: path.join(folder, "bin", windows ? `${name}.exe` : name) };
}

//! What would otherwise end in a crash of Node (before 26 a failed execve aborts) or in a riddle.
function check({ suffix, file }) {
  const loader = suffix !== host && loaderOf(file);
  if (suffix && loader && !fs.existsSync(loader)) {
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
  const by = /darwin.*darwin/.test(host + others)
    ? "by a Node of another architecture (Rosetta 2?)"
    : "on another platform";
  const why = others[0]
    ? `is needed, ${names(others)} found: node_modules was installed ${by}`
    : "is not installed: omitted (--omit=optional) or not in the lock file";
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
  if (process.execve && !windows && (suffix || process.versions.node >= "26")) {
    //! Node ignores these two, and an ignored signal stays ignored in the new program; a handled one does not.
    process.on("SIGPIPE", String).on("SIGXFSZ", String);
    try {
      process.execve(file, [file, ...args]);
    } catch {
      process.exitCode = 1;
    }
  }
  watch(file, args, fail);
}

function watch(file, args, fail) {
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

//! Called at the end of a command's file, which is this file with one line more: a second module would cost time.
// biome-ignore lint/correctness/noUnusedVariables: see above
function run(name) {
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
}

exports.binaryPath = (name = Object.keys(own.commands)[0]) => find(name).file;
