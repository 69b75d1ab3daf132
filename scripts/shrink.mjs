// Makes a file of ncc's output smaller and quicker to start. ncc's own minify skips the chunks.
import { minify } from "@swc/core";
import { transform } from "esbuild";

// Stands for the parenthesis around each bundled module. V8 takes one as the sign that a function runs at once, and compiles
// it once instead of scanning it first; swc would drop the parenthesis, but not a call.
const eager = "multiarchEagerModule";
const openingOfModule = /^(\/\*{3}\/ )\((?=\(|function)/gm;

/** ncc makes a `require` of its own for each of Node's modules: this gets them without. Exists since Node 20.16. */
const requireOfNcc = "__WEBPACK_EXTERNAL_createRequire(import.meta.url)(";
const importOfRequire =
  'import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";\n';

/**
 * Modules of Node that take milliseconds to load (cryptography a quarter of Node's own start), by what stands for them until
 * the first use of something in them. Only for code of ours and what reads properties alone: hence the names with `node:`.
 */
const lazyModule =
  /module\.exports = process\.getBuiltinModule\("(node:(?:child_process|crypto|zlib))"\)/g;
const untilUsed =
  'module.exports = new Proxy({}, { get: (_, name) => name === "__esModule" ? undefined : process.getBuiltinModule("$1")[name] })';

/**
 * ncc leaves functions that nobody calls in the modules, 85 % of valibot for one. swc drops them; esbuild, which cannot,
 * makes names and spaces short.
 */
export async function shrink(source) {
  const prepared = source
    .replaceAll(requireOfNcc, "process.getBuiltinModule(")
    .replace(lazyModule, untilUsed)
    .replace(openingOfModule, `$1${eager}(`);
  const direct = prepared.includes("__WEBPACK_EXTERNAL_createRequire(")
    ? prepared
    : prepared.replace(importOfRequire, "");
  const { code } = await minify(direct, {
    module: true,
    ecma: 2020,
    mangle: false,
    compress: { defaults: false, dead_code: true, side_effects: true, unused: true },
    format: { comments: false },
  });
  const bundled = code.replaceAll(`${eager}(`, "(");
  return (await transform(bundled, { format: "esm", minify: true, target: "node20" })).code;
}
