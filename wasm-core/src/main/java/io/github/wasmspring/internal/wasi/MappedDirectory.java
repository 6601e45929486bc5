package io.github.wasmspring.internal.wasi;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.module.WasiSettings;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.util.UUID;

/** A directory of the host that a guest was given. */
record MappedDirectory(String guest, Path host, boolean writable) {

  static MappedDirectory of(WasiSettings.Directory directory) {
    return new MappedDirectory(
        directory.guest(),
        directory.host().toAbsolutePath(),
        directory.access() == WasiSettings.Access.READ_WRITE);
  }

  /**
   * @throws WasmLoadException if the directory can't be given to a guest
   */
  void check() {
    try {
      open().close();
    } catch (IOException failure) {
      throw new WasmLoadException(
          WasmErrorCategory.INVALID,
          "the directory %s, which wasi.directories maps to '%s', can't be opened: %s; create it, or correct the property"
              .formatted(this.host, this.guest, failure),
          failure);
    }
  }

  /** A view in which names are looked up without anybody being able to put a link in between. */
  @SuppressWarnings("StreamResourceLeak") // It is the caller's to close.
  SecureDirectoryStream<Path> open() throws IOException {
    DirectoryStream<Path> stream = Files.newDirectoryStream(this.host);
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return secure;
    }
    stream.close();
    throw new IOException(
        "this file system can't look up names safely (java.nio.file.SecureDirectoryStream)");
  }

  /**
   * Makes a directory in one of those inside of this. Java can make one by its whole path only, in
   * which somebody might have put a link meanwhile: so it is made here, in the directory that the
   * configuration names, and moved.
   */
  void make(SecureDirectoryStream<Path> parent, Path name) throws IOException {
    Path temporary = Path.of(".wasi-" + UUID.randomUUID());
    try (SecureDirectoryStream<Path> root = open()) {
      Files.createDirectory(this.host.resolve(temporary));
      try {
        root.move(temporary, parent, name);
      } catch (IOException failure) {
        root.deleteDirectory(temporary);
        throw failure;
      }
    }
  }
}
