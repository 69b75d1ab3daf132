/** Texts of modules in src/, by name without `.ts`. */
export function embed(): Record<string, string>;
