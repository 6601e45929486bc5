package io.github.wasmspring.pipeline;

import io.github.wasmspring.client.WasmModuleManager;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stages that hand over to each other: operations of modules and Java functions. For many threads.
 *
 * @param <I> what it is given
 * @param <O> what its last stage hands over
 */
public final class WasmPipeline<I, O extends @Nullable Object> {

  private final String name;
  private final Class<I> input;
  private final List<StagePlan> stages;
  private final @Nullable Duration timeout;
  private final Executor executor;
  private final Consumer<WasmStageOutcome> listener;

  WasmPipeline(
      String name,
      Class<I> input,
      List<StagePlan> stages,
      @Nullable Duration timeout,
      @Nullable Executor executor,
      Consumer<WasmStageOutcome> listener) {
    this.name = name;
    this.input = input;
    this.stages = List.copyOf(stages);
    this.timeout = timeout;
    this.executor = executor == null ? this::onOwnThread : executor;
    this.listener = listener;
  }

  /**
   * Begins a pipeline.
   *
   * @param name for messages: letters, digits, dashes and underscores
   * @param manager whose modules its stages call
   * @param input the type of what it is given
   * @throws IllegalArgumentException for any other name
   */
  public static <I> WasmPipelineBuilder<I, I> builder(
      String name, WasmModuleManager manager, Class<I> input) {
    return new WasmPipelineBuilder<>(name, manager, input);
  }

  private void onOwnThread(Runnable work) {
    Thread thread = new Thread(work, "wasm-pipeline-" + this.name);
    thread.setDaemon(true);
    thread.start();
  }

  public String name() {
    return this.name;
  }

  /** The type of what it is given. */
  public Class<I> input() {
    return this.input;
  }

  /** The names of its stages, in their order. */
  public List<String> stages() {
    return this.stages.stream().map(StagePlan::name).toList();
  }

  /**
   * Runs all stages on this thread, but for branches. A failure is in the result, and not thrown;
   * an interrupt of the thread ends the run, stops the guest, and stays set.
   */
  public WasmPipelineResult<O> run(I input) {
    I given = this.input.cast(Objects.requireNonNull(input, "A pipeline is given something"));
    return new PipelineRunner(this.name, Timing.in(this.timeout), this.listener)
        .run(this.stages, given);
  }

  /** The same on another thread. Whoever cancels the answer stops the run. */
  public CompletableFuture<WasmPipelineResult<O>> runAsync(I input) {
    return StoppableTask.start(this.executor, () -> run(input));
  }

  /**
   * Runs whenever a file of a folder was written, one after the other, with what is in it: as
   * {@code String} (UTF-8), {@code byte[]} or {@link Path}. What is in it as before is not run
   * again, so that a run may write to its own file.
   *
   * @param glob which files, by their path below the folder, for instance <code>**.{js,ts}</code>
   * @param debounce for how long a file must have been left alone
   * @param existing whether it runs for what is there already
   * @param told of each file and what came of it, on the thread of the runs
   * @return to be closed; what runs is stopped then
   * @throws IllegalArgumentException if a pipeline can't be given a file, or there is no such
   *     folder
   */
  public WasmFolderWatch watch(
      Path folder,
      String glob,
      Duration debounce,
      boolean existing,
      BiConsumer<Path, WasmPipelineResult<O>> told) {
    FileRuns<I, O> runs = new FileRuns<>(this, told);
    return WasmFolderWatch.start(folder, glob, debounce, existing, runs::changed);
  }

  @Override
  public String toString() {
    return "pipeline %s %s".formatted(this.name, stages());
  }
}
