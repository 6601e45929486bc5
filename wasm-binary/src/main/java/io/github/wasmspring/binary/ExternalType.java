package io.github.wasmspring.binary;

import org.jspecify.annotations.Nullable;

/** The type of what modules import and export. */
public sealed interface ExternalType {

  /** The word of the specification: {@code func}, {@code table}, {@code memory}, … */
  String kind();

  /**
   * @param typeIndex of the type section
   * @param signature {@code null} if that type is not one of functions
   */
  record Function(int typeIndex, @Nullable FunctionType signature) implements ExternalType {

    @Override
    public String kind() {
      return "func";
    }
  }

  /**
   * @param size in elements
   */
  record Table(ValueType element, SizeLimits size) implements ExternalType {

    @Override
    public String kind() {
      return "table";
    }
  }

  /**
   * @param size in pages
   * @param pageSizeLog2 16 for pages of 64 KiB
   */
  record Memory(SizeLimits size, int pageSizeLog2) implements ExternalType {

    @Override
    public String kind() {
      return "memory";
    }
  }

  /** The value that a global holds, and whether it changes. */
  record Global(ValueType value, boolean mutable) implements ExternalType {

    @Override
    public String kind() {
      return "global";
    }
  }

  /**
   * @param typeIndex of the type section
   * @param signature {@code null} if that type is not one of functions
   */
  record Tag(int typeIndex, @Nullable FunctionType signature) implements ExternalType {

    @Override
    public String kind() {
      return "tag";
    }
  }
}
