// biome-ignore-all lint/correctness/noUnusedVariables: the parts that follow use them
//! An executable, and the platform package that it is in; of one that the user names, the file alone.
function find(name) {
  const variable = own.commands[name];
  if (!variable) throw Error(`no command ${name}`);
  if (env[variable]) return { file: path.resolve(env[variable]) };
  const [one] = installed();
  return { one, file: path.join(one[2], "bin", platform === "win32" ? `${name}.exe` : name) };
}

//! As far as can be told beforehand.
function starts(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    const loader = interpreter(file);
    return loader === "" || exists(loader ?? "");
  } catch {
    return false;
  }
}
