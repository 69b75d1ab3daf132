// Command rival packs each file of a folder into a tar.gz of its own as release tools written in Go do: compress/gzip at level 9,
// every archive at once, then SHA256SUMS. usage: rival INPUT OUTPUT
package main

import (
	"archive/tar"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"sync"
	"time"
)

func main() {
	input, output := os.Args[1], os.Args[2]
	entries, err := os.ReadDir(input)
	check(err)
	sums := make([]string, len(entries))
	var group sync.WaitGroup
	for index, entry := range entries {
		group.Add(1)
		go func() {
			defer group.Done()
			sums[index] = pack(filepath.Join(input, entry.Name()), output)
		}()
	}
	group.Wait()
	sort.Strings(sums)
	check(os.WriteFile(filepath.Join(output, "SHA256SUMS"), []byte(strings.Join(sums, "")), 0o644))
}

func pack(path, output string) string {
	name := filepath.Base(path)
	file, err := os.Create(filepath.Join(output, name+".tar.gz"))
	check(err)
	hash := sha256.New()
	compressed, err := gzip.NewWriterLevel(io.MultiWriter(file, hash), gzip.BestCompression)
	check(err)
	archive := tar.NewWriter(compressed)
	source, err := os.Open(path)
	check(err)
	info, err := source.Stat()
	check(err)
	header := &tar.Header{Name: name, Mode: 0o755, Size: info.Size(), ModTime: time.Unix(315532800, 0)}
	check(archive.WriteHeader(header))
	_, err = io.Copy(archive, source)
	check(err)
	check(archive.Close())
	check(compressed.Close())
	check(file.Close())
	return fmt.Sprintf("%x  %s.tar.gz\n", hash.Sum(nil), name)
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
