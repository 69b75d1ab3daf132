import { silentLog } from "@multiarch/diagnostics";
import { findGo, type GoTable } from "@multiarch/toolchains";

// Arguments: tool cache, address of the proxy, table as JSON.
const [toolCache = "", proxy = "", table = ""] = process.argv.slice(2);
const found = await findGo({
  version: "1.25",
  env: { PATH: "", HOME: toolCache, GOPROXY: proxy },
  log: silentLog,
  toolCache,
  host: { os: "linux", arch: "x64" },
  places: [],
  table: JSON.parse(table) as GoTable,
});
process.stdout.write(found.command);
