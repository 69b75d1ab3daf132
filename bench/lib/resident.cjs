"use strict";
// Preloaded (`node --require`): writes the most memory that the process ever held, in bytes, to the file that PEAK_FILE
// names. Linux tells it of this process alone; what getrusage tells begins with the parent's.
const { readFileSync, writeFileSync } = require("node:fs");

process.on("exit", () => {
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"));
  if (process.env.PEAK_FILE) writeFileSync(process.env.PEAK_FILE, String(Number(peak[1]) * 1024));
});
