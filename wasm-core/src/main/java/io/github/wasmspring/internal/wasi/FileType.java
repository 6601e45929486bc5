package io.github.wasmspring.internal.wasi;

import java.nio.file.attribute.BasicFileAttributes;

/** What a descriptor or a directory entry is, in the order of WASI's numbers. */
enum FileType {
  UNKNOWN,
  BLOCK_DEVICE,
  CHARACTER_DEVICE,
  DIRECTORY,
  REGULAR_FILE,
  SOCKET_DGRAM,
  SOCKET_STREAM,
  SYMBOLIC_LINK;

  static FileType of(BasicFileAttributes attributes) {
    if (attributes.isRegularFile()) {
      return REGULAR_FILE;
    } else if (attributes.isDirectory()) {
      return DIRECTORY;
    }
    return attributes.isSymbolicLink() ? SYMBOLIC_LINK : UNKNOWN;
  }

  byte number() {
    return (byte) ordinal();
  }
}
