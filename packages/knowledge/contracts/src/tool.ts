/** What documents say of the program that wrote them. A test holds the version against package.json. */
export const toolIdentity: { version: string; sha: string | null } = {
  version: "0.1.0",
  sha: null,
};
