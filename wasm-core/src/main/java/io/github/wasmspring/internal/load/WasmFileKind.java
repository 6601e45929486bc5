package io.github.wasmspring.internal.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells what a file is that should have been a WebAssembly module. */
final class WasmFileKind {

  private static final int SNIFFED = 512;
  private static final byte[] MAGIC = {0, 'a', 's', 'm'};

  private WasmFileKind() {}

  /** {@code null} if the bytes look like a module of version 1, else what they are. */
  static @Nullable String describeUnlessModule(byte[] bytes) {
    if (bytes.length == 0) {
      return "it is empty";
    }
    int same = Arrays.mismatch(bytes, MAGIC);
    if (same >= 0 && same < Math.min(bytes.length, MAGIC.length)) {
      return describe(bytes);
    }
    if (bytes.length < 8) {
      return "it is cut off after " + bytes.length + " bytes, and a module has at least 8";
    }
    int version = (bytes[4] & 0xff) | (bytes[5] & 0xff) << 8;
    int layer = (bytes[6] & 0xff) | (bytes[7] & 0xff) << 8;
    if (layer == 1) {
      return "it is a WebAssembly component, and only core modules run here; build the core module, e.g. with the target wasm32-unknown-unknown or wasm32-wasip1";
    }
    if (version != 1 || layer != 0) {
      return "it is WebAssembly of version " + version + ", and only version 1 runs here";
    }
    return null;
  }

  private static String describe(byte[] bytes) {
    if (startsWith(bytes, 0x1f, 0x8b)) {
      return "it is packed with gzip, and its name does not end with .gz, so that nobody unpacks it";
    }
    if (startsWith(bytes, 0x28, 0xb5, 0x2f, 0xfd)) {
      return "it is packed with zstd, and its name does not end with .zst, so that nobody unpacks it";
    }
    if (startsWith(bytes, 'P', 'K', 3, 4)) {
      return "it is a zip or jar file";
    }
    if (startsWith(bytes, 0x7f, 'E', 'L', 'F')) {
      return "it is a native Linux library or program; build for a wasm32 target instead";
    }
    if (startsWith(bytes, 0xca, 0xfe, 0xba, 0xbe)) {
      return "it is a Java class file";
    }
    String start =
        new String(bytes, 0, Math.min(bytes.length, SNIFFED), StandardCharsets.UTF_8).strip();
    String lower = start.toLowerCase(Locale.ROOT);
    if (start.startsWith("(module") || start.startsWith(";;") || start.startsWith("(;")) {
      return "it is WebAssembly text (.wat); turn it into a binary with wat2wasm or wasm-tools parse";
    }
    if (lower.startsWith("<!doctype html")
        || lower.startsWith("<html")
        || lower.contains("<body")) {
      return "it is an HTML page, perhaps the error or login page of a server";
    }
    if (start.startsWith("version https://git-lfs")) {
      return "it is a Git LFS pointer; run git lfs pull";
    }
    if (start.startsWith("{") || start.startsWith("[")) {
      return "it is JSON, perhaps the error answer of a server";
    }
    if (start.startsWith("<")) {
      return "it is XML or HTML";
    }
    return "it does not begin with the magic bytes 00 61 73 6d";
  }

  private static boolean startsWith(byte[] bytes, int... magic) {
    if (bytes.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((bytes[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
