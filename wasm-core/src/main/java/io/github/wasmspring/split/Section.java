package io.github.wasmspring.split;

/**
 * A section of a module.
 *
 * @param start of its contents
 * @param end of its contents, exclusive
 */
record Section(int id, int start, int end) {

  static final int CUSTOM = 0;
  static final int TYPE = 1;
  static final int IMPORT = 2;
  static final int FUNCTION = 3;
  static final int EXPORT = 7;
  static final int CODE = 10;
}
