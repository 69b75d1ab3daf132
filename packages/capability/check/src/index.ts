export { acrossRules, checkAcross, type DeliveredFile } from "./check-across.ts";
export { checkMade, madeRules } from "./check-made.ts";
export type { MadeRequest } from "./context.ts";
export { declaredBy } from "./declared.ts";
export type { Declared } from "./declared-type.ts";
export type { CheckOptions, PackageRule, RuleInfo } from "./package-rule.ts";
export type { Finding, Rule } from "./rule.ts";
