package io.github.wasmspring.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a {@link WasmProfiler} has seen.
 *
 * @param running whether it still samples
 * @param started when it began
 * @param duration for how long it has sampled, or did
 * @param rate how often it looks, per second
 * @param looks how often it has looked
 * @param samples how many stacks of running calls it has seen; one for each call at each look
 * @param left how many of them were not kept, for there were too many different ones
 * @param functions those in which most samples ended, first
 * @param stacks all that were kept
 */
public record WasmProfile(
    boolean running,
    Instant started,
    Duration duration,
    int rate,
    long looks,
    long samples,
    long left,
    List<FunctionShare> functions,
    List<StackCount> stacks) {

  public WasmProfile {
    functions = List.copyOf(functions);
    stacks = List.copyOf(stacks);
  }

  /**
   * A function of a module, or {@code [host]} for what is done around its functions.
   *
   * @param module its id
   * @param self the samples in which it was what ran
   * @param total those in which it was running, or waited for what it had called
   * @param share {@code self} of all samples, from 0 to 1
   */
  public record FunctionShare(
      String module, String function, long self, long total, double share) {}

  /**
   * Samples of one stack.
   *
   * @param frames the module, then functions, outermost first
   */
  public record StackCount(List<String> frames, long count) {

    public StackCount {
      frames = List.copyOf(frames);
    }
  }

  /** One line per stack, as tools for flame graphs read it: {@code module;function;function 42}. */
  public String folded() {
    StringBuilder lines = new StringBuilder();
    for (StackCount stack : this.stacks) {
      lines.append(String.join(";", stack.frames())).append(' ').append(stack.count()).append('\n');
    }
    return lines.toString();
  }
}
