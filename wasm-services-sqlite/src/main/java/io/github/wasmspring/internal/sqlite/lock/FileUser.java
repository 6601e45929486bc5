package io.github.wasmspring.internal.sqlite.lock;

import java.nio.file.Path;

/** A guest that has a database's file open; what holds a lock. One that opens it twice is two. */
public final class FileUser {

  private final LockedFile file;

  FileUser(LockedFile file) {
    this.file = file;
  }

  LockedFile file() {
    return this.file;
  }

  public Path path() {
    return this.file.path();
  }
}
