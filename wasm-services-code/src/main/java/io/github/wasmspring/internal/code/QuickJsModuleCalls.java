package io.github.wasmspring.internal.code;

import io.github.wasmspring.WasmCaller;
import io.github.wasmspring.WasmException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Modules that code imports, from what it was given. There is no other place. */
final class QuickJsModuleCalls {

  private QuickJsModuleCalls() {}

  /** The address of the name that a specifier means, which the guest frees. */
  static long normalize(WasmCaller caller, QuickJsState state, long[] given) {
    QuickJsInstance guest = new QuickJsInstance(caller::call, caller::memory);
    try {
      return guest.write(resolve(guest.cText((int) given[0]), guest.cText((int) given[1])));
    } catch (QuickJsInstance.NoRoomException full) {
      return 0;
    }
  }

  /**
   * Specifiers that begin with a dot are relative to the module that imports; others are names as
   * they are.
   */
  static String resolve(String importer, String specifier) {
    if (!specifier.startsWith("./") && !specifier.startsWith("../")) {
      return specifier;
    }
    Deque<String> parts = new ArrayDeque<>();
    int folder = importer.lastIndexOf('/');
    add(parts, folder < 0 ? "" : importer.substring(0, folder));
    add(parts, specifier);
    String path = String.join("/", parts);
    return importer.startsWith("/") ? "/" + path : path;
  }

  private static void add(Deque<String> parts, String path) {
    for (String part : path.split("/")) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
  }

  /** The address of a source that the guest frees, 0 if an exception has been thrown there. */
  static long load(WasmCaller caller, QuickJsState state, long[] given) {
    QuickJsInstance guest = new QuickJsInstance(caller::call, caller::memory);
    String name = guest.cText((int) given[0]);
    try {
      String source = find(state, name);
      if (source == null) {
        return fail(guest, "There is no module '%s'".formatted(name));
      }
      byte[] bytes = GuestText.encode(source);
      int address = guest.write(bytes);
      guest.memory().writeInt((int) given[1], bytes.length);
      return address;
    } catch (QuickJsInstance.NoRoomException full) {
      guest.call("JS_ThrowOutOfMemory", guest.call("qjs_get_context_ptr"));
      return 0;
    }
  }

  private static @Nullable String find(QuickJsState state, String name) {
    try {
      return state.module(name);
    } catch (WasmException known) {
      throw known;
    } catch (RuntimeException failure) {
      state.failed(failure);
      return null;
    }
  }

  private static int fail(QuickJsInstance guest, String message) {
    int error = guest.call("qjs_new_error");
    guest.set(error, "message", guest.string(message));
    guest.call("qjs_throw", error);
    return 0;
  }
}
