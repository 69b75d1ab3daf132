/**
 * Names that no child may see, in upper case. They let whoever reads them write to the run (outputs, artifacts, caches),
 * speak for the workflow (OIDC), publish, or change how every Node process starts.
 */
const deniedNames = new Set([
  "ACTIONS_RUNTIME_TOKEN",
  "ACTIONS_RUNTIME_URL",
  "ACTIONS_RESULTS_URL",
  "ACTIONS_CACHE_URL",
  "GITHUB_TOKEN",
  "GH_TOKEN",
  "GITHUB_ENTERPRISE_TOKEN",
  "GH_ENTERPRISE_TOKEN",
  "GITHUB_OUTPUT",
  "GITHUB_ENV",
  "GITHUB_PATH",
  "GITHUB_STATE",
  "GITHUB_STEP_SUMMARY",
  "GITHUB_ARTIFACTS",
  "NODE_OPTIONS",
  "NODE_AUTH_TOKEN",
  "NPM_TOKEN",
  "NPM_AUTH_TOKEN",
  "YARN_NPM_AUTH_TOKEN",
  "YARN_NPM_AUTH_IDENT",
  "TWINE_PASSWORD",
  "CARGO_REGISTRY_TOKEN",
  "MATURIN_PYPI_TOKEN",
  "MATURIN_PASSWORD",
  "UV_PUBLISH_TOKEN",
  "UV_PUBLISH_PASSWORD",
  "PYPI_TOKEN",
  "PYPI_API_TOKEN",
  "FLIT_PASSWORD",
  "HATCH_INDEX_AUTH",
  "PDM_PUBLISH_PASSWORD",
  "HOMEBREW_GITHUB_API_TOKEN",
  "DOCKER_AUTH_CONFIG",
  "SIGSTORE_ID_TOKEN",
]);

const deniedShapes: readonly RegExp[] = [
  /^INPUT_/,
  /^STATE_/,
  /^ACTIONS_ID_TOKEN_REQUEST_/,
  /^CARGO_REGISTRIES_.+_TOKEN$/,
  /^POETRY_PYPI_TOKEN_/,
  /^POETRY_HTTP_BASIC_.+_PASSWORD$/,
  // npm reads any configuration key from the environment, `npm_config_//host/:_authToken` included.
  /^NPM_CONFIG_.*_(AUTH|AUTHTOKEN|PASSWORD)$/,
];

/**
 * The environment for a child process: `env` without the names above, then `extra`. A deny-list and no allow-list, because
 * real builds need what their users set. Names are compared without regard to case, as Windows does.
 * @param extra Set last, unchecked: what our own code or the project's configuration asks for by name.
 * @param keep Denied names that pass all the same, because the user listed them (`secret-env`).
 */
export function childEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  extra: Readonly<Record<string, string>> = {},
  keep: readonly string[] = [],
): Record<string, string> {
  const kept = new Set(keep.map((name) => name.toUpperCase()));
  const passed = Object.entries(env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && (kept.has(entry[0].toUpperCase()) || !isDenied(entry[0])),
  );
  return Object.fromEntries([...passed, ...Object.entries(extra)]);
}

function isDenied(name: string): boolean {
  const upper = name.toUpperCase();
  return deniedNames.has(upper) || deniedShapes.some((shape) => shape.test(upper));
}
