import { silentLog } from "@multiarch/diagnostics";
import { download } from "@multiarch/download";

const [url = "", destination = "", sha256 = ""] = process.argv.slice(2);
const result = await download(
  { url, destination, sha256, maximumBytes: 1_000_000 },
  { log: silentLog, env: process.env, wait: async () => {}, attempts: 3 },
).then(
  ({ size }) => ({ size }),
  (error: unknown) => ({ error: String(error) }),
);
process.stdout.write(JSON.stringify(result));
