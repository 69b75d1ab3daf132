import { run } from "../../../actions/main.ts";

/** One step of the actions from the sources of this checkout, as the stubs in dist/ start it. */
await run(process.argv[2] ?? "");
