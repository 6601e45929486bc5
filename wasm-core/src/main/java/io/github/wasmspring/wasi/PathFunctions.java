package io.github.wasmspring.wasi;

import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What is done with paths. Links are never followed, made or read. */
final class PathFunctions {

  private static final int ACCESSED = 1;
  private static final int ACCESSED_NOW = 2;
  private static final int MODIFIED = 4;
  private static final int MODIFIED_NOW = 8;

  private PathFunctions() {}

  static void addTo(WasiFunctions functions) {
    functions.add("path_open", "iiiiiIIii", FileOpener::open);
    functions.add("path_filestat_get", "iiiii", PathFunctions::filestat);
    functions.add("path_filestat_set_times", "iiiiIIi", PathFunctions::setTimes);
    functions.add("path_create_directory", "iii", PathFunctions::makeDirectory);
    functions.add("path_remove_directory", "iii", PathFunctions::removeDirectory);
    functions.add("path_unlink_file", "iii", PathFunctions::removeFile);
    functions.add("path_rename", "iiiiii", PathFunctions::rename);
    functions.refuse("path_link", "iiiiiii", Errno.NOTSUP);
    functions.refuse("path_symlink", "iiiii", Errno.NOTSUP);
    functions.refuse("path_readlink", "iiiiii", Errno.NOTSUP);
  }

  private static void filestat(WasiCall call) throws WasiError, IOException {
    OpenDirectory directory = call.directory(0);
    boolean follow = (call.i32(1) & 1) != 0;
    GuestPath path = call.path(2);
    BasicFileAttributes attributes;
    if (path.isDirectoryItself()) {
      attributes = Place.attributes(directory.stream());
    } else {
      try (Place place = directory.find(path)) {
        attributes = place.requiredAttributes();
      }
    }
    if (follow && attributes.isSymbolicLink()) {
      throw new WasiError(Errno.LOOP);
    }
    FileStat.of(attributes, call.process().clock()).write(call.memory(), call.u32(4));
  }

  private static void setTimes(WasiCall call) throws WasiError, IOException {
    OpenDirectory directory = writable(call, 0);
    int flags = call.i32(6);
    GuestClock clock = call.process().clock();
    FileTime accessed = time(flags, ACCESSED, ACCESSED_NOW, call.i64(4), clock);
    FileTime modified = time(flags, MODIFIED, MODIFIED_NOW, call.i64(5), clock);
    try (Place place = directory.find(call.path(2))) {
      requireOrdinary(place.requiredAttributes());
      place.view().setTimes(modified, accessed, null);
    }
  }

  private static @Nullable FileTime time(
      int flags, int given, int now, long nanos, GuestClock clock) throws WasiError {
    boolean isGiven = (flags & given) != 0;
    boolean isNow = (flags & now) != 0;
    if (isGiven && isNow) {
      throw new WasiError(Errno.INVAL);
    }
    if (isGiven) {
      return FileTime.from(nanos, TimeUnit.NANOSECONDS);
    }
    return isNow ? FileTime.from(clock.now(), TimeUnit.NANOSECONDS) : null;
  }

  private static void makeDirectory(WasiCall call) throws WasiError, IOException {
    OpenDirectory directory = writable(call, 0);
    try (Place place = directory.find(call.path(1))) {
      if (place.attributes() != null) {
        throw new WasiError(Errno.EXIST);
      }
      call.process().quota().take(WriteQuota.NEW_ENTRY);
      place.makeDirectory(directory.mapped());
    }
  }

  private static void removeDirectory(WasiCall call) throws WasiError, IOException {
    OpenDirectory directory = writable(call, 0);
    try (Place place = directory.find(call.path(1))) {
      if (!place.requiredAttributes().isDirectory()) {
        throw new WasiError(Errno.NOTDIR);
      }
      place.removeDirectory();
    }
  }

  private static void removeFile(WasiCall call) throws WasiError, IOException {
    OpenDirectory directory = writable(call, 0);
    try (Place place = directory.find(call.path(1))) {
      if (place.requiredAttributes().isDirectory()) {
        throw new WasiError(Errno.ISDIR);
      }
      place.removeFile();
    }
  }

  private static void rename(WasiCall call) throws WasiError, IOException {
    OpenDirectory from = writable(call, 0);
    OpenDirectory to = writable(call, 3);
    try (Place source = from.find(call.path(1));
        Place target = to.find(call.path(4))) {
      requireOrdinary(source.requiredAttributes());
      source.moveTo(target);
    }
  }

  /** A guest must not be able to put links and devices where they were not. */
  private static void requireOrdinary(BasicFileAttributes attributes) throws WasiError {
    if (!attributes.isRegularFile() && !attributes.isDirectory()) {
      throw new WasiError(Errno.PERM);
    }
  }

  private static OpenDirectory writable(WasiCall call, int index) throws WasiError {
    OpenDirectory directory = call.directory(index);
    directory.requireWritable();
    return directory;
  }
}
