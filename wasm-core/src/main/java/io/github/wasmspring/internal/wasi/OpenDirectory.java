package io.github.wasmspring.internal.wasi;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A directory that a guest was given, or has opened inside of one. */
final class OpenDirectory extends Descriptor {

  private final MappedDirectory mapped;
  private final List<String> names;
  private final boolean given;
  private @Nullable SecureDirectoryStream<Path> stream;
  private List<Path> listing = List.of();

  /** The mapped directory itself, opened when it is used. */
  OpenDirectory(MappedDirectory mapped) {
    this(mapped, List.of(), null);
  }

  private OpenDirectory(
      MappedDirectory mapped, List<String> names, @Nullable SecureDirectoryStream<Path> stream) {
    this.mapped = mapped;
    this.names = names;
    this.given = stream == null;
    this.stream = stream;
  }

  /** One that was opened from this. */
  OpenDirectory opened(GuestPath path, SecureDirectoryStream<Path> stream) {
    return new OpenDirectory(this.mapped, path.below(this.names).names(), stream);
  }

  /** Where a file stands that was opened from this. */
  FileHome home(GuestPath path) {
    return new FileHome(this.mapped, path.below(this.names));
  }

  @Override
  FileType type() {
    return FileType.DIRECTORY;
  }

  @Override
  long rights() {
    return Rights.DIRECTORY;
  }

  @Override
  long inheritedRights() {
    return Rights.EVERYTHING;
  }

  MappedDirectory mapped() {
    return this.mapped;
  }

  /** Whether the guest was given it and need not have asked. */
  boolean isGiven() {
    return this.given;
  }

  SecureDirectoryStream<Path> stream() throws IOException {
    SecureDirectoryStream<Path> open = this.stream;
    if (open == null) {
      open = this.mapped.open();
      this.stream = open;
    }
    return open;
  }

  void requireWritable() throws WasiError {
    if (!this.mapped.writable()) {
      throw new WasiError(Errno.ROFS);
    }
  }

  Place find(GuestPath path) throws WasiError, IOException {
    return Place.find(stream(), path);
  }

  /** Makes the names last, where the platform can open a directory for that. */
  void sync() throws IOException {
    Place.sync(stream());
  }

  /** How many entries are kept for a guest that reads them piece by piece. */
  int listed() {
    return this.listing.size();
  }

  /** The entries as they were read the last time. */
  List<Path> listing() {
    return this.listing;
  }

  void forgetListing() {
    this.listing = List.of();
  }

  /**
   * @param most how many entries may be kept
   */
  void list(int most) throws WasiError, IOException {
    this.listing = read(most);
  }

  private List<Path> read(int most) throws WasiError, IOException {
    List<Path> names = new ArrayList<>();
    names.add(Path.of("."));
    names.add(Path.of(".."));
    try (SecureDirectoryStream<Path> fresh = Place.reopen(stream())) {
      for (Path entry : fresh) {
        FileErrors.stopIfInterrupted();
        if (names.size() >= most) {
          throw new WasiError(Errno.OVERFLOW);
        }
        names.add(entry.getFileName());
      }
    } catch (DirectoryIteratorException failure) {
      throw failure.getCause();
    }
    return names;
  }

  /** {@code null} if an entry has gone meanwhile. The parent is told as the directory itself. */
  @Nullable BasicFileAttributes attributes(Path entry) throws IOException {
    if (entry.toString().equals(".") || entry.toString().equals("..")) {
      return Place.attributes(stream());
    }
    try {
      return Place.view(stream(), entry).readAttributes();
    } catch (NoSuchFileException gone) {
      return null;
    }
  }

  @Override
  void close() throws IOException {
    SecureDirectoryStream<Path> open = this.stream;
    if (open != null) {
      open.close();
    }
  }
}
