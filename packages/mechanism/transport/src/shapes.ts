/** Whether a value is an object, whichever realm made it: what Node itself throws is no `instanceof Error` inside a test's context. */
export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** The code of a system error, or "". */
export function codeOf(error: unknown): string {
  return isObject(error) && "code" in error ? String(error.code) : "";
}

/** The first line of an error's message. */
export function messageOf(error: unknown): string {
  const message = isObject(error) && "message" in error ? error.message : error;
  return String(message).split("\n", 1).join("");
}
