package io.github.wasmspring.internal.wasi;

import java.util.ArrayList;
import java.util.List;

/**
 * A path that a guest wrote, relative to one of its directories. Dots are worked out on the text:
 * no link is ever followed, so that the text has the last word about what {@code ..} is. A path
 * that is absolute or climbs out is refused before any file system sees it.
 *
 * @param names from the directory down, none for the directory itself
 * @param toDirectory whether it ends with a slash or a dot, so that it can be nothing but a
 *     directory
 */
record GuestPath(List<String> names, boolean toDirectory) {

  private static final int MAX_NAME = 255;

  static GuestPath parse(String text) throws WasiError {
    if (text.isEmpty()) {
      throw new WasiError(Errno.NOENT);
    }
    if (text.startsWith("/")) {
      throw new WasiError(Errno.NOTCAPABLE);
    }
    if (text.indexOf('\0') >= 0) {
      throw new WasiError(Errno.INVAL);
    }
    List<String> names = new ArrayList<>();
    for (String name : text.split("/")) {
      if (name.equals("..")) {
        if (names.isEmpty()) {
          throw new WasiError(Errno.NOTCAPABLE);
        }
        names.remove(names.size() - 1);
      } else if (!name.isEmpty() && !name.equals(".")) {
        if (name.length() > MAX_NAME) {
          throw new WasiError(Errno.NAMETOOLONG);
        }
        names.add(name);
      }
    }
    boolean toDirectory = text.endsWith("/") || text.endsWith("/.") || text.endsWith("/..");
    return new GuestPath(List.copyOf(names), toDirectory || names.isEmpty());
  }

  /** The same from a directory further up. */
  GuestPath below(List<String> directory) {
    List<String> all = new ArrayList<>(directory);
    all.addAll(this.names);
    return new GuestPath(List.copyOf(all), this.toDirectory);
  }

  boolean isDirectoryItself() {
    return this.names.isEmpty();
  }

  /** The directories to go through. */
  List<String> parents() {
    return this.names.isEmpty() ? this.names : this.names.subList(0, this.names.size() - 1);
  }

  /** What the path names in the last of them. */
  String last() throws WasiError {
    if (this.names.isEmpty()) {
      throw new WasiError(Errno.INVAL);
    }
    return this.names.get(this.names.size() - 1);
  }
}
