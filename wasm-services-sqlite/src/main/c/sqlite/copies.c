/* Copies of the whole database. */
#include "guest.h"

#define PAGES 256

/* Copies the database, as it is when it begins, to the file of a path that ends with a zero byte. */
int EXPORT(backup)(const char *path) {
  sqlite3 *target = NULL;
  int code = sqlite3_open_v2(path, &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXRESCODE, NULL);
  if (code == SQLITE_OK) {
    sqlite3_backup *backup = sqlite3_backup_init(target, "main", database, "main");
    if (backup == NULL) {
      code = sqlite3_extended_errcode(target);
    } else {
      do {
        code = sqlite3_backup_step(backup, PAGES);
      } while (code == SQLITE_OK);
      int finished = sqlite3_backup_finish(backup);
      code = code == SQLITE_DONE ? finished : code;
    }
  }
  sqlite3_close(target);
  return code;
}

/* The bytes that a file of the database would have; address << 32 | length, to be given to release. */
uint64_t EXPORT(serialize)(void) {
  sqlite3_int64 size = 0;
  unsigned char *bytes = sqlite3_serialize(database, "main", &size, 0);
  return bytes == NULL ? 0 : (uint64_t)(uintptr_t)bytes << 32 | (uint64_t)size;
}

void EXPORT(release)(void *bytes) { sqlite3_free(bytes); }
