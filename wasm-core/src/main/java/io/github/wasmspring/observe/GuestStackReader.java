package io.github.wasmspring.observe;

import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmImportedItem;
import io.github.wasmspring.sandbox.GuestProgram;
import io.github.wasmspring.split.WasmSplitter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Makes stacks of guest functions of the stack traces of threads. Used by one thread. */
final class GuestStackReader {

  private static final String FUNCTION_KIND = "function";
  private static final String HOST = "[host]";
  private static final Name INTERPRETED = new Name("[interpreted]", true);
  private static final String DEEPER = "[deeper]";
  private static final int MAX_DEPTH = 256;
  private static final int MAX_NAME = 200;

  private record Name(String text, boolean piece) {}

  private static final class Names {
    private final List<String> imports;
    private final Map<Integer, String> given;
    private final Map<Integer, Name> shown = new HashMap<>();

    Names(GuestProgram program) {
      this.imports = importedFunctions(program.code());
      this.given = program.names().get();
    }

    Name get(int function) {
      return this.shown.computeIfAbsent(function, this::make);
    }

    private Name make(int function) {
      if (function < this.imports.size()) {
        return new Name(clean(this.imports.get(function)), false);
      }
      String name = this.given.get(function);
      if (name == null || name.isBlank()) {
        return new Name("func[" + function + "]", false);
      }
      String whole = WasmSplitter.functionOf(name);
      return new Name(clean(whole), !whole.equals(name));
    }
  }

  private final Map<WasmCode, Names> names = new IdentityHashMap<>();

  /**
   * A stack that begins with the module, outermost function first. Functions of other modules that
   * a host function calls in the same thread are not in it: they have a stack of their own.
   */
  List<String> read(GuestProgram program, StackTraceElement[] trace) {
    Deque<String> stack = new ArrayDeque<>();
    boolean insidePiece = false;
    for (StackTraceElement frame : trace) {
      int function = program.code().functionAt(frame);
      if (function == WasmCode.NO_FUNCTION) {
        continue;
      }
      if (stack.size() == MAX_DEPTH) {
        stack.addFirst(DEEPER);
        break;
      }
      Name name = name(program, function);
      // Pieces, and the several frames of interpreted functions, are one function.
      if (!insidePiece || !name.text().equals(stack.getFirst())) {
        stack.addFirst(name.text());
      }
      insidePiece = name.piece() || program.code().isPieceAt(frame);
    }
    if (stack.isEmpty()) {
      stack.addFirst(HOST);
    }
    stack.addFirst(clean(program.module()));
    return List.copyOf(stack);
  }

  private Name name(GuestProgram program, int function) {
    return function == WasmCode.UNKNOWN_FUNCTION
        ? INTERPRETED
        : this.names.computeIfAbsent(program.code(), unknown -> new Names(program)).get(function);
  }

  private static List<String> importedFunctions(WasmCode code) {
    return code.imports().stream()
        .filter(item -> item.kind().equals(FUNCTION_KIND))
        .map(GuestStackReader::name)
        .toList();
  }

  private static String name(WasmImportedItem item) {
    return item.module() + "." + item.name();
  }

  /** Names are the guest's own: what would be taken for something else in a line is replaced. */
  private static String clean(String name) {
    StringBuilder clean = new StringBuilder();
    name.codePoints()
        .limit(MAX_NAME)
        .map(each -> each == ';' ? ':' : isVisible(each) ? each : '_')
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  private static boolean isVisible(int character) {
    return !Character.isISOControl(character)
        && !Character.isWhitespace(character)
        && !Character.isSpaceChar(character);
  }
}
