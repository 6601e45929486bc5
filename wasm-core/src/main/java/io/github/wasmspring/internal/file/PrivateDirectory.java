package io.github.wasmspring.internal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that nobody else can have written. Where the file system has POSIX permissions, that is
 * made sure of for the directory and again for each file that is read.
 */
public final class PrivateDirectory {

  private static final Logger logger = LoggerFactory.getLogger(PrivateDirectory.class);

  private static final String PROBE = "probe-";

  /** A file as it is just now. */
  public record Entry(Path path, long size, Instant used) {

    /** Its name in the directory. */
    public String name() {
      return String.valueOf(this.path.getFileName());
    }
  }

  private final Path path;
  private final boolean posix;
  private final @Nullable UserPrincipal self;

  /** What this process is writing; files are locked and looked at under its monitor. */
  private final Set<Path> writing = ConcurrentHashMap.newKeySet();

  private PrivateDirectory(Path path, boolean posix, @Nullable UserPrincipal self) {
    this.path = path;
    this.posix = posix;
    this.self = self;
  }

  /**
   * Makes the directory if there is none, for its owner alone.
   *
   * @throws IOException if it can't be used, or must not be because others could write to it; the
   *     message says what to do
   */
  public static PrivateDirectory open(Path path) throws IOException {
    if (!Files.exists(path)) {
      Files.createDirectories(path, ownerOnly(path, "rwx------"));
    }
    Path real = path.toRealPath();
    if (!Files.isDirectory(real)) {
      throw new IOException("it is not a directory");
    }
    boolean posix = hasPosixPermissions(real);
    PrivateDirectory directory = new PrivateDirectory(real, posix, posix ? findSelf(real) : null);
    if (posix) {
      directory.refuseOthers(
          Files.readAttributes(real, PosixFileAttributes.class), "the directory");
    }
    return directory;
  }

  private static boolean hasPosixPermissions(Path path) {
    return Files.getFileAttributeView(path, PosixFileAttributeView.class) != null;
  }

  private static FileAttribute<?>[] ownerOnly(Path place, String permissions) {
    return hasPosixPermissions(place)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** Who owns what this process writes; by its name where it can't write. */
  private static @Nullable UserPrincipal findSelf(Path directory) throws IOException {
    try {
      Path probe = Files.createTempFile(directory, PROBE, TemporaryFile.SUFFIX);
      try {
        return Files.getOwner(probe);
      } finally {
        Files.deleteIfExists(probe);
      }
    } catch (IOException readOnly) {
      try {
        return directory
            .getFileSystem()
            .getUserPrincipalLookupService()
            .lookupPrincipalByName(System.getProperty("user.name"));
      } catch (IOException nameless) {
        return null;
      }
    }
  }

  private void refuseOthers(PosixFileAttributes attributes, String what) throws IOException {
    Set<PosixFilePermission> permissions = attributes.permissions();
    if (permissions.contains(PosixFilePermission.GROUP_WRITE)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new AccessDeniedException(
          this.path.toString(),
          null,
          "%s can be written by others (%s), who could make this application run their code; take that from them, e.g. chmod go-w"
              .formatted(what, PosixFilePermissions.toString(permissions)));
    }
    if (!attributes.owner().equals(this.self) && !isRoot(attributes.owner())) {
      throw new AccessDeniedException(
          this.path.toString(),
          null,
          "%s belongs to %s, who could make this application run their code; it must belong to the user of this process or to root"
              .formatted(what, attributes.owner().getName()));
    }
  }

  /** The administrator may prepare a directory, e.g. in an image. */
  private static boolean isRoot(UserPrincipal owner) {
    return owner.getName().equals("root") || owner.getName().equals("0");
  }

  /**
   * @param longest files that are longer are as good as none
   * @return {@code null} if there is none
   * @throws IOException if it can't be read or others could have written it
   */
  public byte @Nullable [] read(String name, long longest) throws IOException {
    Path file = this.path.resolve(name);
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      if (this.posix) {
        refuseOthers(
            Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS),
            "the file " + name);
      }
      if (channel.size() > longest) {
        return null;
      }
      ByteBuffer content = ByteBuffer.allocate((int) channel.size());
      while (content.hasRemaining()) {
        if (channel.read(content) < 0) {
          return Arrays.copyOf(content.array(), content.position());
        }
      }
      return content.array();
    } catch (NoSuchFileException none) {
      return null;
    }
  }

  /** Either all of the file will be there or nothing, whenever the process or the machine dies. */
  public void write(String name, ByteBuffer content) throws IOException {
    TemporaryFile temporary = begin();
    try (temporary) {
      temporary.write(content);
      Files.move(temporary.path(), this.path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      this.writing.remove(temporary.path());
    }
  }

  /** Who opens a file and closes it gives up all locks of this process on it. */
  private TemporaryFile begin() throws IOException {
    synchronized (this.writing) {
      TemporaryFile temporary = TemporaryFile.create(this.path, ownerOnly(this.path, "rw-------"));
      this.writing.add(temporary.path());
      return temporary;
    }
  }

  public void delete(String name) throws IOException {
    Files.deleteIfExists(this.path.resolve(name));
  }

  /** What is used goes last. A file that has gone, or is another's, stays as it is. */
  public void touch(String name) {
    try {
      Files.setLastModifiedTime(this.path.resolve(name), FileTime.from(Instant.now()));
    } catch (IOException unimportant) {
      // It only goes a little sooner.
    }
  }

  /** Has the names of files that were written, and of those that were deleted, reach the disk. */
  public void force() throws IOException {
    // Windows neither can nor needs to.
    if (this.posix) {
      try (FileChannel names = FileChannel.open(this.path, StandardOpenOption.READ)) {
        names.force(true);
      }
    }
  }

  /** Where it really is. */
  public Path path() {
    return this.path;
  }

  /**
   * The regular files whose names a pattern matches; links are none.
   *
   * @param pattern as {@link Files#newDirectoryStream(Path, String)} has it
   */
  public List<Entry> entries(String pattern) throws IOException {
    List<Entry> entries = new ArrayList<>();
    forEachFile(
        pattern,
        (file, attributes) ->
            entries.add(
                new Entry(file, attributes.size(), attributes.lastModifiedTime().toInstant())));
    return entries;
  }

  /**
   * Deletes what processes were writing when they died.
   *
   * @param age how long nothing has been written to it where nobody can tell whether its writer
   *     lives; nothing for what nobody else can be writing
   */
  public void deleteAbandoned(Duration age) throws IOException {
    Instant before = Instant.now().minus(age);
    forEachFile(
        "{" + TemporaryFile.PREFIX + "," + PROBE + "}*" + TemporaryFile.SUFFIX,
        (file, attributes) -> {
          if (age.isZero() || attributes.lastModifiedTime().toInstant().isBefore(before)) {
            Files.deleteIfExists(file);
          } else if (String.valueOf(file.getFileName()).startsWith(TemporaryFile.PREFIX)) {
            deleteIfAbandoned(file);
          }
        });
  }

  private void deleteIfAbandoned(Path file) throws NoSuchFileException {
    synchronized (this.writing) {
      if (this.writing.contains(file)) {
        return;
      }
      try {
        TemporaryFile.deleteIfAbandoned(file);
      } catch (NoSuchFileException gone) {
        throw gone;
      } catch (IOException unknown) {
        logger.debug("Nobody can tell whether {} is still being written", file, unknown);
      }
    }
  }

  private interface FileAction {
    void accept(Path file, BasicFileAttributes attributes) throws IOException;
  }

  /** Other processes delete files meanwhile. */
  private void forEachFile(String pattern, FileAction action) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(this.path, pattern)) {
      for (Path file : files) {
        try {
          BasicFileAttributes attributes =
              Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
          if (attributes.isRegularFile()) {
            action.accept(file, attributes);
          }
        } catch (NoSuchFileException gone) {
          // So it needs nothing more.
        }
      }
    } catch (DirectoryIteratorException failure) {
      throw failure.getCause();
    }
  }
}
