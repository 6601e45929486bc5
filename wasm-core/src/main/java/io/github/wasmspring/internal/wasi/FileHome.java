package io.github.wasmspring.internal.wasi;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Where an open file was found. Java changes what is known about a file through its name alone, so
 * it is looked up again, and left alone if something else is there by now.
 *
 * @param path from the mapped directory down
 */
record FileHome(MappedDirectory mapped, GuestPath path) {

  /**
   * @param inode what the file was known by when it was opened
   * @throws WasiError if a guest may not write there, or the file is there no longer
   */
  void setTimes(long inode, FileTimes times) throws WasiError, IOException {
    if (!this.mapped.writable()) {
      throw new WasiError(Errno.ROFS);
    }
    try (SecureDirectoryStream<Path> root = this.mapped.open();
        Place place = Place.find(root, this.path)) {
      BasicFileAttributes attributes = place.attributes();
      if (attributes == null || FileStat.inode(attributes) != inode) {
        throw new WasiError(Errno.NOTSUP);
      }
      times.set(place.view());
    }
  }
}
