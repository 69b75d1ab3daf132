"use strict";
// Says why nothing can be started, and what to do about it: one command.
const fs = require("node:fs");
const path = require("node:path");

module.exports = (context) => {
  const { own, root, host, usable, nearby, resolved, strangeness, glibc, interpreter } = context;
  const { arch, env, platform } = process;
  const built = own.built.split(" ").map((one) => one.split(":"));
  const names = (some) => some.map(([suffix]) => own.prefix + suffix).join(", ");

  const old = (minor) => `needs glibc 2.${minor}, this system has 2.${glibc(minor)}`;

  function missing() {
    const needed = usable.filter((one) => strangeness(one) < 2);
    const late = needed.filter(([, libc]) => libc > 28 && glibc(libc) < libc);
    if (late[0]) return `${names(late)} ${old(late[0][1])}`;
    const apple = host === "darwin-x64" && /Apple/.test(require("node:os").cpus()[0]?.model);
    const why = apple
      ? "this Node is for Intel, run by Rosetta 2"
      : "node_modules is from another platform";
    if (!needed[0]) {
      const libc = usable[0] ? ` with ${usable[0][1] === "musl" ? "glibc" : "musl"}` : "";
      const all = built.map(([suffix]) => suffix).join(", ");
      return `${own.name} is not built for ${host}${libc}${apple ? ` (${why})` : ""}, only for ${all}`;
    }
    const wanted = needed.map(([suffix]) => suffix);
    const others = built.filter(
      (one) => !wanted.includes(one[0]) && (nearby(one) || resolved(one)),
    );
    if (others[0])
      return `${names(needed)} is needed, ${names(others)} found: ${why}. ${repair(needed[0])}`;
    const { file, listed } = lockFile();
    const how = file && !listed ? `${file} does not list it` : "left out, as by --omit=optional";
    return `${names(needed)} is not installed: ${how}. ${repair(undefined, true)}`;
  }

  //! Why an executable does not start.
  function trouble({ one, file } = {}, { code, message = `${file} cannot be started` } = {}) {
    if (code === "ERR_ACCESS_DENIED") {
      return `${message}: Node was started with --permission; add --allow-fs-read=* --allow-child-process`;
    }
    if (!file) return message;
    const again = one ? `. ${repair()}` : "";
    if (!fs.existsSync(file)) return `${file} is missing${again}`;
    try {
      fs.accessSync(file, fs.constants.X_OK);
    } catch {
      return fs.statSync(file).mode & 0o111
        ? `${file} may not be executed: its disk is mounted noexec, or it is another user's`
        : `${file} lost its mode${again}`;
    }
    const loader = interpreter(file);
    if (loader === undefined) return `${file} is damaged${again}`;
    if (!loader || fs.existsSync(loader)) return message;
    return one && strangeness(one) > 1 ? missing() : `${file} needs ${loader}, which is missing`;
  }

  //! Why none of the addon's files could be loaded.
  function unloadable(causes) {
    const told = causes.map(({ message }) => message.split("\n")[0]).join("; ");
    const [, needed] = /GLIBC_2\.(\d+)/.exec(told) || [];
    let what = repair();
    if (needed) what = `It ${old(needed)}`;
    else if (/DLOPEN_DISABLED/.test(causes[0].code)) {
      what = "Node was told to load none: by --no-addons, or --permission without --allow-addons";
    } else if (/not permitted/.test(told)) what = "Its disk may be mounted noexec";
    else if (/specified module/.test(told)) what = "The Visual C++ runtime may be missing";
    const cause = causes[1] ? new AggregateError(causes, told) : causes[0];
    return Error(`${own.name} could not be loaded: ${told}. ${what}`, { cause });
  }

  //! Of the package manager in use, if it told its name; else the nearest.
  function lockFile() {
    const [, agent] = /^(npm|pnpm|yarn|bun|deno)\//.exec(env.npm_config_user_agent) || [];
    const files = {
      npm: "package-lock.json",
      pnpm: "pnpm-lock.yaml",
      yarn: "yarn.lock",
      bun: "bun.lock",
      deno: "deno.lock",
    };
    //! The main package's own entry names them all, even where the lock file has no entry for them.
    const entry = { npm: ["node_modules/", '"'], bun: ["", '": ['] };
    for (let from, folder = project(); folder !== from; ) {
      for (const manager of agent ? [agent] : Object.keys(files)) {
        const file = path.join(folder, files[manager]);
        if (fs.existsSync(file)) {
          const text = fs.readFileSync(file, "latin1");
          const [before, after] = entry[manager] || ["", ""];
          const holds = ([suffix]) => text.includes(before + own.prefix + suffix + after);
          const listed = usable.some(holds);
          return { manager, folder, file, listed, berry: text.includes("__metadata") };
        }
      }
      from = folder;
      folder = path.dirname(folder);
    }
    return { manager: agent || "npm" };
  }

  //! With PnP this file lies in a cache of the user, and only Yarn knows for which project.
  function project() {
    if (!process.versions.pnp) return path.dirname(root);
    const { getPackageInformation, topLevel } = require("pnpapi");
    return path.resolve(getPackageInformation(topLevel).packageLocation);
  }

  //! One command. What the lock file lists is installed again, for the machine that asks; what it lacks is added anew.
  function repair(one, absent) {
    const { manager, folder, file, listed, berry } = lockFile();
    const libc = one?.[1] ? ` --libc=${one[1] === "musl" ? "musl" : "glibc"}` : "";
    const flags = `--include=optional${one ? ` --os=${platform} --cpu=${arch}${libc}` : ""}`;
    if (listed) {
      const again = { npm: `ci ${flags}`, deno: "install --reload" }[manager];
      //! Forced, pnpm 10 brings the packages of all platforms; for one that is absent it needs no force.
      const other = berry || (absent && manager === "pnpm") ? "install" : "install --force";
      return `Run in ${folder}: ${manager} ${again || other}`;
    }
    //! Both take what their lock file says of the main package for granted, even when that is added again.
    if (file && manager === "pnpm") return `Run in ${folder}: pnpm install --fix-lockfile`;
    const away = file && manager === "bun" ? `bun remove ${own.name} && ` : "";
    const global = /[\\/](lib|npm)[\\/]node_modules[\\/]/.test(root) && !folder ? "-g " : "";
    const verb = manager === "npm" ? `install ${global}${flags}` : "add";
    const scheme = manager === "deno" ? "npm:" : "";
    return `Run: ${away}${manager} ${verb} ${scheme}${own.name}@${own.version}`;
  }

  return { missing, trouble, unloadable };
};
