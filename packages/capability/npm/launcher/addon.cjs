//! Beside this module lies what a developer has just built; a package has nothing there.
function load() {
  const given = env[own.variable];
  if (given) return require(path.resolve(given));
  const causes = [];
  const attempt = (file) => {
    try {
      return { exports: require(file) };
    } catch (error) {
      causes.push(error);
    }
  };
  for (const suffix of ["", ...usable.map(([one]) => `.${one}`)]) {
    const file = path.join(__dirname, `${own.addon}${suffix}.node`);
    const loaded = exists(file) && attempt(file);
    if (loaded) return loaded.exports;
  }
  let found = [];
  try {
    found = installed();
  } catch (error) {
    if (!causes[0]) throw error;
    causes.push(error);
  }
  //! An addon for the other libc might load and then crash: both would be in one process.
  const fit = found.filter((one) => strangeness(one) < 2);
  if (found[0] && !fit[0]) causes.push(Error(help().missing()));
  for (const [, , folder] of fit) {
    const loaded = attempt(folder);
    if (loaded) return loaded.exports;
  }
  throw help().unloadable(causes);
}

module.exports = load();
