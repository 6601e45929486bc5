package io.github.wasmspring.internal.sandbox;

import io.github.wasmspring.engine.WasmCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says where in a guest a failure of one call arose: the methods that functions have become are
 * named as the functions are, at their places among those of the host.
 */
final class GuestStackTrace {

  /** More are of no use to anybody, and a guest that recurses has thousands. */
  private static final int MOST_FUNCTIONS = 64;

  private static final int MOST_CAUSES = 16;

  private final LinkedPrograms programs;

  GuestStackTrace(LinkedPrograms programs) {
    this.programs = programs;
  }

  /** The functions that a failure came through, the innermost first. */
  List<GuestFrame> functions(Throwable origin) {
    return this.programs.functions(origin, MOST_FUNCTIONS);
  }

  /**
   * What the trace of a failure is to be: from the innermost function out to what called the guest.
   *
   * @param functions see {@link #functions}
   * @param outside the trace of what the failure became outside of the guest
   */
  StackTraceElement[] complete(
      Throwable origin, List<GuestFrame> functions, StackTraceElement[] outside) {
    StackTraceElement[] trace = origin.getStackTrace();
    int end = inside(trace, outside);
    List<StackTraceElement> complete = new ArrayList<>();
    int first = innermost(trace);
    if (first >= 0) {
      complete.addAll(translate(trace, first, end, MOST_FUNCTIONS));
    } else {
      functions.forEach(each -> complete.add(each.element()));
    }
    // How the engine came to tell of it is no part of how the guest was called.
    int common = trace.length - end;
    int told = common > 0 ? outside.length - common : 0;
    complete.addAll(List.of(outside).subList(told, outside.length));
    return complete.toArray(StackTraceElement[]::new);
  }

  /**
   * The frame of the innermost function.
   *
   * @return -1 if there is none, or functions have no frames of their own, as those that are
   *     interpreted
   */
  private int innermost(StackTraceElement[] trace) {
    int innermost = -1;
    for (int i = trace.length - 1; i >= 0; i--) {
      int function = this.programs.functionAt(trace[i]);
      if (function == WasmCode.UNKNOWN_FUNCTION) {
        return -1;
      }
      if (function >= 0) {
        innermost = i;
      }
    }
    return innermost;
  }

  /**
   * Translates the traces of what a failure was caused by, as far as they are inside of the call;
   * what is around it belongs to another call.
   */
  void translateCauses(Throwable failure) {
    StackTraceElement[] outside = failure.getStackTrace();
    int causes = 0;
    for (Throwable each = failure.getCause();
        each != null && causes < MOST_CAUSES;
        each = each.getCause()) {
      StackTraceElement[] trace = each.getStackTrace();
      if (innermost(trace) >= 0) {
        int end = inside(trace, outside);
        List<StackTraceElement> translated = translate(trace, 0, end, Integer.MAX_VALUE);
        translated.addAll(List.of(trace).subList(end, trace.length));
        each.setStackTrace(translated.toArray(StackTraceElement[]::new));
      }
      causes++;
    }
  }

  /** How much of a trace is in front of what it has in common with one further out. */
  private static int inside(StackTraceElement[] trace, StackTraceElement[] outside) {
    int end = trace.length;
    for (int i = outside.length; i > 0 && end > 0; i--) {
      if (!trace[end - 1].equals(outside[i - 1])) {
        break;
      }
      end--;
    }
    return end;
  }

  /**
   * @param most how many functions are wanted; whatever is behind the last is left out
   */
  private List<StackTraceElement> translate(
      StackTraceElement[] trace, int start, int end, int most) {
    List<StackTraceElement> translated = new ArrayList<>();
    int functions = 0;
    int last = WasmCode.NO_FUNCTION;
    @Nullable GuestProgram lastProgram = null;
    boolean insidePiece = false;
    for (int i = start; i < end; i++) {
      GuestProgram program = this.programs.at(trace[i]);
      int function = program == null ? WasmCode.NO_FUNCTION : program.code().functionAt(trace[i]);
      if (program == null || function < 0) {
        if (!this.programs.isLinkAt(trace[i])) {
          translated.add(trace[i]);
        }
        continue;
      }
      if (this.programs.isWayInto(lastProgram, program, function)) {
        continue;
      }
      if (!insidePiece || function != last || program != lastProgram) {
        if (functions == most) {
          break;
        }
        functions++;
        translated.add(this.programs.show(program, function, trace[i]).element());
      }
      last = function;
      lastProgram = program;
      insidePiece = program.code().isPieceAt(trace[i]);
    }
    return translated;
  }
}
