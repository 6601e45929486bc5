/* What of string.h guests with threads use: Debian's wasi-libc is built without atomics. */
#include <string.h>

void *memcpy(void *restrict target, const void *restrict source, size_t count) {
  return __builtin_memcpy(target, source, count);
}

void *memmove(void *target, const void *source, size_t count) {
  return __builtin_memmove(target, source, count);
}

void *memset(void *target, int value, size_t count) {
  return __builtin_memset(target, value, count);
}

/* Without the attributes the compiler would see what the loops do, and call the functions instead. */
__attribute__((no_builtin("memcmp", "bcmp"))) int memcmp(const void *a, const void *b, size_t count) {
  const unsigned char *left = a;
  const unsigned char *right = b;
  for (size_t i = 0; i < count; i++) {
    if (left[i] != right[i]) {
      return left[i] - right[i];
    }
  }
  return 0;
}

__attribute__((no_builtin("strlen"))) size_t strlen(const char *text) {
  size_t length = 0;
  while (text[length] != '\0') {
    length++;
  }
  return length;
}
