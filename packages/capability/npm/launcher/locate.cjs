exports.binaryPath = (name = Object.keys(own.commands)[0]) => {
  const found = find(name);
  if (starts(found.file)) return found.file;
  throw Error(help().trouble(found));
};
