/**
 * Fetches like `fetch`, and fails where the answer is not whole. Octokit takes a body that was cut for an empty one, which
 * would read as "there are no runners", and takes any text for data.
 */
export async function fetchWhole(
  signal: AbortSignal,
  address: string,
  options: RequestInit,
): Promise<Response> {
  const answer = await fetch(address, { ...options, signal });
  const text = await answer.text();
  if (answer.ok && !isListing(text)) throw new TypeError("the answer is no list of runners");
  const headers = new Headers(answer.headers);
  // The text is unpacked already.
  headers.delete("content-encoding");
  headers.delete("content-length");
  const whole = new Response(text, { status: answer.status, headers });
  // Made by hand it has none, and pages are followed from it.
  return Object.defineProperty(whole, "url", { value: answer.url });
}

/** Every listing counts what it holds in all its pages. */
function isListing(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "total_count" in value;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
