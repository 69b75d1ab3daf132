package main

// version is set by the linker; see multiarch.yml.
var version = "unknown"
