// biome-ignore-all lint/correctness/noUnusedVariables: the parts that follow use them
function run(name) {
  const fail = (error) => {
    const why = error.code ? help().trouble(found, error) : error.message;
    process.removeAllListeners("warning");
    process.stderr.write(`${name}: ${why}\n`);
    process.exitCode = 1;
  };
  const args = process.argv.slice(2);
  let found;
  try {
    found = find(name);
    //! Before 26 an execve that fails ends Node without a message, and a child is given to the shell if it is no program.
    const careful = !process.execve || Number.parseInt(process.versions.node, 10) < 26;
    if (careful && found.one && !starts(found.file)) throw Error(help().trouble(found));
    if (!process.execve || platform === "win32" || (careful && !found.one)) {
      watch(found.file, args, fail);
    } else {
      //! Node ignores these two, and an ignored signal stays ignored in the new program; a handled one does not.
      process.on("SIGPIPE", String).on("SIGXFSZ", String);
      //! Node must not have touched its standard streams: the program would inherit non-blocking pipes.
      process.execve(found.file, [found.file, ...args]);
    }
  } catch (error) {
    fail(error);
  }
}

function watch(file, args, fail) {
  //! Handlers first: a signal in the moment of the start would end this process and leave the child alone.
  const signals = "SIGHUP SIGINT SIGQUIT SIGTERM SIGUSR1 SIGUSR2 SIGBREAK".split(" ");
  //! A console of Windows tells the child itself, and so does a terminal's key; a second SIGINT would hurry it.
  const typed = require("node:tty").isatty(0) ? /INT|QUIT/ : /^$/;
  const forward = (signal) => platform === "win32" || typed.test(signal) || child.kill(signal);
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
