/* Statements: prepared, bound from one buffer, and run until a buffer of rows is full. */
#include "guest.h"

#include <stdlib.h>
#include <string.h>

/* What is known of a statement that has been prepared. */
struct prepared {
  sqlite3_stmt *statement; /* null if there is nothing but space and comments */
  int32_t columns;
  int32_t parameters;
  int32_t read_only;
  int32_t more; /* whether another statement follows */
};

static struct prepared prepared;

/*
 * The statements of the host. SQLite's own list has those of virtual tables too, which these let go
 * themselves.
 */
struct owned {
  sqlite3_stmt *statement;
  struct owned *next;
};

static struct owned *all_owned;

/* Lets go of the statement if there is no memory to remember it. */
static int remember(sqlite3_stmt *statement) {
  struct owned *owned = malloc(sizeof *owned);
  if (owned == NULL) {
    sqlite3_finalize(statement);
    return SQLITE_NOMEM;
  }
  owned->statement = statement;
  owned->next = all_owned;
  all_owned = owned;
  return SQLITE_OK;
}

static void forget(sqlite3_stmt *statement) {
  for (struct owned **at = &all_owned; *at != NULL; at = &(*at)->next) {
    if ((*at)->statement == statement) {
      struct owned *gone = *at;
      *at = gone->next;
      free(gone);
      return;
    }
  }
}

void statements_finalize(void) {
  while (all_owned != NULL) {
    sqlite3_stmt *statement = all_owned->statement;
    forget(statement);
    sqlite3_finalize(statement);
  }
}

static uint64_t prepared_with(int code) {
  return (uint64_t)(uintptr_t)&prepared << 32 | (uint32_t)code;
}

/* Whether there is anything but space and comments; what can't be read counts. */
static int has_statement(const char *sql, const char *end) {
  while (sql < end) {
    sqlite3_stmt *next = NULL;
    const char *rest = sql;
    int code = sqlite3_prepare_v2(database, sql, (int)(end - sql), &next, &rest);
    if (code != SQLITE_OK || next != NULL) {
      sqlite3_finalize(next);
      return 1;
    }
    if (rest <= sql) {
      return 0;
    }
    sql = rest;
  }
  return 0;
}

uint64_t EXPORT(prepare)(const char *sql, size_t len) {
  const char *end = sql + len;
  const char *rest = end;
  memset(&prepared, 0, sizeof prepared);
  int code = SQLITE_OK;
  while (sql < end && code == SQLITE_OK && prepared.statement == NULL) {
    code = sqlite3_prepare_v3(database, sql, (int)(end - sql), SQLITE_PREPARE_PERSISTENT, &prepared.statement, &rest);
    if (code == SQLITE_OK && prepared.statement == NULL && rest <= sql) {
      break;
    }
    sql = rest;
  }
  if (code == SQLITE_OK && prepared.statement != NULL) {
    code = remember(prepared.statement);
  }
  if (code == SQLITE_OK && prepared.statement != NULL) {
    prepared.columns = sqlite3_column_count(prepared.statement);
    prepared.parameters = sqlite3_bind_parameter_count(prepared.statement);
    prepared.read_only = sqlite3_stmt_readonly(prepared.statement);
    prepared.more = has_statement(rest, end);
  }
  return prepared_with(code);
}

int EXPORT(finalize)(sqlite3_stmt *statement) {
  forget(statement);
  return sqlite3_finalize(statement);
}

int EXPORT(reset)(sqlite3_stmt *statement) { return sqlite3_reset(statement); }

/* For another user: nothing of the last one's is left, big values neither. */
int EXPORT(recycle)(sqlite3_stmt *statement) {
  sqlite3_reset(statement);
  return sqlite3_clear_bindings(statement);
}

/* One of SQLite's counters of a statement, which begins anew then. */
int EXPORT(counter)(sqlite3_stmt *statement, int which) { return sqlite3_stmt_status(statement, which, 1); }

/* What is left of the values that the host wrote. */
struct source {
  const unsigned char *at;
  const unsigned char *end;
};

static int take(struct source *source, void *target, size_t len) {
  if ((size_t)(source->end - source->at) < len) {
    return 0;
  }
  memcpy(target, source->at, len);
  source->at += len;
  return 1;
}

static int bind_bytes(sqlite3_stmt *statement, int index, int type, struct source *source) {
  uint32_t len;
  if (!take(source, &len, sizeof len) || (size_t)(source->end - source->at) < len) {
    return SQLITE_MISUSE;
  }
  const void *bytes = source->at;
  source->at += len;
  return type == SQLITE_TEXT
             ? sqlite3_bind_text64(statement, index, bytes, len, SQLITE_TRANSIENT, SQLITE_UTF8)
             : sqlite3_bind_blob64(statement, index, bytes, len, SQLITE_TRANSIENT);
}

static int bind_value(sqlite3_stmt *statement, int index, struct source *source) {
  unsigned char type;
  if (!take(source, &type, 1)) {
    return SQLITE_MISUSE;
  }
  if (type == SQLITE_INTEGER) {
    int64_t number;
    return take(source, &number, sizeof number) ? sqlite3_bind_int64(statement, index, number) : SQLITE_MISUSE;
  }
  if (type == SQLITE_FLOAT) {
    double number;
    return take(source, &number, sizeof number) ? sqlite3_bind_double(statement, index, number) : SQLITE_MISUSE;
  }
  if (type == SQLITE_TEXT || type == SQLITE_BLOB) {
    return bind_bytes(statement, index, type, source);
  }
  return sqlite3_bind_null(statement, index);
}

static int bind_row(sqlite3_stmt *statement, struct source *source) {
  int parameters = sqlite3_bind_parameter_count(statement);
  for (int index = 1; index <= parameters; index++) {
    int code = bind_value(statement, index, source);
    if (code != SQLITE_OK) {
      return code;
    }
  }
  return SQLITE_OK;
}

/* The changes when the statement began; statements that change nothing leave the count as it was. */
static sqlite3_int64 total_before;

static void tell_changes(void) {
  int changed = sqlite3_total_changes64(database) != total_before;
  answer_head()->changes = changed ? sqlite3_changes64(database) : 0;
  answer_head()->rowid = sqlite3_last_insert_rowid(database);
}

/*
 * A statement that writes and has rows has written by its first one, and resetting it would commit.
 * This takes back what it wrote.
 */
static void take_back(sqlite3_stmt *statement) {
  sqlite3_interrupt(database);
  sqlite3_step(statement);
}

/*
 * Rows until there are so many, or so many bytes of them; all of a statement that writes, for it
 * commits after its last row, and may fail then.
 */
static uint64_t fetch(sqlite3_stmt *statement, uint32_t rows, size_t bytes) {
  if (!answer_begin()) {
    sqlite3_reset(statement);
    return answer_with(SQLITE_NOMEM);
  }
  int writes = !sqlite3_stmt_readonly(statement);
  uint32_t count = 0;
  size_t before;
  int code;
  do {
    code = sqlite3_step(statement);
    if (code == SQLITE_ROW) {
      answer_head()->columns = (uint32_t)sqlite3_data_count(statement);
      if (!answer_row(statement)) {
        code = SQLITE_NOMEM;
        if (writes) {
          take_back(statement);
        }
      } else {
        count++;
      }
    }
    answer_with(code);
    before = answer_head()->used;
  } while (code == SQLITE_ROW && (writes || (count < rows && before < bytes)));
  answer_head()->count = count;
  if (code == SQLITE_DONE) {
    tell_changes();
    answer_head()->complete = 1;
  }
  if (code != SQLITE_ROW) {
    sqlite3_reset(statement);
  }
  return answer_with(code);
}

/* Binds a value for each parameter, and goes to the first rows. */
uint64_t EXPORT(run)(sqlite3_stmt *statement, const unsigned char *values, size_t len, uint32_t rows, size_t bytes) {
  struct source source = {values, values + len};
  sqlite3_reset(statement);
  int code = bind_row(statement, &source);
  if (code != SQLITE_OK) {
    answer_begin();
    return answer_with(code);
  }
  total_before = sqlite3_total_changes64(database);
  return fetch(statement, rows, bytes);
}

/* Goes on where the last call ended. */
uint64_t EXPORT(step)(sqlite3_stmt *statement, uint32_t rows, size_t bytes) {
  return fetch(statement, rows, bytes);
}

/*
 * Runs a statement once for each of several rows of values. The answer has the changes and the row id
 * of those that were run; one that fails is the last.
 */
uint64_t EXPORT(batch)(sqlite3_stmt *statement, const unsigned char *values, size_t len, uint32_t times) {
  struct source source = {values, values + len};
  int code = SQLITE_DONE;
  uint32_t done = 0;
  if (!answer_begin()) {
    return answer_with(SQLITE_NOMEM);
  }
  while (done < times && code == SQLITE_DONE) {
    sqlite3_reset(statement);
    total_before = sqlite3_total_changes64(database);
    code = bind_row(statement, &source);
    while (code == SQLITE_OK || code == SQLITE_ROW) {
      code = sqlite3_step(statement);
    }
    if (code == SQLITE_DONE) {
      tell_changes();
      int64_t pair[2] = {answer_head()->changes, answer_head()->rowid};
      code = answer_append(pair, sizeof pair) ? SQLITE_DONE : SQLITE_NOMEM;
      done++;
    }
  }
  sqlite3_reset(statement);
  answer_head()->count = done;
  return answer_with(code);
}

static int describe_column(sqlite3_stmt *statement, int column) {
  const char *database_name = sqlite3_column_database_name(statement, column);
  const char *table = sqlite3_column_table_name(statement, column);
  const char *origin = sqlite3_column_origin_name(statement, column);
  int not_null = 0, primary_key = 0, automatic = 0;
  if (table != NULL && origin != NULL) {
    sqlite3_table_column_metadata(database, database_name, table, origin, NULL, NULL, &not_null, &primary_key, &automatic);
  }
  return answer_text(sqlite3_column_name(statement, column)) &&
         answer_text(sqlite3_column_decltype(statement, column)) && answer_text(table) &&
         answer_text(origin) && answer_int((uint32_t)(not_null | primary_key << 1 | automatic << 2));
}

/* Names, declared types, tables and what else is known of the columns. */
uint64_t EXPORT(describe)(sqlite3_stmt *statement) {
  int columns = sqlite3_column_count(statement);
  int good = answer_begin();
  for (int column = 0; column < columns && good; column++) {
    good = describe_column(statement, column);
  }
  if (good) {
    answer_head()->columns = (uint32_t)columns;
  }
  return answer_with(good ? SQLITE_OK : SQLITE_NOMEM);
}
