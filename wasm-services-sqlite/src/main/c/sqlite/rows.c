/*
 * The answer: one buffer, which grows and is used again and again. A row is its values, each with
 * its type before it: 1 and 64 bits, 2 and a double, 3 and 4 with a length and bytes, 5.
 */
#include "guest.h"

#include <stdlib.h>
#include <string.h>

#define LEAST 65536u

static unsigned char *buffer;
static size_t capacity;
static size_t used;

static int ensure(size_t more) {
  if (more > SIZE_MAX / 4 - used) {
    return 0;
  }
  if (used + more <= capacity) {
    return 1;
  }
  size_t wanted = capacity == 0 ? LEAST : capacity;
  while (wanted < used + more) {
    wanted *= 2;
  }
  unsigned char *grown = realloc(buffer, wanted);
  if (grown == NULL) {
    wanted = used + more;
    grown = realloc(buffer, wanted);
  }
  if (grown == NULL) {
    return 0;
  }
  buffer = grown;
  capacity = wanted;
  return 1;
}

int answer_append(const void *bytes, size_t len) {
  if (!ensure(len)) {
    return 0;
  }
  if (len > 0) {
    memcpy(buffer + used, bytes, len);
  }
  used += len;
  return 1;
}

int answer_int(uint32_t value) { return answer_append(&value, sizeof value); }

int answer_text(const char *text) {
  if (text == NULL) {
    return answer_int(UINT32_MAX);
  }
  size_t len = strlen(text);
  return answer_int((uint32_t)len) && answer_append(text, len);
}

int answer_begin(void) {
  struct answer none = {0};
  used = 0;
  return answer_append(&none, sizeof none);
}

struct answer *answer_head(void) { return (struct answer *)buffer; }

uint64_t answer_with(int code) {
  if (buffer != NULL) {
    answer_head()->used = (uint32_t)used;
  }
  return (uint64_t)(uintptr_t)buffer << 32 | (uint32_t)code;
}

static int append_bytes(const void *bytes, int len) {
  return answer_int((uint32_t)len) && answer_append(bytes, (size_t)len);
}

static int append_value(sqlite3_stmt *statement, int column) {
  unsigned char type = (unsigned char)sqlite3_column_type(statement, column);
  if (!answer_append(&type, 1)) {
    return 0;
  }
  if (type == SQLITE_INTEGER) {
    int64_t number = sqlite3_column_int64(statement, column);
    return answer_append(&number, sizeof number);
  }
  if (type == SQLITE_FLOAT) {
    double number = sqlite3_column_double(statement, column);
    return answer_append(&number, sizeof number);
  }
  if (type == SQLITE_TEXT) {
    const void *text = sqlite3_column_text(statement, column);
    return text != NULL && append_bytes(text, sqlite3_column_bytes(statement, column));
  }
  if (type == SQLITE_BLOB) {
    const void *bytes = sqlite3_column_blob(statement, column);
    int len = sqlite3_column_bytes(statement, column);
    return (bytes != NULL || len == 0) && append_bytes(bytes, len);
  }
  return 1;
}

int answer_row(sqlite3_stmt *statement) {
  int columns = sqlite3_data_count(statement);
  for (int column = 0; column < columns; column++) {
    if (!append_value(statement, column)) {
      return 0;
    }
  }
  return 1;
}
