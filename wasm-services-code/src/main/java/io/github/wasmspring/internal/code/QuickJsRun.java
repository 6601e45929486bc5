package io.github.wasmspring.internal.code;

import io.github.wasmspring.internal.code.QuickJsAnswer.Kind;
import io.github.wasmspring.internal.code.QuickJsAnswer.Problem;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One run, in an instance that is as it was prepared. */
final class QuickJsRun {

  private static final int SCRIPT = 1 << 7;
  private static final int MODULE = 1;
  private static final int FULFILLED = 1;
  private static final int REJECTED = 2;
  private static final int MOST_DESCRIBED = 1 << 20;

  private final QuickJsInstance guest;
  private final QuickJsState state;
  private final QuickJsProgram program;
  private final JsonMapper mapper;
  private final QuickJsDriver driver;
  private final long before;

  QuickJsRun(QuickJsInstance guest, QuickJsState state, QuickJsProgram program, JsonMapper mapper) {
    this.guest = guest;
    this.state = state;
    this.program = program;
    this.mapper = mapper;
    this.driver = QuickJsDriver.of(guest);
    this.before = allocated();
  }

  private long allocated() {
    return Integer.toUnsignedLong(this.guest.call("qjs_get_allocated_size"));
  }

  /** A problem of the code, which ends the run. */
  private static final class StoppedException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    StoppedException(Problem problem) {
      super(problem.message(), null, false, false);
      this.problem = problem;
    }
  }

  QuickJsAnswer run() {
    try {
      limit(this.program.limits().memory());
      this.guest.call("qjs_set_max_stack_size", this.program.limits().stack());
      begin();
      return answer(value(evaluated()));
    } catch (StoppedException stopped) {
      return failed(stopped.problem);
    } catch (QuickJsInstance.NoRoomException full) {
      return failed(Problem.of(Kind.MEMORY));
    }
  }

  private void limit(long bytes) {
    long most = Math.min(this.before + bytes, Integer.MAX_VALUE);
    this.guest.call("qjs_set_memory_limit", most);
  }

  private void begin() throws StoppedException {
    SplittableRandom random = new SplittableRandom(this.program.seed());
    String seed =
        "[%d,%d,%d,%d]"
            .formatted(random.nextInt(), random.nextInt(), random.nextInt(), random.nextInt());
    check(
        this.guest.invoke(
            this.driver.begin(),
            this.guest.string(seed),
            this.guest.string(this.program.values()),
            this.guest.string(this.mapper.writeValueAsString(this.program.functionNames()))));
    int global = this.guest.call("qjs_get_global");
    for (Map.Entry<String, byte[]> each : this.program.bytes().entrySet()) {
      this.guest.set(global, each.getKey(), this.guest.uint8Array(each.getValue()));
    }
  }

  /** What the code has come to, once nothing is left to be done for it. */
  private int evaluated() throws StoppedException {
    byte[] source = GuestText.encode(this.program.source());
    int result =
        this.guest.call(
            "qjs_eval",
            this.guest.write(source),
            source.length,
            this.guest.write(this.program.file()),
            this.program.isModule() ? MODULE : SCRIPT);
    // What is thrown by code settles a promise; what is thrown here keeps it from running.
    if (this.guest.isException(result)) {
      throw new StoppedException(thrown(true));
    }
    return settled(result);
  }

  private int value(int result) throws StoppedException {
    int value =
        this.program.isModule()
            ? check(this.guest.invoke(this.driver.exported(), result))
            : check(this.guest.property(result, "value"));
    return settled(value);
  }

  /** The value of a promise, or of a promise for one; anything else as it is. */
  private int settled(int value) throws StoppedException {
    int awaited = value;
    while (this.guest.is("qjs_is_promise", awaited)) {
      int state = drained(awaited);
      int result = this.guest.call("qjs_promise_result", awaited);
      if (state == REJECTED) {
        throw new StoppedException(described(result, false));
      }
      awaited = result;
    }
    return awaited;
  }

  /** Does what waits to be done, until a promise is settled. */
  private int drained(int promise) throws StoppedException {
    while (true) {
      int settled = this.guest.call("qjs_promise_state", promise);
      if (settled == FULFILLED || settled == REJECTED) {
        return settled;
      }
      if (this.guest.call("qjs_is_job_pending") == 0) {
        goOn();
      } else if (this.guest.call("qjs_execute_pending_job") < 0) {
        throw new StoppedException(thrown(false));
      }
      if (this.state.isLate()) {
        throw new StoppedException(Problem.of(Kind.TIME));
      }
    }
  }

  /** To the next timer. */
  private void goOn() throws StoppedException {
    int pause = check(this.guest.invoke(this.driver.pause()));
    double millis = this.guest.callForDouble("qjs_get_float64", pause);
    if (!(millis >= 0)) {
      throw new StoppedException(Problem.of(Kind.UNSETTLED));
    }
    this.state.skip(millis);
    check(this.guest.invoke(this.driver.fire()));
  }

  private int check(int handle) throws StoppedException {
    if (this.guest.isException(handle)) {
      throw new StoppedException(thrown(false));
    }
    return handle;
  }

  private QuickJsAnswer answer(int value) throws StoppedException {
    int finished = check(this.guest.invoke(this.driver.finish(), value));
    long most = this.program.limits().output();
    if (this.guest.is("qjs_is_undefined", finished)) {
      return answer(null, null, null);
    }
    if (this.guest.is("qjs_is_array_buffer", finished)) {
      byte[] bytes = this.guest.bytes(finished, most);
      return bytes == null ? failed(Problem.of(Kind.OUTPUT)) : answer(null, bytes, null);
    }
    return this.guest.length(finished) > most
        ? failed(Problem.of(Kind.OUTPUT))
        : answer(this.guest.text(finished, most), null, null);
  }

  private QuickJsAnswer failed(Problem problem) {
    return answer(null, null, problem);
  }

  private QuickJsAnswer answer(
      @Nullable String json, byte @Nullable [] bytes, @Nullable Problem problem) {
    return new QuickJsAnswer(
        json,
        bytes,
        problem,
        this.state.console(),
        this.state.isConsoleCut(),
        Math.max(0, allocated() - this.before));
  }

  /**
   * What was thrown last.
   *
   * @param compiling whether the code has not run yet
   */
  private Problem thrown(boolean compiling) {
    return described(this.guest.call("qjs_get_exception"), compiling);
  }

  private Problem described(int error, boolean compiling) {
    if (this.state.wasInterrupted()) {
      return Problem.of(Kind.TIME);
    }
    if (this.guest.is("qjs_is_uncatchable_error", error)) {
      return Problem.of(Kind.MEMORY);
    }
    // To say what is wrong takes a little more.
    limit(this.program.limits().memory() + MOST_DESCRIBED);
    int described = this.guest.invoke(this.driver.describe(), error);
    if (this.guest.isException(described)) {
      boolean late = this.state.wasInterrupted();
      return late
          ? Problem.of(Kind.TIME)
          : new Problem(Kind.THROWN, "", "[Object that can not be shown]", "", null);
    }
    JsonNode read = this.mapper.readTree(this.guest.text(described, MOST_DESCRIBED));
    String name = read.path("name").asString("");
    String message = read.path("message").asString("");
    return new Problem(
        kind(name, message, compiling),
        name,
        message,
        read.path("stack").asString(""),
        this.state.failure());
  }

  private static Kind kind(String name, String message, boolean compiling) {
    if (name.equals("RangeError") && message.equals("Maximum call stack size exceeded")) {
      return Kind.STACK;
    }
    return compiling && name.equals("SyntaxError") ? Kind.SYNTAX : Kind.THROWN;
  }
}
