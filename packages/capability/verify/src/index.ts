export { verifyRules } from "./own-rules.ts";
export { reportLines } from "./report-lines.ts";
export type {
  Report,
  ReportCheck,
  ReportExclusion,
  ReportFile,
  ReportMember,
  VerifyRequest,
} from "./types.ts";
export { verify } from "./verify.ts";
export {
  checkInWords,
  factsInWords,
  fileInWords,
  type Tally,
  tally,
  tallyInWords,
} from "./words.ts";
