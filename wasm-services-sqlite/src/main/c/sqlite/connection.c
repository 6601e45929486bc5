/* The one connection of a guest, and what can be asked of it. */
#include "guest.h"

#include <string.h>
#include <unistd.h>

/* How many instructions of SQLite's machine run between two questions to the host: below a millisecond. */
#define INSTRUCTIONS 4000

/* Whether the statement that runs is to stop. */
extern int HOST(stopped)(int guest);

/* A statement that is prepared, now or again while one runs, writes into this table. */
extern int HOST(writes)(int guest, const char *table, size_t len);

/* Waits until a lock may have become free; false if it is not to be tried again. */
extern int HOST(busy)(int guest, int tries);

sqlite3 *database;
int guest_number;

static int stopped(void *unused) {
  (void)unused;
  return host_stopped(guest_number);
}

static int busy(void *unused, int tries) {
  (void)unused;
  return host_busy(guest_number, tries);
}

/* Forbids nothing; what SQLite asks here is the only list of tables that has those of triggers and keys. */
static int authorize(void *unused, int action, const char *first, const char *second, const char *schema, const char *by) {
  (void)unused;
  (void)second;
  (void)schema;
  (void)by;
  if ((action == SQLITE_INSERT || action == SQLITE_UPDATE || action == SQLITE_DELETE) && first != NULL) {
    host_writes(guest_number, first, strlen(first));
  }
  return SQLITE_OK;
}

/*
 * Opens the file of a path that ends with a zero byte, in a directory that does too, which names
 * without one stand for.
 */
int EXPORT(open_database)(const char *path, const char *directory, int flags, int number) {
  guest_number = number;
  int code = files_register();
  if (code != SQLITE_OK) {
    return code;
  }
  if (directory[0] != '\0' && chdir(directory) != 0) {
    return SQLITE_CANTOPEN;
  }
  code = sqlite3_open_v2(path, &database, flags | SQLITE_OPEN_EXRESCODE, NULL);
  if (code != SQLITE_OK) {
    return code;
  }
  sqlite3_progress_handler(database, INSTRUCTIONS, stopped, NULL);
  sqlite3_busy_handler(database, busy, NULL);
  sqlite3_set_authorizer(database, authorize, NULL);
  /* No statement may write into the file what SQLite could not read any more. */
  return sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
}

/* Rolls back what is open; statements need not be finalized before. */
int EXPORT(close_database)(void) {
  statements_finalize();
  int code = sqlite3_close_v2(database);
  database = NULL;
  return code;
}

int EXPORT(autocommit)(void) { return sqlite3_get_autocommit(database); }

/* Whether a transaction reads or writes any of the databases: one of SQLITE_TXN_. */
int EXPORT(transaction)(void) { return sqlite3_txn_state(database, NULL); }

/* The text of a result code, and where in the statement it is, or -1. */
uint64_t EXPORT(failure)(int code) {
  int last = database == NULL ? SQLITE_OK : sqlite3_extended_errcode(database);
  const char *text = code == last ? sqlite3_errmsg(database) : sqlite3_errstr(code);
  int offset = code == last && database != NULL ? sqlite3_error_offset(database) : -1;
  if (!answer_begin() || !answer_int((uint32_t)offset) || !answer_text(text)) {
    return answer_with(SQLITE_NOMEM);
  }
  return answer_with(SQLITE_OK);
}
