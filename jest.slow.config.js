import quick from "./jest.config.js";

/**
 * Suites that need more than Node: act, package managers, compilers, QEMU. Each fetches what it needs. By default the core of
 * each runs; `npm run test:full` (MULTIARCH_SUITES=full) runs all of it.
 * @type {import("jest").Config}
 */
export default {
  ...quick,
  testMatch: ["<rootDir>/test/slow/**/*.slow.ts"],
  testTimeout: 1_200_000,
  maxWorkers: 1,
};
