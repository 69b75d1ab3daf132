export { compareDotted } from "./dotted.ts";
export {
  type AskedTarget,
  type Difference,
  fitsTarget,
  targetDifferences,
} from "./fits-target.ts";
export { readFacts } from "./read-facts.ts";
export { type FileFormat, sniff } from "./sniff.ts";
export { type ByteSource, memorySource } from "./source.ts";
