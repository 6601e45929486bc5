/* Soundex: names that sound alike in English get the same code of four characters. */
#include <stdlib.h>

#include "abi.h"

enum { LENGTH = 4 };

/* The classes of the letters A to Z; 0 stands for those that have none. */
static const char CLASSES[] = "01230120022455012623010202";

static int is_letter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/*
 * Neighbours of one class count once. H and W between them change nothing, a vowel separates them.
 * Answers how long the code is: 0 where there is no letter.
 */
static size_t soundex_of(const char *name, size_t len, char *code) {
  size_t length = 0;
  char last = '0';
  for (size_t i = 0; i < len && length < LENGTH; i++) {
    if (!is_letter(name[i])) {
      continue;
    }
    char letter = (char)(name[i] & ~0x20);
    char class = CLASSES[letter - 'A'];
    if (length > 0 && (letter == 'H' || letter == 'W')) {
      continue;
    }
    if (length == 0) {
      code[length++] = letter;
    } else if (class != '0' && class != last) {
      code[length++] = class;
    }
    last = class;
  }
  while (length > 0 && length < LENGTH) {
    code[length++] = '0';
  }
  return length;
}

/* String soundex(String name) in Java. A text arrives as the address and the length of its UTF-8. */
abi_result EXPORT(soundex)(const char *name, size_t len) {
  char *code = malloc(LENGTH);
  if (code == NULL) {
    return abi_error("soundex.memory", "there is no memory left", NO_OFFSET);
  }
  return abi_buffer(code, soundex_of(name, len, code));
}
