import { join } from "node:path";
import { stageBeside } from "@multiarch/archive";

// Begins to make a folder, says which, and stays until its standard input ends.
const [folder = ""] = process.argv.slice(2);
process.stdout.write(`${await stageBeside(join(folder, "final"))}\n`);
process.stdin.resume();
