/*
 * What the files of this module share. A guest has one connection; each function that answers with
 * i64 answers with an address << 32 | a result code of SQLite.
 */
#ifndef GUEST_H
#define GUEST_H

#include <stddef.h>
#include <stdint.h>

#include "abi.h"
#include "sqlite3.h"

/* A function of the host. */
#define HOST(name) __attribute__((import_module("sqlite"), import_name(#name))) host_##name

/* The connection of this guest, null while there is none. */
extern sqlite3 *database;

/* By what number the host knows this guest. */
extern int guest_number;

/* Makes the file system that asks the host for locks the default one. */
int files_register(void);

/* Lets go of all statements that the host has prepared. */
void statements_finalize(void);

/* What the host reads after a call. */
struct answer {
  uint32_t count;   /* of rows */
  uint32_t used;    /* bytes, with this header */
  uint32_t columns;
  uint32_t complete; /* whether the statement has come to its end */
  int64_t changes;  /* rows that a statement that is complete has changed */
  int64_t rowid;    /* of the row that was inserted last */
};

/* Empties the answer; false if there is no memory for it. */
int answer_begin(void);
int answer_append(const void *bytes, size_t len);
int answer_int(uint32_t value);
/* The length and the bytes; all ones for null. */
int answer_text(const char *text);
/* The values of the row that a statement stands on. */
int answer_row(sqlite3_stmt *statement);
struct answer *answer_head(void);
/* The answer, which may be null if code is not SQLITE_OK, ROW or DONE. */
uint64_t answer_with(int code);

#endif
