export { type SmokeRequest, smokeTest } from "./smoke-test.ts";
