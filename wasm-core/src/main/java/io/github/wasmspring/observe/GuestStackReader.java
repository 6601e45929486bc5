package io.github.wasmspring.observe;

import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.internal.sandbox.GuestFunctionNames;
import io.github.wasmspring.internal.sandbox.GuestProgram;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Makes stacks of guest functions of the stack traces of threads. Used by one thread. */
final class GuestStackReader {

  private static final String HOST = "[host]";
  private static final Name INTERPRETED = new Name("[interpreted]", true);
  private static final String DEEPER = "[deeper]";
  private static final int MAX_DEPTH = 256;

  private record Name(String text, boolean piece) {}

  private static final class Names {
    private final String prefix;
    private final GuestFunctionNames names;
    private final Map<Integer, Name> shown = new HashMap<>();

    Names(GuestProgram program, String prefix) {
      this.prefix = prefix;
      this.names = new GuestFunctionNames(program.code(), program.names().get());
    }

    Name get(int function) {
      return this.shown.computeIfAbsent(
          function,
          index -> new Name(this.prefix + this.names.of(index), this.names.isPiece(index)));
    }
  }

  private final Map<GuestProgram, Names> names = new IdentityHashMap<>();

  /**
   * A stack that begins with the module, outermost function first. Functions of modules that it is
   * linked with have the id of theirs before their names. Functions of other modules that a host
   * function calls in the same thread are not in it: they have a stack of their own.
   */
  List<String> read(GuestProgram program, StackTraceElement[] trace) {
    Deque<String> stack = new ArrayDeque<>();
    boolean insidePiece = false;
    for (StackTraceElement frame : trace) {
      GuestProgram owner = program.at(frame);
      if (owner == null) {
        continue;
      }
      if (stack.size() == MAX_DEPTH) {
        stack.addFirst(DEEPER);
        break;
      }
      Name name = name(program, owner, owner.code().functionAt(frame));
      // Pieces, and the several frames of interpreted functions, are one function.
      if (!insidePiece || !name.text().equals(stack.getFirst())) {
        stack.addFirst(name.text());
      }
      insidePiece = name.piece() || owner.code().isPieceAt(frame);
    }
    if (stack.isEmpty()) {
      stack.addFirst(HOST);
    }
    stack.addFirst(GuestFunctionNames.clean(program.module()));
    return List.copyOf(stack);
  }

  private Name name(GuestProgram called, GuestProgram owner, int function) {
    if (function == WasmCode.UNKNOWN_FUNCTION) {
      return INTERPRETED;
    }
    String prefix = owner == called ? "" : GuestFunctionNames.clean(owner.module()) + ".";
    return this.names.computeIfAbsent(owner, unknown -> new Names(owner, prefix)).get(function);
  }
}
