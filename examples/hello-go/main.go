// Command hello-go greets. It imports little, so that building it for many targets from cold takes seconds.
package main

import (
	"os"
	"runtime"
)

const usage = "usage: hello-go [--version | NAME]\n"

func main() {
	os.Exit(run(os.Args[1:]))
}

func run(args []string) int {
	switch {
	case len(args) == 0:
		return say("hello from " + runtime.GOOS + "/" + runtime.GOARCH)
	case len(args) > 1:
		os.Stderr.WriteString(usage)
		return 2
	case args[0] == "--version":
		return say("hello-go " + version)
	default:
		return say("hello " + args[0])
	}
}

func say(text string) int {
	if _, err := os.Stdout.WriteString(text + "\n"); err != nil {
		return 1
	}
	return 0
}
