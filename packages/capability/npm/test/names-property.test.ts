import { expect, test } from "@jest/globals";
import { UserError } from "@multiarch/diagnostics";
import { rows } from "@multiarch/targets";
import fc from "fast-check";
import {
  type NpmSettings,
  planNpmNames,
  tarballName,
  whyInvalidName,
  whyInvalidVersion,
} from "../src/index.ts";
import { described, describedAddon, meta, settings } from "./fixtures.ts";

const files = fc.uniqueArray(fc.constantFrom(...rows), { minLength: 1, maxLength: 8 });
const given = fc.record({
  layout: fc.constantFrom<NpmSettings["layout"]>("scoped", "prefixed", "alias"),
  names: fc.constantFrom<NpmSettings["names"]>("node", "napi", "esbuild", "biome"),
  scope: fc.constantFrom(null, "@me", "@me/tool"),
  addon: fc.constantFrom(null, "index"),
  several: fc.boolean(),
});

/** Files as they would come out for a row: bound to its libc, or static. */
function filesFor(row: (typeof rows)[number], isStatic: boolean, addon: string | null) {
  const { os, armVersion, libc } = row;
  const arch = row.arch === "universal" ? null : row.arch;
  const format = os === "windows" ? "pe" : os === "darwin" ? "macho" : "elf";
  const slices = (["x64", "arm64"] as const).map((one) => ({
    arch: one,
    minos: "11.0",
    sdk: null,
    platform: "macos",
    signed: true,
    needed: [],
  }));
  const facts = {
    os,
    arch,
    armVersion,
    libc,
    format: row.arch === "wasm32" ? ("wasm" as const) : (format as "elf"),
    ...(row.arch === "universal" ? { slices } : {}),
  };
  const command = described(row.id, { ...facts, static: isStatic });
  return addon === null ? [command] : [command, describedAddon(row.id, { ...facts, static: null })];
}

test("whatever is asked for: packages that can lie beside each other, or an error that says why not", () => {
  fc.assert(
    fc.property(files, given, fc.boolean(), fc.boolean(), (targets, choice, isStatic, beta) => {
      const version = beta ? "1.2.3-beta.1" : "1.2.3";
      const binaries = targets.flatMap((row) => filesFor(row, isStatic, choice.addon));
      let plan: ReturnType<typeof planNpmNames>;
      try {
        plan = planNpmNames({ ...settings, ...choice }, { ...meta, version }, binaries);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        expect(error.id).toMatch(/^MA80[1345]$/);
        return;
      }
      const all = [{ name: plan.main.name, version, folder: plan.main.name }, ...plan.platforms];
      const tarballs = all.map((one) => tarballName(one.name, one.version));
      expect(new Set(tarballs).size).toBe(all.length);
      expect(new Set(all.map(({ folder }) => folder)).size).toBe(all.length);
      for (const one of all) {
        expect([whyInvalidName(one.name), whyInvalidName(one.folder)]).toEqual([null, null]);
        expect(whyInvalidVersion(one.version)).toBeNull();
      }
      for (const { folder, suffix, os, libc, cpu } of plan.platforms) {
        expect(folder).toBe(plan.prefix + suffix);
        // npm installs a package with a libc on Linux alone.
        if (os !== "linux") expect(libc).toBeNull();
        expect(cpu.length).toBeGreaterThan(0);
      }
      const served = [
        ...plan.platforms.flatMap((platform) => platform.targets),
        ...plan.none.map(({ target }) => target),
      ];
      expect(served.sort()).toEqual(targets.map(({ id }) => id).sort());
      // Any order of files gives the same names.
      const again = planNpmNames(
        { ...settings, ...choice },
        { ...meta, version },
        [...binaries].reverse(),
      );
      expect(again.platforms.map(({ folder }) => folder)).toEqual(
        plan.platforms.map(({ folder }) => folder),
      );
    }),
    { numRuns: 500 },
  );
});
