import type { Search, ToolRequest, ToolSearches } from "./types.ts";

export function newSearches(): ToolSearches {
  return { go: new Map(), zigbuild: new Map() };
}

/** Those of callers that keep none: builds of several targets may ask for one tool at the same time. */
const underWay = newSearches();

/**
 * One search for all who ask at the same time. The caller's own `searches` also remember a failure: what could not be had
 * after all attempts is not asked for again in the same run.
 */
export async function searchOnce<Found>(
  mapOf: (searches: ToolSearches) => Map<string, Search<Found>>,
  key: string,
  { request, what }: { request: ToolRequest; what: string },
  begin: () => Promise<Found>,
): Promise<Found> {
  const searches = mapOf(request.searches ?? underWay);
  const running = searches.get(key);
  if (running !== undefined) {
    if (!running.failed) request.onFetch?.(what);
    return running.outcome;
  }
  const search = { outcome: begin(), failed: false };
  searches.set(key, search);
  try {
    const found = await search.outcome;
    searches.delete(key);
    return found;
  } catch (error) {
    search.failed = true;
    if (request.searches === undefined) searches.delete(key);
    throw error;
  }
}
