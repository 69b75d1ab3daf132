/** A version as PEP 440 reads it, in the form in which equal versions are equal texts. */
const form =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\d*))?(?:-(\d+)|[-_.]?(post|rev|r)[-_.]?(\d*))?(?:[-_.]?(dev)[-_.]?(\d*))?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$/;

const spellings: Readonly<Record<string, string>> = {
  alpha: "a",
  beta: "b",
  c: "rc",
  pre: "rc",
  preview: "rc",
};

/**
 * PEP 440's spellings of one version, such as `1.0.0-Beta.1` and `1.0b1`, as one text (appendix B of the PEP; trailing
 * zeros of the release dropped, as in comparisons).
 * @returns `null` for what is no version
 */
export function canonicalVersion(text: string): string | null {
  const match = form.exec(text.trim().toLowerCase());
  if (match === null) return null;
  const [, epoch, release = "", pre, preNumber, dashPost, post, postNumber, dev, devNumber, local] =
    match;
  const numbers = release.split(".").map(plain);
  while (numbers.length > 1 && numbers.at(-1) === "0") numbers.pop();
  let canonical = numbers.join(".");
  if (epoch !== undefined && plain(epoch) !== "0") canonical = `${plain(epoch)}!${canonical}`;
  if (pre !== undefined) canonical += `${spellings[pre] ?? pre}${plain(preNumber)}`;
  if (dashPost !== undefined || post !== undefined)
    canonical += `.post${plain(dashPost ?? postNumber)}`;
  if (dev !== undefined) canonical += `.dev${plain(devNumber)}`;
  if (local !== undefined) canonical += `+${local.split(/[-_.]/).map(localPart).join(".")}`;
  return canonical;
}

/** A version of a source that only its own builder has; package indexes take none. */
export function hasLocalPart(text: string): boolean {
  return text.includes("+");
}

function localPart(part: string): string {
  return /^\d+$/.test(part) ? plain(part) : part;
}

/** Without leading zeros; an absent number is 0. As text, since some versions are dates longer than exact numbers. */
function plain(digits: string | undefined): string {
  return digits?.replace(/^0+(?=\d)/, "") || "0";
}
