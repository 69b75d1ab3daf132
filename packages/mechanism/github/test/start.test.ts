import { expect, test } from "@jest/globals";
import { build } from "esbuild";

test("an action that only reads inputs loads nothing of @actions/core, and no module of Node that is slow to load", async () => {
  const { metafile } = await build({
    stdin: {
      contents: `
        import { guardMain, readInputs, runContext, setOutput, standardOutput } from "@multiarch/github";
        await guardMain(async () => {
          setOutput(process.env, "x", String(runContext(process.env).sha) + readInputs({}, process.env));
        }, { env: process.env, write: standardOutput });
      `,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    splitting: true,
    outdir: "unused",
    format: "esm",
    platform: "node",
    metafile: true,
    write: false,
  });
  const [main] = Object.values(metafile.outputs).filter(
    ({ entryPoint }) => entryPoint !== undefined,
  );
  const loaded = (main?.imports ?? [])
    .filter(({ kind }) => kind === "import-statement")
    .flatMap(({ path, external }) =>
      external === true
        ? [path]
        : (metafile.outputs[path]?.imports ?? [])
            .filter((one) => one.external)
            .map((one) => one.path),
    );
  expect(loaded.length).toBeGreaterThan(0);
  expect(loaded.filter((name) => !["node:fs", "node:path", "node:os"].includes(name))).toEqual([]);
  expect(Object.keys(metafile.inputs).filter((path) => path.includes("node_modules"))).toEqual([]);
});
