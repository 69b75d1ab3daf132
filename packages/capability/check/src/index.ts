export { acrossRules, checkAcross, type DeliveredFile } from "./check-across.ts";
export { checkMade, madeRules } from "./check-made.ts";
export type { MadeRequest } from "./context.ts";
export type { Finding, Rule } from "./rule.ts";
