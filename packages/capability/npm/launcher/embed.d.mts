/** Text of src/launcher-text.ts for the given launcher; without one, for launcher.cjs. */
export function embed(text?: string): string;
