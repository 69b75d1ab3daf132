import { silentLog } from "@multiarch/diagnostics";
import { actionsTransport } from "../src/index.ts";

/** What `process.test.ts` runs as a process of its own: one call, given as arguments, and nothing that keeps it alive. */
const [verb, subject = "", destination = ""] = process.argv.slice(2);
const transport = await actionsTransport(process.env, silentLog, {
  wait: async () => {},
  limits: { attempts: 2 },
});
if (verb === "put") await transport.put(subject, destination);
else await transport.get({ reference: subject }, destination);
process.stdout.write(`${verb} is done\n`);
