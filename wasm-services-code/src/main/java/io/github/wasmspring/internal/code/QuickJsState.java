package io.github.wasmspring.internal.code;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What host functions know of the run that calls them. */
final class QuickJsState {

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final List<QuickJsAnswer.Line> console = new ArrayList<>();
  private List<QuickJsFunction> functions = List.of();
  private UnaryOperator<@Nullable String> modules = name -> null;
  private ZoneId zone = ZoneOffset.UTC;
  private @Nullable Instant clock;
  private long deadline = Long.MAX_VALUE;
  private boolean hasDeadline;
  private long mostArguments;
  private long consoleLeft;
  private boolean consoleCut;
  private boolean interrupted;
  private long skippedNanos;
  private @Nullable Throwable failure;

  void begin(QuickJsProgram program) {
    this.functions = List.copyOf(program.functions().values());
    this.modules = program.modules();
    this.zone = program.zone();
    this.clock = program.clock();
    this.consoleLeft = program.limits().console();
    this.mostArguments = program.limits().output();
    this.hasDeadline = true;
    this.deadline = System.nanoTime() + program.limits().nanos();
  }

  /** Whether the time is over. */
  boolean isLate() {
    this.interrupted |= this.hasDeadline && System.nanoTime() - this.deadline > 0;
    return this.interrupted;
  }

  /** Whether the code was told that its time is over. */
  boolean wasInterrupted() {
    return this.interrupted;
  }

  /** Time that nobody has waited for has passed. */
  void skip(double millis) {
    this.skippedNanos += (long) (millis * NANOS_PER_MILLI);
  }

  /** Since 1970. */
  long wallNanos() {
    Instant now = this.clock != null ? this.clock : Instant.now();
    return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano() + this.skippedNanos;
  }

  long monotonicNanos() {
    return this.clock != null ? this.skippedNanos : System.nanoTime() + this.skippedNanos;
  }

  /** Of the time zone, to the east. */
  int offsetSeconds(long epochSecond) {
    long known =
        Math.max(Instant.MIN.getEpochSecond(), Math.min(Instant.MAX.getEpochSecond(), epochSecond));
    return this.zone.getRules().getOffset(Instant.ofEpochSecond(known)).getTotalSeconds();
  }

  /** Bytes that the arguments of one call of a function may have. */
  long mostArguments() {
    return this.mostArguments;
  }

  /** Characters that the console still takes. */
  long consoleLeft() {
    return this.consoleLeft;
  }

  /**
   * @param isCut whether there was more of it
   */
  void write(String level, String text, boolean isCut) {
    this.consoleCut |= isCut;
    // A line costs something even where it is empty.
    this.consoleLeft -= text.length() + 1L;
    this.console.add(new QuickJsAnswer.Line(level, text));
  }

  void cutConsole() {
    this.consoleCut = true;
  }

  List<QuickJsAnswer.Line> console() {
    return List.copyOf(this.console);
  }

  boolean isConsoleCut() {
    return this.consoleCut;
  }

  @Nullable QuickJsFunction function(int index) {
    return index >= 0 && index < this.functions.size() ? this.functions.get(index) : null;
  }

  /** The source of a module, {@code null} if there is none of the name. */
  @Nullable String module(String name) {
    return this.modules.apply(name);
  }

  void failed(Throwable thrown) {
    this.failure = thrown;
  }

  /** What a Java function or the modules failed with last, {@code null} for nothing. */
  @Nullable Throwable failure() {
    return this.failure;
  }
}
