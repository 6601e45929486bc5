// The module "words": how often words occur in a text.
package main

import (
	"sort"
	"strconv"
	"strings"
	"unicode"
)

//go:wasmexport count
func count(text string) uint64 {
	counts := map[string]int{}
	for _, word := range strings.FieldsFunc(strings.ToLower(text), notALetter) {
		counts[word]++
	}
	if len(counts) == 0 {
		return failure("words.none", "there is no word in the text")
	}
	words := make([]string, 0, len(counts))
	for word := range counts {
		words = append(words, word)
	}
	sort.Strings(words)
	document := []byte{'{'}
	for i, word := range words {
		if i > 0 {
			document = append(document, ',')
		}
		document = append(document, '"')
		document = append(document, word...)
		document = append(document, '"', ':')
		document = strconv.AppendInt(document, int64(counts[word]), 10)
	}
	return answer(append(document, '}'))
}

func notALetter(r rune) bool {
	return !unicode.IsLetter(r)
}

// A library has no main of its own, but Go wants to see one.
func main() {}
