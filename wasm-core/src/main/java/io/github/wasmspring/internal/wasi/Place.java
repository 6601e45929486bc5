package io.github.wasmspring.internal.wasi;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A name in a directory that is held open, so that what is done to it is done there, whatever
 * happens to the path that led there. No method follows a link.
 */
final class Place implements AutoCloseable {

  private static final LinkOption NO_LINK = LinkOption.NOFOLLOW_LINKS;

  private final SecureDirectoryStream<Path> directory;
  private final Path name;
  private final boolean mustBeDirectory;

  private Place(SecureDirectoryStream<Path> directory, Path name, boolean mustBeDirectory) {
    this.directory = directory;
    this.name = name;
    this.mustBeDirectory = mustBeDirectory;
  }

  /** Goes down from a directory, which stays open. */
  static Place find(SecureDirectoryStream<Path> base, GuestPath path)
      throws WasiError, IOException {
    Path last = name(path.last());
    SecureDirectoryStream<Path> current = reopen(base);
    boolean found = false;
    try {
      for (String parent : path.parents()) {
        FileErrors.stopIfInterrupted();
        SecureDirectoryStream<Path> next = enter(current, name(parent));
        current.close();
        current = next;
      }
      found = true;
      return new Place(current, last, path.toDirectory());
    } finally {
      if (!found) {
        current.close();
      }
    }
  }

  static void sync(SecureDirectoryStream<Path> directory) throws IOException {
    try (SeekableByteChannel channel =
        directory.newByteChannel(Path.of("."), Set.of(StandardOpenOption.READ, NO_LINK))) {
      if (channel instanceof FileChannel file) {
        file.force(true);
      }
    }
  }

  static SecureDirectoryStream<Path> reopen(SecureDirectoryStream<Path> directory)
      throws IOException {
    return secure(directory, Path.of("."));
  }

  static BasicFileAttributes attributes(SecureDirectoryStream<Path> directory) throws IOException {
    return view(directory).readAttributes();
  }

  static BasicFileAttributeView view(SecureDirectoryStream<Path> directory) {
    return directory.getFileAttributeView(BasicFileAttributeView.class);
  }

  static BasicFileAttributeView view(SecureDirectoryStream<Path> directory, Path name) {
    return directory.getFileAttributeView(name, BasicFileAttributeView.class, NO_LINK);
  }

  private static Path name(String name) throws WasiError {
    try {
      return Path.of(name);
    } catch (InvalidPathException unmappable) {
      throw new WasiError(Errno.ILSEQ);
    }
  }

  private static SecureDirectoryStream<Path> enter(SecureDirectoryStream<Path> directory, Path name)
      throws WasiError, IOException {
    BasicFileAttributes attributes = view(directory, name).readAttributes();
    if (attributes.isSymbolicLink()) {
      throw new WasiError(Errno.LOOP);
    }
    if (!attributes.isDirectory()) {
      throw new WasiError(Errno.NOTDIR);
    }
    return secure(directory, name);
  }

  private static SecureDirectoryStream<Path> secure(
      SecureDirectoryStream<Path> directory, Path name) throws IOException {
    return directory.newDirectoryStream(name, NO_LINK);
  }

  /** Whether the path that led here allows nothing but a directory to be found or made. */
  boolean mustBeDirectory() {
    return this.mustBeDirectory;
  }

  /**
   * {@code null} if there is nothing of that name.
   *
   * @throws WasiError if there is something else than the directory that the path asks for
   */
  @Nullable BasicFileAttributes attributes() throws WasiError, IOException {
    BasicFileAttributes attributes = whatever();
    if (this.mustBeDirectory && attributes != null && !attributes.isDirectory()) {
      throw new WasiError(attributes.isSymbolicLink() ? Errno.LOOP : Errno.NOTDIR);
    }
    return attributes;
  }

  private @Nullable BasicFileAttributes whatever() throws IOException {
    try {
      return view().readAttributes();
    } catch (NoSuchFileException nothing) {
      return null;
    }
  }

  /** For what is to be made here. */
  void requireNothing() throws WasiError, IOException {
    if (whatever() != null) {
      throw new WasiError(Errno.EXIST);
    }
  }

  BasicFileAttributes requiredAttributes() throws WasiError, IOException {
    BasicFileAttributes attributes = attributes();
    if (attributes == null) {
      throw new WasiError(Errno.NOENT);
    }
    return attributes;
  }

  BasicFileAttributeView view() {
    return view(this.directory, this.name);
  }

  SecureDirectoryStream<Path> enter() throws WasiError, IOException {
    return enter(this.directory, this.name);
  }

  /**
   * @param options must have {@link LinkOption#NOFOLLOW_LINKS}
   */
  FileChannel open(Set<? extends OpenOption> options) throws IOException {
    SeekableByteChannel channel = this.directory.newByteChannel(this.name, options);
    if (channel instanceof FileChannel file) {
      return file;
    }
    channel.close();
    throw new IOException("this file system has no file channels");
  }

  void makeDirectory(MappedDirectory mapped) throws IOException {
    mapped.make(this.directory, this.name);
  }

  void removeFile() throws IOException {
    this.directory.deleteFile(this.name);
  }

  void removeDirectory() throws IOException {
    this.directory.deleteDirectory(this.name);
  }

  void moveTo(Place target) throws IOException {
    this.directory.move(this.name, target.directory, target.name);
  }

  @Override
  public void close() throws IOException {
    this.directory.close();
  }
}
