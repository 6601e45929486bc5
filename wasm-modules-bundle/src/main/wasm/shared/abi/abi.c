#include "abi.h"

#include <stdlib.h>
#include <string.h>

#define ERROR (1ULL << 63)

/*
 * Answered for a length of zero: never dereferenced, never freed. It stands well above address zero,
 * for libraries compare with addresses some bytes before the data.
 */
static uint64_t nothing;

void *EXPORT(wasm_alloc)(size_t len) {
  if (len == 0) {
    return &nothing;
  }
  return malloc(len);
}

void EXPORT(wasm_free)(void *ptr, size_t len) {
  if (len > 0) {
    free(ptr);
  }
}

abi_result abi_buffer(void *ptr, size_t len) {
  if (len == 0) {
    free(ptr);
    return (abi_result)(uintptr_t)&nothing << 32;
  }
  return (abi_result)(uintptr_t)ptr << 32 | len;
}

static char *append(char *at, const char *text) {
  size_t len = strlen(text);
  memcpy(at, text, len);
  return at + len;
}

static char *decimal(char *at, uint64_t number) {
  char digits[20];
  int count = 0;
  do {
    digits[count++] = (char)('0' + number % 10);
    number /= 10;
  } while (number > 0);
  while (count > 0) {
    *at++ = digits[--count];
  }
  return at;
}

abi_result abi_error(const char *code, const char *message, int64_t offset) {
  char *json = malloc(strlen(code) + strlen(message) + 64);
  char *end = json;
  if (json == NULL) {
    /* Not even room for the error: the host reports an answer that it can't read. */
    return ERROR;
  }
  end = append(end, "{\"code\":\"");
  end = append(end, code);
  end = append(end, "\",\"message\":\"");
  end = append(end, message);
  end = append(end, "\"");
  if (offset >= 0) {
    end = append(end, ",\"offset\":");
    end = decimal(end, (uint64_t)offset);
  }
  end = append(end, "}");
  return abi_buffer(json, (size_t)(end - json)) | ERROR;
}
