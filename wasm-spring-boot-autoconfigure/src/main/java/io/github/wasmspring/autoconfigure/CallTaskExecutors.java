package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.autoconfigure.WasmProperties.Threads;
import io.github.wasmspring.work.WasmTaskExecutor;
import io.github.wasmspring.work.WasmTaskSettings;
import java.util.List;
import java.util.function.UnaryOperator;
import org.springframework.boot.thread.Threading;
import org.springframework.core.env.Environment;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskDecorator;

/** Makes what runs calls that answer later, as the properties and the task decorators say. */
final class CallTaskExecutors {

  private static final String PREFIX = "wasm.threads";
  private static final String THREAD_NAME_PREFIX = "wasm-call-";

  private CallTaskExecutors() {}

  /** On virtual threads where the application wants those and the JDK has them. */
  static WasmTaskExecutor create(
      Threads threads, Environment environment, List<TaskDecorator> decorators) {
    WasmTaskSettings settings = settings(threads);
    UnaryOperator<Runnable> decorator = work -> decorate(work, decorators);
    if (!Threading.VIRTUAL.isActive(environment)) {
      return new WasmTaskExecutor(settings, decorator);
    }
    SimpleAsyncTaskExecutor virtual = new SimpleAsyncTaskExecutor(THREAD_NAME_PREFIX);
    virtual.setVirtualThreads(true);
    return new WasmTaskExecutor(settings, virtual, decorator);
  }

  private static Runnable decorate(Runnable work, List<TaskDecorator> decorators) {
    Runnable decorated = work;
    for (TaskDecorator decorator : decorators) {
      decorated = decorator.decorate(decorated);
    }
    return decorated;
  }

  private static WasmTaskSettings settings(Threads threads) {
    WasmTaskSettings settings = WasmTaskSettings.DEFAULTS;
    settings =
        SettingsMapper.put(
            PREFIX + ".max", settings, threads.getMax(), WasmTaskSettings::withMaxThreads);
    settings =
        SettingsMapper.put(
            PREFIX + ".queue-capacity",
            settings,
            threads.getQueueCapacity(),
            WasmTaskSettings::withQueueCapacity);
    settings =
        SettingsMapper.put(
            PREFIX + ".queue-timeout",
            settings,
            threads.getQueueTimeout(),
            WasmTaskSettings::withQueueTimeout);
    return settings.withQueuePolicy(threads.getQueuePolicy());
  }
}
