package io.github.wasmspring.memory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second memory from the same file, whose index of vectors would not know what the first
 * one writes. It is a file beside the database, which stays; the lock ends with the process.
 */
final class DatabaseLock implements MemoryResources.Resource {

  private static final String SUFFIX = ".lock";

  private final FileChannel channel;

  private DatabaseLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @throws AgentMemoryException if another memory has the file
   */
  static DatabaseLock of(Path database) {
    boolean locked = false;
    try {
      Path real = Files.exists(database) ? database.toRealPath() : database;
      Path file = real.resolveSibling(real.getFileName() + SUFFIX);
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        FileLock lock = channel.tryLock();
        locked = lock != null;
      } catch (OverlappingFileLockException ours) {
        locked = false;
      } finally {
        if (!locked) {
          channel.close();
        }
      }
      if (locked) {
        return new DatabaseLock(channel);
      }
    } catch (IOException failure) {
      throw new AgentMemoryException(
          "The location of the agent memory can't be used: %s; its directory must exist, and be writable"
              .formatted(failure),
          failure);
    }
    throw new AgentMemoryException(
        "Another agent memory has %s open; close that one, or give this one a file of its own"
            .formatted(database));
  }

  @Override
  public void close() {
    try {
      this.channel.close();
    } catch (IOException unlikely) {
      throw new AgentMemoryException(
          "The lock of the agent memory could not be given back: " + unlikely, unlikely);
    }
  }
}
