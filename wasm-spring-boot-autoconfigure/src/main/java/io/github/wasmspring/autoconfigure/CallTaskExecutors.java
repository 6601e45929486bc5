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

  static WasmTaskSettings settings(Threads threads) {
    WasmTaskSettings.Builder settings = WasmTaskSettings.DEFAULTS.toBuilder();
    SettingsMapper mapper = new SettingsMapper("wasm.threads", settings::build);
    mapper.map("max", threads.getMax(), settings::maxThreads);
    mapper.map("queue-capacity", threads.getQueueCapacity(), settings::queueCapacity);
    mapper.map("queue-policy", threads.getQueuePolicy(), settings::queuePolicy);
    mapper.map("queue-timeout", threads.getQueueTimeout(), settings::queueTimeout);
    return settings.build();
  }
}
