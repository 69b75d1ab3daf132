// Preloaded into a Node older than we run on: the one thing that its programs lack to read the bundle.
import { createRequire } from "node:module";

process.getBuiltinModule ??= createRequire(import.meta.url);
