package io.github.wasmspring.internal.wasi;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Opens one path for a guest. */
final class FileOpener {

  private static final int CREATE = 1;
  private static final int DIRECTORY = 2;
  private static final int EXCLUSIVE = 4;
  private static final int TRUNCATE = 8;

  private final WasiProcess process;
  private final OpenDirectory base;
  private final int how;
  private final boolean readable;
  private final boolean writable;
  private final int flags;

  private FileOpener(WasiCall call) throws WasiError {
    this.process = call.process();
    this.base = call.directory(0);
    this.how = call.i32(4);
    this.readable = (call.i64(5) & Rights.READ) != 0;
    this.writable = (call.i64(5) & Rights.WRITE) != 0;
    this.flags = FdFlags.checked(call.i32(7));
  }

  static void open(WasiCall call) throws WasiError, IOException {
    call.process().descriptors().requireRoom();
    GuestPath path = call.path(2);
    // Nothing is opened that the guest could not be told about.
    call.memory().window(call.u32(8), Integer.BYTES);
    FileOpener opener = new FileOpener(call);
    Descriptor opened = opener.open(path);
    opened.flags(opener.flags);
    call.memory().writeInt(call.u32(8), (int) call.process().descriptors().add(opened));
  }

  private boolean wants(int flag) {
    return (this.how & flag) != 0;
  }

  private Descriptor open(GuestPath path) throws WasiError, IOException {
    if (this.writable || wants(CREATE) || wants(TRUNCATE)) {
      this.base.requireWritable();
    }
    if (path.isDirectoryItself()) {
      refuseWriting();
      return this.base.opened(path, Place.reopen(this.base.stream()));
    }
    try (Place place = this.base.find(path)) {
      return open(path, place, place.attributes());
    }
  }

  private Descriptor open(GuestPath path, Place place, @Nullable BasicFileAttributes attributes)
      throws WasiError, IOException {
    if (attributes == null && !wants(CREATE)) {
      throw new WasiError(Errno.NOENT);
    }
    if (attributes == null) {
      // A file is made, and no directory.
      if (path.toDirectory()) {
        throw new WasiError(Errno.ISDIR);
      }
      this.process.quota().take(WriteQuota.NEW_ENTRY);
      return file(path, place);
    }
    if (wants(CREATE) && wants(EXCLUSIVE)) {
      throw new WasiError(Errno.EXIST);
    }
    if (attributes.isSymbolicLink()) {
      throw new WasiError(Errno.LOOP);
    }
    if (attributes.isDirectory()) {
      refuseWriting();
      return this.base.opened(path, place.enter());
    }
    if (wants(DIRECTORY)) {
      throw new WasiError(Errno.NOTDIR);
    }
    // A pipe would keep the guest waiting where nothing can wake it, and a device is not a file.
    if (!attributes.isRegularFile()) {
      throw new WasiError(Errno.ACCES);
    }
    return file(path, place);
  }

  private void refuseWriting() throws WasiError {
    if (this.writable || wants(CREATE) && !wants(DIRECTORY)) {
      throw new WasiError(Errno.ISDIR);
    }
  }

  private OpenFile file(GuestPath path, Place place) throws WasiError, IOException {
    if (wants(DIRECTORY)) {
      throw new WasiError(Errno.NOTDIR);
    }
    FileChannel channel = place.open(options());
    boolean opened = false;
    try {
      BasicFileAttributes attributes = place.requiredAttributes();
      opened = true;
      return new OpenFile(
          channel,
          this.readable,
          this.writable,
          FileStat.of(attributes, this.process.clock()),
          this.base.home(path),
          this.process);
    } finally {
      if (!opened) {
        channel.close();
      }
    }
  }

  private Set<OpenOption> options() {
    Set<OpenOption> options = new HashSet<>();
    options.add(LinkOption.NOFOLLOW_LINKS);
    boolean changes = this.writable || wants(CREATE) || wants(TRUNCATE);
    if (this.readable || !changes) {
      options.add(StandardOpenOption.READ);
    }
    if (changes) {
      options.add(StandardOpenOption.WRITE);
    }
    if (wants(CREATE)) {
      options.add(wants(EXCLUSIVE) ? StandardOpenOption.CREATE_NEW : StandardOpenOption.CREATE);
    }
    if (wants(TRUNCATE)) {
      options.add(StandardOpenOption.TRUNCATE_EXISTING);
    }
    return options;
  }
}
