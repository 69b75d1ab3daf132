/** Runtimes of Microsoft's compiler (release and debug) and of MinGW, which come with neither Windows nor the program. */
const extraRuntime =
  /^(?:vcruntime\d+(?:_\d+)?d?|msvcp\d+(?:_\w+)?d?|concrt\d+d?|vcomp\d+d?|msvcr(?:80|90|1\d0)d?|ucrtbased|libgcc_s_\w+-\d+|libstdc\+\+-\d+|libwinpthread-\d+|libc\+\+|libunwind)\.dll$/;

/** Whether a DLL is a compiler's runtime that a plain Windows lacks. `name`: lower case. */
export function isExtraRuntime(name: string): boolean {
  return extraRuntime.test(name);
}
