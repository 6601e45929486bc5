package io.github.wasmspring.internal.code;

import io.github.wasmspring.WasmCaller;
import io.github.wasmspring.WasmException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the driver calls: the console, and the functions that code was given. */
final class QuickJsHostCalls {

  private static final int CONSOLE = -1;
  private static final int MOST_BYTES_PER_CHAR = 4;

  /** After the index of the function, the values, and the places of the buffers among them. */
  private static final int FIRST_BUFFER = 3;

  private QuickJsHostCalls() {}

  /** A handle of the answer, 0 if an exception has been thrown in the guest. */
  static long call(WasmCaller caller, QuickJsState state, long[] given) {
    QuickJsInstance guest = new QuickJsInstance(caller::call, caller::memory);
    try {
      int[] arguments = new int[(int) given[3]];
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = guest.memory().readInt((int) given[4] + i * Integer.BYTES);
      }
      int index = (int) guest.callForDouble("qjs_get_float64", arguments[0]);
      return index == CONSOLE
          ? write(guest, state, arguments)
          : function(guest, state, index, arguments);
    } catch (QuickJsInstance.NoRoomException full) {
      guest.call("JS_ThrowOutOfMemory", guest.call("qjs_get_context_ptr"));
      return 0;
    }
  }

  private static int write(QuickJsInstance guest, QuickJsState state, int... arguments) {
    long left = state.consoleLeft();
    if (left <= 0) {
      state.cutConsole();
    } else {
      String text = guest.text(arguments[2], left * MOST_BYTES_PER_CHAR);
      boolean isCut =
          text.length() > left || guest.length(arguments[2]) > left * MOST_BYTES_PER_CHAR;
      state.write(
          guest.text(arguments[1], Byte.MAX_VALUE),
          isCut ? text.substring(0, (int) Math.min(left, text.length())) : text,
          isCut);
    }
    return guest.call("qjs_get_undefined");
  }

  private static int function(
      QuickJsInstance guest, QuickJsState state, int index, int... arguments) {
    QuickJsFunction function = state.function(index);
    if (function == null) {
      return guest.string("e" + "There is no such function any more");
    }
    long size = guest.length(arguments[1]) + guest.length(arguments[2]);
    for (int i = FIRST_BUFFER; i < arguments.length && size <= state.mostArguments(); i++) {
      size += guest.size(arguments[i]);
    }
    if (size > state.mostArguments()) {
      return guest.string(
          "eThe arguments of a function have more than the %d bytes that they may have (output)"
              .formatted(state.mostArguments()));
    }
    String json = guest.text(arguments[1], Integer.MAX_VALUE);
    Map<Integer, byte[]> bytes = bytes(guest, arguments);
    try {
      return answer(guest, function.call(json, bytes));
    } catch (WasmException | QuickJsInstance.NoRoomException known) {
      throw known;
    } catch (IllegalArgumentException refused) {
      state.failed(refused);
      return guest.string("e" + refused.getMessage());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      state.failed(stopped);
      return guest.string("e" + "The function was interrupted");
    } catch (Exception failure) {
      state.failed(failure);
      return guest.string("e" + "The function failed");
    }
  }

  private static Map<Integer, byte[]> bytes(QuickJsInstance guest, int... arguments) {
    Map<Integer, byte[]> bytes = new HashMap<>();
    String places = guest.text(arguments[2], Integer.MAX_VALUE);
    if (arguments.length > FIRST_BUFFER) {
      String[] indices = places.substring(1, places.length() - 1).split(",");
      for (int i = FIRST_BUFFER; i < arguments.length; i++) {
        byte[] given = guest.bytes(arguments[i], Integer.MAX_VALUE);
        bytes.put(Integer.valueOf(indices[i - FIRST_BUFFER]), given == null ? new byte[0] : given);
      }
    }
    return bytes;
  }

  private static int answer(QuickJsInstance guest, @Nullable Object answer) {
    if (answer == null) {
      return guest.call("qjs_get_undefined");
    }
    return answer instanceof byte[] bytes ? guest.arrayBuffer(bytes) : guest.string("v" + answer);
  }
}
