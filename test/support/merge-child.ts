import { silentLog } from "@multiarch/diagnostics";
import { detectHost } from "@multiarch/host";
import { merge } from "@multiarch/merge";
import { directoryTransport } from "@multiarch/transport";

// Merges a delivery in a process of its own: `store reference sha256 output umask order`.
const [store = "", reference = "", sha256 = "", output = "", umask = "", order = ""] =
  process.argv.slice(2);
process.umask(Number.parseInt(umask, 8));
const transport = directoryTransport(store, silentLog);
await merge({
  plan: { reference, sha256 },
  transport:
    order === "reversed"
      ? { ...transport, list: async (prefix) => (await transport.list(prefix)).reverse() }
      : transport,
  output,
  attempt: 1,
  allowMissing: [],
  installTest: false,
  host: () => detectHost(process.env),
  environment: process.env,
  log: silentLog,
});
process.stdout.write(new Date(0).toString());
