/*
 * A file system between SQLite and its own "unix-none", which knows no locks: locks are asked of the
 * host, which knows all guests that have the file, and other processes.
 *
 * A database's file stays open until its guest is gone, which the host decides: closing a descriptor
 * takes all locks of a process away, also those that another guest of it holds.
 */
/* For getentropy. */
#define _DEFAULT_SOURCE

#include "guest.h"

#include <string.h>
#include <unistd.h>

/* A number for the file, or minus a result code. */
extern int HOST(open)(int guest, const char *path, size_t len, int flags);
extern int HOST(close)(int guest, int file);
extern int HOST(lock)(int guest, int file, int level);
extern int HOST(unlock)(int guest, int file, int level);
/* Whether somebody is about to write: 0 or 1, or minus a result code. */
extern int HOST(reserved)(int guest, int file);

struct file {
  sqlite3_file own;
  sqlite3_file *real; /* behind this */
  int number;         /* 0 if it needs no locks */
  int unused;
};

_Static_assert(sizeof(struct file) % 8 == 0, "the real file must stay aligned");

static sqlite3_vfs *base;
static sqlite3_vfs vfs;

static struct file *of(sqlite3_file *file) { return (struct file *)file; }

static sqlite3_file *real(sqlite3_file *file) { return of(file)->real; }

static int file_close(sqlite3_file *file) {
  if (of(file)->number != 0) {
    return host_close(guest_number, of(file)->number);
  }
  return real(file)->pMethods->xClose(real(file));
}

static int file_read(sqlite3_file *file, void *target, int len, sqlite3_int64 offset) {
  return real(file)->pMethods->xRead(real(file), target, len, offset);
}

static int file_write(sqlite3_file *file, const void *source, int len, sqlite3_int64 offset) {
  return real(file)->pMethods->xWrite(real(file), source, len, offset);
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size) {
  return real(file)->pMethods->xTruncate(real(file), size);
}

static int file_sync(sqlite3_file *file, int flags) {
  return real(file)->pMethods->xSync(real(file), flags);
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size) {
  return real(file)->pMethods->xFileSize(real(file), size);
}

static int file_lock(sqlite3_file *file, int level) {
  return of(file)->number == 0 ? SQLITE_OK : host_lock(guest_number, of(file)->number, level);
}

static int file_unlock(sqlite3_file *file, int level) {
  return of(file)->number == 0 ? SQLITE_OK : host_unlock(guest_number, of(file)->number, level);
}

static int file_reserved(sqlite3_file *file, int *reserved) {
  int answer = of(file)->number == 0 ? 0 : host_reserved(guest_number, of(file)->number);
  *reserved = answer > 0;
  return answer < 0 ? -answer : SQLITE_OK;
}

static int file_control(sqlite3_file *file, int operation, void *argument) {
  return real(file)->pMethods->xFileControl(real(file), operation, argument);
}

static int file_sector_size(sqlite3_file *file) {
  return real(file)->pMethods->xSectorSize(real(file));
}

static int file_characteristics(sqlite3_file *file) {
  return real(file)->pMethods->xDeviceCharacteristics(real(file));
}

/* Of the first version: there is no memory that guests share, so that WAL needs the file alone. */
static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_reserved,
    .xFileControl = file_control,
    .xSectorSize = file_sector_size,
    .xDeviceCharacteristics = file_characteristics,
};

static int vfs_open(sqlite3_vfs *self, const char *name, sqlite3_file *opened, int flags, int *out) {
  (void)self;
  struct file *file = of(opened);
  memset(file, 0, (size_t)vfs.szOsFile);
  file->real = (sqlite3_file *)(file + 1);
  if ((flags & SQLITE_OPEN_MAIN_DB) != 0 && name != NULL) {
    file->number = host_open(guest_number, name, strlen(name), flags);
    if (file->number <= 0) {
      return file->number == 0 ? SQLITE_CANTOPEN : -file->number;
    }
  }
  int code = base->xOpen(base, name, file->real, flags, out);
  if (code == SQLITE_OK) {
    opened->pMethods = &methods;
  } else if (file->number != 0) {
    host_close(guest_number, file->number);
  }
  return code;
}

/* SQLite's own knows /dev/urandom and the clock, and a guest has no device. */
static int vfs_randomness(sqlite3_vfs *self, int len, char *target) {
  (void)self;
  const int most = 256;
  for (int done = 0; done < len; done += most) {
    if (getentropy(target + done, (size_t)(len - done < most ? len - done : most)) != 0) {
      return base->xRandomness(base, len, target);
    }
  }
  return len;
}

int files_register(void) {
  base = sqlite3_vfs_find("unix-none");
  if (base == NULL) {
    return SQLITE_INTERNAL;
  }
  vfs = *base;
  vfs.pNext = NULL;
  vfs.zName = "wasm";
  vfs.szOsFile = (int)sizeof(struct file) + base->szOsFile;
  vfs.xOpen = vfs_open;
  vfs.xRandomness = vfs_randomness;
  return sqlite3_vfs_register(&vfs, 1);
}
