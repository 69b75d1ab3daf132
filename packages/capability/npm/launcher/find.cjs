// biome-ignore-all lint/correctness/noUnusedVariables: the parts that follow use them
"use strict";
const fs = require("node:fs");
const path = require("node:path");

//! Becomes an object literal when a package is made: name and version of the main package, root (from here to its folder),
//! help (the module with the messages), prefix (what the platform packages' folders start with), built (how they end, each
//! with what it is bound to: ":musl", or ":34" for glibc 2.34, at least the 28 that Node itself needs).
//! For programs: commands, each with the variable that overrides it, the default one first.
//! For addons: addon, the name of its module, and variable.
const own = __PACKAGE__;
const { arch, env, platform } = process;
const { existsSync: exists } = fs;
const root = path.join(__dirname, own.root);
const host = `${platform}-${arch}`;
const usable = [];
for (const one of own.built.split(" ")) {
  const [suffix, libc] = one.split(":");
  if (`${suffix}-`.startsWith(`${host}-`) || suffix === `${platform}-universal`) {
    usable.push([suffix, libc]);
  }
}

//! Where npm, pnpm, Yarn and Bun put it: inside the main package, or beside it. Asked first, because a folder further up
//! may be somebody else's.
function nearby([suffix]) {
  for (const base of ["node_modules", own.name[0] === "@" ? "../.." : ".."]) {
    const folder = path.join(root, base, own.prefix + suffix);
    if (exists(folder)) return folder;
  }
}

//! Yarn PnP, Deno and unusual trees. A package of another version is not ours; in the alias layout the suffix is part of it.
function resolved([suffix]) {
  try {
    const file = require.resolve(`${own.prefix + suffix}/package.json`, { paths: [root] });
    if (require(file).version.replace(`-${suffix}`, "") === own.version) return path.dirname(file);
  } catch {
    return undefined;
  }
}

//! What is installed, the best first, each as [suffix, libc, folder]. Mostly it is one: the package manager has chosen.
function installed() {
  for (const folderOf of [nearby, resolved]) {
    const found = [];
    for (const one of usable) {
      const folder = folderOf(one);
      if (folder) found.push([one[0], one[1], folder]);
    }
    if (found[1]) found.sort((one, other) => strangeness(one) - strangeness(other));
    const fit = found.filter(([, libc]) => !(libc > 28 && glibc(libc) < libc));
    if (fit[0]) return fit;
  }
  throw Error(help().missing());
}

//! 0 for this Node's libc, 1 for none, 2 for the other one. The presence of musl's loader would say nothing: glibc systems
//! can have it, too.
function strangeness([, libc]) {
  if (!libc) return 1;
  return (libc === "musl") === /ld-musl/.test(interpreter(process.execPath)) ? 0 : 2;
}

//! The minor version of this system's. The text of ldd costs nothing; a report takes milliseconds, and is asked before
//! refusing. Where there is no glibc, something else is the matter.
function glibc(needed) {
  let found;
  try {
    [, found] = /\) 2\.(\d+)/.exec(fs.readFileSync("/usr/bin/ldd"));
  } catch {
    found = 0;
  }
  if (found >= needed) return found;
  process.report.excludeNetwork = true;
  return process.report.getReport().header.glibcVersionRuntime?.slice(2);
}

//! PT_INTERP of an ELF file; "" where there is none, for other formats, and for a file that may be started but not read;
//! undefined for a file that is no program.
function interpreter(file) {
  let descriptor;
  try {
    descriptor = fs.openSync(file);
  } catch {
    return "";
  }
  const read = (length, position) => {
    const view = new DataView(new ArrayBuffer(length));
    fs.readSync(descriptor, view, 0, length, position);
    return view;
  };
  try {
    const head = read(64, 0);
    const magic = head.getUint32(0);
    if (magic !== 0x7f454c46) {
      return /^(2321|4d5a|c[ef]faedfe|cafebab)/.test(magic.toString(16)) ? "" : undefined;
    }
    const wide = head.getUint8(4) === 2;
    const little = head.getUint8(5) === 1;
    const word = (view, at) =>
      wide ? Number(view.getBigUint64(at, little)) : view.getUint32(at, little);
    const [table, count, size, start, length] = wide ? [32, 56, 56, 8, 32] : [28, 44, 32, 4, 16];
    const rows = read(size * head.getUint16(count, little), word(head, table));
    let found;
    for (let at = 0; at < rows.byteLength; at += size) {
      const type = rows.getUint32(at, little);
      if (type === 1) found ??= "";
      if (type === 3) {
        const text = read(word(rows, at + length), word(rows, at + start));
        [found] = Buffer.from(text.buffer).toString().split("\0");
      }
    }
    return found;
  } catch {
    return undefined;
  } finally {
    fs.closeSync(descriptor);
  }
}

//! Only when something is wrong: what is loaded at every start stays small.
function help() {
  const context = { own, root, host, usable, nearby, resolved, strangeness, glibc };
  return require(path.join(root, own.help))({ ...context, interpreter });
}
