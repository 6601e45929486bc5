/*
 * A file system before SQLite's own "unix-none". Databases are read, written and locked by the host,
 * which knows all guests that have a file, and other processes; a guest has no descriptor of one, for
 * closing it would take away all locks that the process has on the file. All other files are those of
 * "unix-none".
 */
/* For getentropy. */
#define _DEFAULT_SOURCE

#include "guest.h"

#include <string.h>
#include <unistd.h>

/* In a number of a file: it can be read only. */
#define READ_ONLY 0x40000000

/* A number for the file, or minus a result code. */
extern int HOST(open)(int guest, const char *path, size_t len, int flags);
extern int HOST(close)(int guest, int file);
/* How many bytes there were, or minus a result code. */
extern int HOST(read)(int guest, int file, void *target, int len, sqlite3_int64 offset);
extern int HOST(write)(int guest, int file, const void *source, int len, sqlite3_int64 offset);
extern int HOST(truncate)(int guest, int file, sqlite3_int64 size);
extern int HOST(sync)(int guest, int file);
extern int HOST(size)(int guest, int file, sqlite3_int64 *size);
extern int HOST(lock)(int guest, int file, int level);
extern int HOST(unlock)(int guest, int file, int level);
/* Whether somebody is about to write: 0 or 1, or minus a result code. */
extern int HOST(reserved)(int guest, int file);

/* Whether there is a file with something in it: 0 for no, else the guest is to look itself. */
extern int HOST(exists)(int guest, const char *path, size_t len);

struct file {
  sqlite3_file own;
  int number;
};

static sqlite3_vfs *base;
static sqlite3_vfs vfs;

static int number(sqlite3_file *file) { return ((struct file *)file)->number; }

static int file_close(sqlite3_file *file) { return host_close(guest_number, number(file)); }

static int file_read(sqlite3_file *file, void *target, int len, sqlite3_int64 offset) {
  int count = host_read(guest_number, number(file), target, len, offset);
  if (count < 0) {
    return -count;
  }
  if (count < len) {
    memset((char *)target + count, 0, (size_t)(len - count));
    return SQLITE_IOERR_SHORT_READ;
  }
  return SQLITE_OK;
}

static int file_write(sqlite3_file *file, const void *source, int len, sqlite3_int64 offset) {
  return host_write(guest_number, number(file), source, len, offset);
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size) {
  return host_truncate(guest_number, number(file), size);
}

static int file_sync(sqlite3_file *file, int flags) {
  (void)flags;
  return host_sync(guest_number, number(file));
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size) {
  return host_size(guest_number, number(file), size);
}

static int file_lock(sqlite3_file *file, int level) {
  return host_lock(guest_number, number(file), level);
}

static int file_unlock(sqlite3_file *file, int level) {
  return host_unlock(guest_number, number(file), level);
}

static int file_reserved(sqlite3_file *file, int *reserved) {
  int answer = host_reserved(guest_number, number(file));
  *reserved = answer > 0;
  return answer < 0 ? -answer : SQLITE_OK;
}

static int file_control(sqlite3_file *file, int operation, void *argument) {
  (void)file;
  (void)operation;
  (void)argument;
  return SQLITE_NOTFOUND;
}

static int file_sector_size(sqlite3_file *file) {
  (void)file;
  return 4096;
}

/* What "unix" files promise by default. */
static int file_characteristics(sqlite3_file *file) {
  (void)file;
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
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
  if ((flags & SQLITE_OPEN_MAIN_DB) == 0 || name == NULL) {
    return base->xOpen(base, name, opened, flags, out);
  }
  struct file *file = (struct file *)opened;
  file->own.pMethods = NULL;
  int number = host_open(guest_number, name, strlen(name), flags);
  if (number < 0) {
    return -number;
  }
  file->number = number & ~READ_ONLY;
  file->own.pMethods = &methods;
  if (out != NULL) {
    int writes = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    *out = (number & READ_ONLY) != 0 ? (flags & ~writes) | SQLITE_OPEN_READONLY : flags;
  }
  return SQLITE_OK;
}

/*
 * Whoever begins to read asks whether there is a journal or a log that has something in it. There
 * hardly ever is, and the host says so sooner than WASI, which walks along the path.
 */
static int vfs_access(sqlite3_vfs *self, const char *name, int flags, int *answer) {
  (void)self;
  if (flags == SQLITE_ACCESS_EXISTS && host_exists(guest_number, name, strlen(name)) == 0) {
    *answer = 0;
    return SQLITE_OK;
  }
  return base->xAccess(base, name, flags, answer);
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
  if (vfs.szOsFile < (int)sizeof(struct file)) {
    vfs.szOsFile = (int)sizeof(struct file);
  }
  vfs.xOpen = vfs_open;
  vfs.xAccess = vfs_access;
  vfs.xRandomness = vfs_randomness;
  return sqlite3_vfs_register(&vfs, 1);
}
