package io.github.wasmspring.internal.plugin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a directory to one user at a time. The system lets go of it when the process dies, however
 * it does; the process id in the file is for messages only.
 *
 * <p>Where locks are POSIX's, closing any channel to a file lets go of all locks that the process
 * has there. So a file that this process holds is never opened a second time.
 */
final class PluginLock implements AutoCloseable {

  static final String FILE = "lock";

  private static final int LONGEST_PID = 20;

  private static final String HERE =
      "this process uses it already; close the application context or the runtime that does, or give each a directory of its own";

  /** The directories that this process has. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private PluginLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * @param directory where it really is
   * @throws IOException if somebody else has it, or there can be no lock there; for people
   */
  static PluginLock take(Path directory) throws IOException {
    if (!HELD.add(directory)) {
      throw new IOException(HERE);
    }
    boolean taken = false;
    try {
      PluginLock lock = open(directory);
      taken = true;
      return lock;
    } finally {
      if (!taken) {
        HELD.remove(directory);
      }
    }
  }

  private static PluginLock open(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(FILE),
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS));
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new IOException(
            "another process has it%s; one process uses a plug-in directory at a time: stop that one, or give each a directory of its own"
                .formatted(holder(channel)));
      }
      byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
      channel.truncate(0).write(ByteBuffer.wrap(pid), 0);
      return new PluginLock(directory, channel);
    } catch (OverlappingFileLockException here) {
      // Under another name, or by another class loader.
      channel.close();
      throw new IOException(HERE, here);
    } catch (IOException | RuntimeException failed) {
      channel.close();
      throw failed;
    }
  }

  private static String holder(FileChannel channel) {
    try {
      ByteBuffer pid = ByteBuffer.allocate(LONGEST_PID);
      channel.read(pid, 0);
      String text = new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII);
      return text.matches("\\d+") ? " (" + text + ")" : "";
    } catch (IOException unreadable) {
      return "";
    }
  }

  @Override
  public void close() throws IOException {
    if (this.channel.isOpen()) {
      try {
        this.channel.close();
      } finally {
        HELD.remove(this.directory);
      }
    }
  }
}
