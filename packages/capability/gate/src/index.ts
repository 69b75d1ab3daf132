export { readJobs } from "./jobs.ts";
export { type Allowances, type Judgement, judgeJobs, type Verdict } from "./judge.ts";
