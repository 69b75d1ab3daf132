import { silentLog } from "@multiarch/diagnostics";
import { defaultToolCache, findGo } from "@multiarch/toolchains";

// Prints the go command that a build would use for a version (`1.25`), as JSON with its environment. Fetched where there is none.
const [version = ""] = process.argv.slice(2);
const { command, environment } = await findGo({
  version,
  env: process.env,
  log: silentLog,
  toolCache: defaultToolCache(process.env),
});
process.stdout.write(JSON.stringify({ command, environment }));
