package io.github.wasmspring.vector;

import io.github.wasmspring.vector.VectorSnapshotException.Reason;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * An index in a file: 20 bytes of head (what it is, the version of the format, the length of the
 * body, its CRC-32C), and the body. The file appears under its name when all of it is on the disk.
 *
 * @param links of the entries, {@code null} if there are none
 */
record VectorSnapshot(
    VectorIndexSettings settings, List<VectorEntry> entries, @Nullable VectorLinks links) {

  private static final int MAGIC = 0x57_56_45_43;
  private static final int FORMAT = 1;
  private static final int HEAD = 20;

  static void write(Path file, VectorSnapshot snapshot) {
    Path target = file.toAbsolutePath();
    Path folder = Objects.requireNonNull(target.getParent(), "A snapshot is a file in a folder");
    try {
      Files.createDirectories(folder);
      Path temporary = Files.createTempFile(folder, "vectors", ".tmp");
      try {
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
          snapshot.writeTo(channel);
          channel.force(true);
        }
        Files.move(
            temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
      force(folder);
    } catch (IOException failure) {
      throw new VectorSnapshotException(
          Reason.IO,
          "The snapshot %s can't be written: %s; what was there before is unchanged"
              .formatted(file, failure),
          failure);
    }
  }

  /** The name is on the disk as well then. Some systems can't. */
  private static void force(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException impossible) {
      // The file itself is safe.
    }
  }

  private void writeTo(FileChannel channel) throws IOException {
    channel.position(HEAD);
    CRC32C checksum = new CRC32C();
    OutputStream file = Channels.newOutputStream(channel);
    DataOutputStream output =
        new DataOutputStream(
            new BufferedOutputStream(new CheckedOutputStream(file, checksum), 1 << 16));
    VectorSnapshotFormat.write(output, this);
    output.flush();
    ByteBuffer head = ByteBuffer.allocate(HEAD);
    head.putInt(MAGIC).putInt(FORMAT).putLong(channel.position() - HEAD);
    head.putInt((int) checksum.getValue()).flip();
    channel.write(head, 0);
  }

  /**
   * @throws VectorSnapshotException if it is not what was written
   */
  static VectorSnapshot read(Path file) {
    try {
      check(file);
      try (DataInputStream input = open(file)) {
        input.skipNBytes(HEAD);
        return VectorSnapshotFormat.read(input);
      }
    } catch (IOException failure) {
      throw new VectorSnapshotException(
          Reason.IO, "The snapshot %s can't be read: %s".formatted(file, failure), failure);
    } catch (VectorSnapshotException known) {
      throw known;
    } catch (RuntimeException impossible) {
      throw corrupted(file, impossible);
    }
  }

  private static DataInputStream open(Path file) throws IOException {
    return new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
  }

  private static void check(Path file) throws IOException {
    long present = Files.size(file) - HEAD;
    if (present < 0) {
      throw truncated(file);
    }
    CRC32C checksum = new CRC32C();
    try (DataInputStream input = open(file)) {
      if (input.readInt() != MAGIC) {
        throw new VectorSnapshotException(
            Reason.OTHER_FORMAT, file + " is no snapshot of a vector index", null);
      }
      int format = input.readInt();
      if (format != FORMAT) {
        throw new VectorSnapshotException(
            Reason.OTHER_FORMAT,
            "The snapshot %s has version %d of the format, and %d is known here; read it with the version of the library that wrote it"
                .formatted(file, format, FORMAT),
            null);
      }
      long length = input.readLong();
      int expected = input.readInt();
      if (present < length) {
        throw truncated(file);
      }
      if (present > length || checksum(input, checksum) != expected) {
        throw corrupted(file, null);
      }
    }
  }

  private static int checksum(InputStream input, CRC32C checksum) throws IOException {
    CheckedInputStream checked = new CheckedInputStream(input, checksum);
    checked.transferTo(OutputStream.nullOutputStream());
    return (int) checksum.getValue();
  }

  private static VectorSnapshotException truncated(Path file) {
    return new VectorSnapshotException(
        Reason.TRUNCATED,
        "The snapshot %s is shorter than it was written; take another one".formatted(file),
        null);
  }

  static VectorSnapshotException corrupted(Path file, @Nullable RuntimeException cause) {
    return new VectorSnapshotException(
        Reason.CORRUPTED,
        "The snapshot %s has other bytes than were written; take another one".formatted(file),
        cause);
  }

  /**
   * @throws VectorSnapshotException if an index with these settings can't have it
   */
  void requireFor(Path file, VectorIndexSettings wanted) {
    if (this.settings.dimensions() != wanted.dimensions()
        || this.settings.metric() != wanted.metric()) {
      throw new VectorSnapshotException(
          Reason.OTHER_SETTINGS,
          "The snapshot %s is of an index with %d dimensions and metric %s, and not %d and %s"
              .formatted(
                  file,
                  this.settings.dimensions(),
                  this.settings.metric(),
                  wanted.dimensions(),
                  wanted.metric()),
          null);
    }
  }

  /** The links, if an index with these settings would have made them. */
  @Nullable VectorLinks linksFor(VectorIndexSettings wanted) {
    VectorIndexSettings.Graph own = this.settings.graph();
    VectorIndexSettings.Graph other = wanted.graph();
    boolean same =
        own != null
            && other != null
            && own.m() == other.m()
            && own.seed() == other.seed()
            && this.settings.storage() == wanted.storage();
    return same ? this.links : null;
  }
}
