import type { NpmPlan } from "./types.ts";

/** The module that loads the addon which was installed for this machine. */
export function renderLoader({ platforms }: NpmPlan, _version: string): string {
  const folders = platforms.map(({ folder }) => JSON.stringify(folder)).join(", ");
  return `"use strict";
const causes = [];
for (const name of [${folders}]) {
	try {
		module.exports = require(name);
		return;
	} catch (error) {
		causes.push(error);
	}
}
throw new AggregateError(causes, "no addon is installed for this machine");
`;
}

/** Types of that module, where the project brings none. */
export function renderLoaderTypes(_plan: NpmPlan): string {
  return "declare const addon: any;\nexport = addon;\n";
}
