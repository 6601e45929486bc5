package io.github.wasmspring.internal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;

/**
 * A file that is being written and gets its name when it is whole. Its writer holds a lock on it,
 * which the operating system takes away when the process dies, however it dies: so others can tell
 * whether anybody still needs it.
 */
final class TemporaryFile implements AutoCloseable {

  static final String PREFIX = "write-";
  static final String SUFFIX = ".tmp";

  /** Behind all content, as on some systems a lock keeps others from reading. */
  private static final long LOCKED = Long.MAX_VALUE - 1;

  private static final int ATTEMPTS = 10;

  private final Path path;
  private final FileChannel channel;

  private TemporaryFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  static TemporaryFile create(Path directory, FileAttribute<?>... attributes) throws IOException {
    for (int attempt = 1; ; attempt++) {
      Path path = Files.createTempFile(directory, PREFIX, SUFFIX, attributes);
      TemporaryFile file = null;
      try {
        file = new TemporaryFile(path, FileChannel.open(path, StandardOpenOption.WRITE));
        // Until it has the lock, whoever tidies up takes it for abandoned.
        if (file.lock() && Files.exists(path)) {
          return file;
        }
        file.close();
      } catch (NoSuchFileException taken) {
        if (attempt == ATTEMPTS) {
          throw taken;
        }
      } catch (IOException | RuntimeException | Error failure) {
        if (file != null) {
          file.channel.close();
        }
        Files.deleteIfExists(path);
        throw failure;
      }
      if (attempt == ATTEMPTS) {
        throw new IOException("somebody deletes what is being written: " + path);
      }
    }
  }

  /** {@code true} also where there are no locks; then its age decides. */
  private boolean lock() {
    try {
      return this.channel.tryLock(LOCKED, 1, false) != null;
    } catch (OverlappingFileLockException held) {
      return false;
    } catch (IOException noLocks) {
      return true;
    }
  }

  /**
   * Deletes what somebody was writing who has died.
   *
   * @return whether that is known; if not, it is there as before
   * @throws NoSuchFileException if it has gone
   */
  static boolean deleteIfAbandoned(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
      if (channel.tryLock(LOCKED, 1, false) == null) {
        return false;
      }
      Files.deleteIfExists(file);
      return true;
    } catch (OverlappingFileLockException held) {
      return false;
    }
  }

  Path path() {
    return this.path;
  }

  /** All of it reaches the disk. */
  void write(ByteBuffer content) throws IOException {
    while (content.hasRemaining()) {
      this.channel.write(content);
    }
    this.channel.force(true);
  }

  /** It is gone after this, unless it has been moved. */
  @Override
  public void close() throws IOException {
    try {
      this.channel.close();
    } finally {
      Files.deleteIfExists(this.path);
    }
  }
}
