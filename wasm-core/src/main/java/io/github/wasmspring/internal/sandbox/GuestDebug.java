package io.github.wasmspring.internal.sandbox;

import io.github.wasmspring.internal.debug.SourceLines;
import java.util.Map;

/** What a module says about itself for whoever looks for its faults. */
public interface GuestDebug {

  /** The names that the module gives its functions, by index. */
  Map<Integer, String> names();

  /** The lines of source that its code was made of. */
  SourceLines lines();

  /** Of a module of which only the names are known. */
  static GuestDebug ofNames(Map<Integer, String> names) {
    return new GuestDebug() {
      @Override
      public Map<Integer, String> names() {
        return names;
      }

      @Override
      public SourceLines lines() {
        return SourceLines.NONE;
      }
    };
  }
}
