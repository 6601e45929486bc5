package io.github.wasmspring.internal.sandbox;

import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmFrame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The program that was called and those that it is linked with, in the stack of one failure. */
final class LinkedPrograms {

  private static final int MOST_CAUSES = 16;

  private final GuestProgram called;
  private final List<GuestProgram> all;
  private final Map<GuestProgram, GuestFunctionNames> names = new HashMap<>();
  private final Map<GuestProgram, Integer> imported = new HashMap<>();
  private final Map<Frame, GuestFrame> shown = new HashMap<>();

  /** A function of one of the programs. */
  private record Frame(GuestProgram program, WasmFrame frame) {}

  LinkedPrograms(GuestProgram called) {
    this.called = called;
    this.all = new ArrayList<>(called.linked());
    this.all.add(called);
  }

  /** See {@link WasmCode#functionAt}; of no program in particular. */
  int functionAt(StackTraceElement element) {
    GuestProgram program = this.called.at(element);
    return program == null ? WasmCode.NO_FUNCTION : program.code().functionAt(element);
  }

  /** The program that an element of a trace is of, {@code null} for what is none. */
  @Nullable GuestProgram at(StackTraceElement element) {
    return this.called.at(element);
  }

  /** See {@link WasmCode#isLinkAt}. */
  boolean isLinkAt(StackTraceElement element) {
    for (GuestProgram each : this.all) {
      if (each.code().isLinkAt(element)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The one among a failure and its causes that is nearest to where the guest failed; what was made
   * of it on the way out has only the functions around a call, if there are such. One that does not
   * know which functions they are is the last choice.
   *
   * @return {@code null} if none of them came through functions
   */
  @Nullable Throwable origin(Throwable failure) {
    Throwable known = null;
    Throwable unknown = null;
    int causes = 0;
    for (Throwable each = failure; each != null && causes < MOST_CAUSES; each = each.getCause()) {
      List<Frame> frames = frames(each, 1);
      if (!frames.isEmpty()) {
        if (frames.get(0).frame().function() == WasmCode.UNKNOWN_FUNCTION) {
          unknown = each;
        } else {
          known = each;
        }
      }
      causes++;
    }
    return known != null ? known : unknown;
  }

  /**
   * The functions that a failure came through, the innermost first.
   *
   * @param most how many of them are wanted
   */
  List<GuestFrame> functions(Throwable failure, int most) {
    return frames(failure, most).stream().map(this::show).toList();
  }

  private List<Frame> frames(Throwable failure, int most) {
    if (this.all.size() == 1) {
      return frames(this.called, failure, most);
    }
    List<Frame> frames = inTrace(failure.getStackTrace(), most);
    return frames.isEmpty() ? asNoted(failure, most) : frames;
  }

  private static List<Frame> frames(GuestProgram program, Throwable failure, int most) {
    return program.code().framesOf(failure, most).stream()
        .map(frame -> new Frame(program, frame))
        .toList();
  }

  /** Empty if the trace does not tell all functions. */
  private List<Frame> inTrace(StackTraceElement[] trace, int most) {
    List<Frame> frames = new ArrayList<>();
    boolean insidePiece = false;
    for (StackTraceElement element : trace) {
      GuestProgram program = this.called.at(element);
      if (program == null) {
        continue;
      }
      int function = program.code().functionAt(element);
      if (function == WasmCode.UNKNOWN_FUNCTION) {
        return List.of();
      }
      Frame frame = new Frame(program, new WasmFrame(function, program.code().offsetAt(element)));
      Frame last = frames.isEmpty() ? null : frames.get(frames.size() - 1);
      boolean same = last != null && isSameFunction(last, frame);
      if (frames.size() < most
          && !(same && insidePiece)
          && !isWayInto(last == null ? null : last.program(), program, function)) {
        frames.add(frame);
      }
      insidePiece = program.code().isPieceAt(element);
    }
    return frames;
  }

  /**
   * Whether a function is the one under whose name a program has imported what was called in
   * another one, which is to be told once.
   *
   * @param inner the program of the frame inside, {@code null} for none
   */
  boolean isWayInto(@Nullable GuestProgram inner, GuestProgram program, int function) {
    return inner != null && inner != program && function < importedFunctions(program);
  }

  private int importedFunctions(GuestProgram program) {
    return this.imported.computeIfAbsent(
        program,
        each ->
            (int)
                each.code().imports().stream()
                    .filter(item -> item.kind().equals("function"))
                    .count());
  }

  private static boolean isSameFunction(Frame one, Frame other) {
    return one.program() == other.program() && one.frame().function() == other.frame().function();
  }

  /**
   * Interpreters note the functions of each module apart. They know no functions that come back
   * from a module that is called to the one that calls it, so that callers are further out.
   */
  private List<Frame> asNoted(Throwable failure, int most) {
    List<Frame> known = new ArrayList<>();
    List<Frame> unknown = new ArrayList<>();
    for (GuestProgram each : this.all) {
      for (Frame frame : frames(each, failure, most)) {
        int function = frame.frame().function();
        GuestProgram inner = known.isEmpty() ? null : known.get(known.size() - 1).program();
        if (function == WasmCode.UNKNOWN_FUNCTION) {
          unknown.add(frame);
        } else if (!isWayInto(inner, each, function)) {
          known.add(frame);
        }
      }
    }
    List<Frame> frames = known.isEmpty() ? unknown : known;
    return frames.subList(0, Math.min(most, frames.size()));
  }

  /**
   * An element of a trace that is in a function, for people.
   *
   * @param function which one
   */
  GuestFrame show(GuestProgram program, int function, StackTraceElement element) {
    return show(new Frame(program, new WasmFrame(function, program.code().offsetAt(element))));
  }

  private GuestFrame show(Frame frame) {
    return this.shown.computeIfAbsent(frame, this::describe);
  }

  private GuestFrame describe(Frame frame) {
    GuestProgram program = frame.program();
    GuestFunctionNames known =
        this.names.computeIfAbsent(
            program, each -> new GuestFunctionNames(each.code(), each.debug().names()));
    int offset = frame.frame().offset();
    return new GuestFrame(
        GuestFunctionNames.clean(program.module()),
        program != this.called,
        known.of(frame.frame().function()),
        offset,
        offset == WasmCode.UNKNOWN_OFFSET ? null : program.debug().lines().at(offset));
  }
}
