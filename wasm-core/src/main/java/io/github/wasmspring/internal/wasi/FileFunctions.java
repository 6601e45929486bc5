package io.github.wasmspring.internal.wasi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is done with open descriptors. */
final class FileFunctions {

  /** The JDK copies through a buffer outside of the heap as large as what it is given. */
  private static final int AT_ONCE = 64 << 10;

  private static final int FDSTAT = 24;
  private static final int ENTRY = 24;

  /** Moves bytes between a descriptor and a part of the guest's memory. */
  @FunctionalInterface
  private interface Transfer {
    int move(ByteBuffer part, long offset) throws WasiError, IOException;
  }

  private FileFunctions() {}

  static void addTo(WasiFunctions functions) {
    functions.add(
        "fd_read",
        "iiii",
        call -> {
          Descriptor source = call.descriptor(0);
          transfer(call, 3, (part, offset) -> source.read(part));
        });
    functions.add(
        "fd_write",
        "iiii",
        call -> {
          Descriptor target = call.descriptor(0);
          transfer(call, 3, (part, offset) -> target.write(part));
        });
    functions.add(
        "fd_pread",
        "iiiIi",
        call -> {
          OpenFile file = call.file(0);
          transfer(call, 4, (part, offset) -> file.readAt(part, call.i64(3) + offset));
        });
    functions.add(
        "fd_pwrite",
        "iiiIi",
        call -> {
          OpenFile file = call.file(0);
          transfer(call, 4, (part, offset) -> file.writeAt(part, call.i64(3) + offset));
        });
    functions.add("fd_close", "i", call -> call.process().descriptors().close(call.u32(0)));
    functions.add(
        "fd_renumber",
        "ii",
        call -> call.process().descriptors().renumber(call.u32(0), call.u32(1)));
    functions.add(
        "fd_seek",
        "iIii",
        call -> call.memory().writeLong(call.u32(3), call.file(0).seek(call.i64(1), call.i32(2))));
    functions.add(
        "fd_tell", "ii", call -> call.memory().writeLong(call.u32(1), call.file(0).position()));
    functions.add("fd_sync", "i", call -> sync(call, true));
    functions.add("fd_datasync", "i", call -> sync(call, false));
    functions.add("fd_advise", "iIIi", call -> call.file(0));
    functions.add("fd_filestat_set_size", "iI", call -> call.file(0).resize(call.i64(1)));
    functions.add("fd_fdstat_get", "ii", FileFunctions::fdstat);
    functions.add("fd_fdstat_set_flags", "ii", call -> call.descriptor(0).flags(call.i32(1)));
    functions.add("fd_filestat_get", "ii", FileFunctions::filestat);
    functions.add("fd_prestat_get", "ii", FileFunctions::prestat);
    functions.add("fd_prestat_dir_name", "iii", FileFunctions::prestatName);
    functions.add("fd_readdir", "iiiIi", FileFunctions::readDirectory);
    functions.add(
        "fd_fdstat_set_rights",
        "iII",
        call -> {
          call.descriptor(0);
          throw new WasiError(Errno.NOTSUP);
        });
    functions.add("fd_filestat_set_times", "iIIi", FileFunctions::setTimes);
    functions.add("fd_allocate", "iII", call -> call.file(0).allocate());
  }

  /**
   * @param result the argument that says where the number of bytes goes
   */
  private static void transfer(WasiCall call, int result, Transfer transfer)
      throws WasiError, IOException {
    long moved = 0;
    try {
      for (ByteBuffer window : call.memory().windows(call.u32(1), call.u32(2))) {
        long before = moved;
        moved += transfer(window, moved, transfer);
        if (moved - before < window.capacity()) {
          break;
        }
      }
    } catch (PartialTransfer partial) {
      moved += partial.moved();
      if (moved == 0) {
        throw partial.failure();
      }
    }
    call.memory().writeInt(call.u32(result), (int) moved);
  }

  private static long transfer(ByteBuffer window, long offset, Transfer transfer)
      throws PartialTransfer, IOException {
    int moved = 0;
    while (moved < window.capacity()) {
      FileErrors.stopIfInterrupted();
      ByteBuffer part = window.slice(moved, Math.min(AT_ONCE, window.capacity() - moved));
      int length;
      try {
        length = transfer.move(part, offset + moved);
      } catch (WasiError failure) {
        throw new PartialTransfer(failure, moved);
      }
      if (length <= 0) {
        break;
      }
      moved += length;
    }
    return moved;
  }

  /** Ends a transfer some of whose bytes may have gone through. */
  private static final class PartialTransfer extends Exception {

    private final WasiError failure;
    private final int moved;

    PartialTransfer(WasiError failure, int moved) {
      super(null, failure, false, false);
      this.failure = failure;
      this.moved = moved;
    }

    WasiError failure() {
      return this.failure;
    }

    int moved() {
      return this.moved;
    }
  }

  private static void sync(WasiCall call, boolean metadata) throws WasiError, IOException {
    if (call.descriptor(0) instanceof OpenFile file) {
      file.sync(metadata);
    } else if (call.descriptor(0) instanceof OpenDirectory directory) {
      directory.sync();
    } else {
      throw new WasiError(Errno.INVAL);
    }
  }

  private static void fdstat(WasiCall call) throws WasiError {
    Descriptor descriptor = call.descriptor(0);
    long address = call.u32(1);
    call.memory().clear(address, FDSTAT);
    call.memory().writeByte(address, descriptor.type().number());
    call.memory().writeShort(address + 2, descriptor.flags());
    call.memory().writeLong(address + 8, descriptor.rights());
    call.memory().writeLong(address + 16, descriptor.inheritedRights());
  }

  private static void filestat(WasiCall call) throws WasiError, IOException {
    Descriptor descriptor = call.descriptor(0);
    FileStat stat;
    if (descriptor instanceof OpenFile file) {
      stat = file.stat();
    } else if (descriptor instanceof OpenDirectory directory) {
      stat = FileStat.of(Place.attributes(directory.stream()), call.process().clock());
    } else {
      stat = FileStat.of(descriptor.type());
    }
    stat.write(call.memory(), call.u32(1));
  }

  private static void setTimes(WasiCall call) throws WasiError, IOException {
    Descriptor descriptor = call.descriptor(0);
    FileTimes times = FileTimes.of(call.i32(3), call.i64(1), call.i64(2), call.process().clock());
    if (descriptor instanceof OpenFile file) {
      file.setTimes(times);
    } else if (descriptor instanceof OpenDirectory directory) {
      directory.requireWritable();
      times.set(Place.view(directory.stream()));
    } else {
      throw new WasiError(Errno.BADF);
    }
  }

  private static OpenDirectory given(WasiCall call) throws WasiError {
    if (call.descriptor(0) instanceof OpenDirectory directory && directory.isGiven()) {
      return directory;
    }
    throw new WasiError(Errno.BADF);
  }

  private static byte[] guestName(WasiCall call) throws WasiError {
    return given(call).mapped().guest().getBytes(StandardCharsets.UTF_8);
  }

  private static void prestat(WasiCall call) throws WasiError {
    byte[] name = guestName(call);
    call.memory().writeInt(call.u32(1), 0);
    call.memory().writeInt(call.u32(1) + 4, name.length);
  }

  private static void prestatName(WasiCall call) throws WasiError {
    byte[] name = guestName(call);
    if (call.u32(2) < name.length) {
      throw new WasiError(Errno.NAMETOOLONG);
    }
    call.memory().write(call.u32(1), name);
  }

  private static void readDirectory(WasiCall call) throws WasiError, IOException {
    OpenDirectory directory = call.directory(0);
    ByteBuffer buffer = call.memory().window(call.u32(1), call.u32(2));
    long cookie = call.i64(3);
    if (cookie < 0) {
      throw new WasiError(Errno.INVAL);
    }
    if (cookie == 0) {
      call.process().descriptors().list(directory);
    }
    List<Path> listing = directory.listing();
    for (long i = cookie; i < listing.size() && buffer.hasRemaining(); i++) {
      FileErrors.stopIfInterrupted();
      byte[] entry = entry(directory, listing.get((int) i), i + 1);
      buffer.put(entry, 0, Math.min(entry.length, buffer.remaining()));
    }
    call.memory().writeInt(call.u32(4), buffer.position());
  }

  /**
   * @param next the cookie of the entry that follows
   */
  private static byte[] entry(OpenDirectory directory, Path name, long next) throws IOException {
    @Nullable BasicFileAttributes attributes = directory.attributes(name);
    byte[] text = name.toString().getBytes(StandardCharsets.UTF_8);
    FileType type = attributes == null ? FileType.UNKNOWN : FileType.of(attributes);
    return ByteBuffer.allocate(ENTRY + text.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(next)
        .putLong(attributes == null ? 1 : FileStat.inode(attributes))
        .putInt(text.length)
        .putInt(type.number())
        .put(text)
        .array();
  }
}
