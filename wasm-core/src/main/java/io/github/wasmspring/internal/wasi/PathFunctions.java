package io.github.wasmspring.internal.wasi;

import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributes;

/** What is done with paths. Links are never followed, made or read. */
final class PathFunctions {

  private PathFunctions() {}

  static void addTo(WasiFunctions functions) {
    functions.add("path_open", "iiiiiIIii", FileOpener::open);
    functions.add("path_filestat_get", "iiiii", PathFunctions::filestat);
    functions.add("path_filestat_set_times", "iiiiIIi", PathFunctions::setTimes);
    functions.add("path_create_directory", "iii", PathFunctions::makeDirectory);
    functions.add("path_remove_directory", "iii", PathFunctions::removeDirectory);
    functions.add("path_unlink_file", "iii", PathFunctions::removeFile);
    functions.add("path_rename", "iiiiii", PathFunctions::rename);
    functions.add("path_link", "iiiiiii", PathFunctions::link);
    functions.add("path_symlink", "iiiii", PathFunctions::symbolicLink);
    functions.add("path_readlink", "iiiiii", PathFunctions::readLink);
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
    FileTimes times = FileTimes.of(call.i32(6), call.i64(4), call.i64(5), call.process().clock());
    GuestPath path = call.path(2);
    if (path.isDirectoryItself()) {
      times.set(Place.view(directory.stream()));
      return;
    }
    try (Place place = directory.find(path)) {
      requireOrdinary(place.requiredAttributes());
      times.set(place.view());
    }
  }

  private static void makeDirectory(WasiCall call) throws WasiError, IOException {
    OpenDirectory directory = writable(call, 0);
    GuestPath path = call.path(1);
    requireOther(path, Errno.EXIST);
    try (Place place = directory.find(path)) {
      place.requireNothing();
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
    GuestPath path = call.path(1);
    requireOther(path, Errno.ISDIR);
    try (Place place = directory.find(path)) {
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
      BasicFileAttributes moved = source.requiredAttributes();
      requireOrdinary(moved);
      if (target.mustBeDirectory() && !moved.isDirectory()) {
        throw new WasiError(Errno.NOTDIR);
      }
      target.attributes();
      source.moveTo(target);
    }
  }

  /** Says what would be wrong with it anyway before it says that links are not made. */
  private static void link(WasiCall call) throws WasiError, IOException {
    OpenDirectory from = call.directory(0);
    try (Place source = from.find(call.path(2))) {
      if (source.requiredAttributes().isDirectory()) {
        throw new WasiError(Errno.PERM);
      }
    }
    refuseLink(writable(call, 4), call.path(5));
  }

  private static void symbolicLink(WasiCall call) throws WasiError, IOException {
    refuseLink(writable(call, 2), call.path(3));
  }

  private static void refuseLink(OpenDirectory directory, GuestPath path)
      throws WasiError, IOException {
    requireOther(path, Errno.EXIST);
    try (Place place = directory.find(path)) {
      place.requireNothing();
      throw new WasiError(place.mustBeDirectory() ? Errno.NOENT : Errno.NOTSUP);
    }
  }

  /** A guest that asks of each part of a path whether it is a link hears so of what is none. */
  private static void readLink(WasiCall call) throws WasiError, IOException {
    OpenDirectory directory = call.directory(0);
    try (Place place = directory.find(call.path(1))) {
      boolean link = place.requiredAttributes().isSymbolicLink();
      throw new WasiError(link ? Errno.NOTSUP : Errno.INVAL);
    }
  }

  private static void requireOther(GuestPath path, Errno errno) throws WasiError {
    if (path.isDirectoryItself()) {
      throw new WasiError(errno);
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
