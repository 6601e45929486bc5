package io.github.wasmspring.autoconfigure.observe.endpoint;

import io.github.wasmspring.observe.WasmProfile;
import io.github.wasmspring.observe.WasmProfile.FunctionShare;
import io.github.wasmspring.observe.WasmProfiler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/** Starts, shows and stops a profile of the functions of modules. */
@Endpoint(id = "wasmprofile")
public class WasmProfileEndpoint {

  private static final int DEFAULT_RATE = 100;
  private static final int DEFAULT_SECONDS = 30;
  private static final String FOLDED = "folded";

  private final WasmProfiler profiler;

  public WasmProfileEndpoint(WasmProfiler profiler) {
    this.profiler = profiler;
  }

  /** What there is by now, {@code null} if nothing was ever profiled. */
  @ReadOperation
  public @Nullable ProfileDescriptor profile() {
    return ProfileDescriptor.of(this.profiler.profile());
  }

  /**
   * The stacks as text, one line each, as tools for flame graphs read it.
   *
   * @param format {@code folded}, the only one
   * @return {@code null} if nothing was ever profiled, or there is no such format
   */
  @ReadOperation(produces = "text/plain;charset=UTF-8")
  public @Nullable String text(@Selector String format) {
    WasmProfile profile = FOLDED.equals(format) ? this.profiler.profile() : null;
    return profile == null ? null : profile.folded();
  }

  /**
   * Starts to profile; what was profiled before is forgotten.
   *
   * @param rate looks per second, 100 if {@code null}
   * @param seconds for how long, 30 if {@code null}
   * @param module the id of the module whose calls are looked at, {@code null} for those of all
   * @throws InvalidEndpointRequestException if a number is too small or too large, or if it runs
   */
  @WriteOperation
  public @Nullable ProfileDescriptor start(
      @Nullable Integer rate, @Nullable Integer seconds, @Nullable String module) {
    try {
      this.profiler.start(
          rate != null ? rate : DEFAULT_RATE,
          Duration.ofSeconds(seconds != null ? seconds : DEFAULT_SECONDS),
          module);
    } catch (IllegalArgumentException | IllegalStateException refused) {
      String reason = String.valueOf(refused.getMessage());
      throw new InvalidEndpointRequestException(reason, reason);
    }
    return profile();
  }

  /** Stops before the time; the answer is what there is, {@code null} if it was never started. */
  @DeleteOperation
  public @Nullable ProfileDescriptor stop() {
    return ProfileDescriptor.of(this.profiler.stop());
  }

  /**
   * A profile without its stacks.
   *
   * @param seconds for how long it ran by now
   * @param rate looks per second that were asked for
   * @param looks how many there were
   * @param samples the stacks that were seen
   * @param left those of them that were not kept
   * @param stacks how many different ones were kept
   * @param functions those that took most time first
   */
  public record ProfileDescriptor(
      boolean running,
      Instant started,
      double seconds,
      int rate,
      long looks,
      long samples,
      long left,
      int stacks,
      List<FunctionShare> functions)
      implements OperationResponseBody {

    static @Nullable ProfileDescriptor of(@Nullable WasmProfile profile) {
      return profile == null
          ? null
          : new ProfileDescriptor(
              profile.running(),
              profile.started(),
              profile.duration().toMillis() / 1e3,
              profile.rate(),
              profile.looks(),
              profile.samples(),
              profile.left(),
              profile.stacks().size(),
              profile.functions());
    }
  }
}
