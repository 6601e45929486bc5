package io.github.wasmspring.autoconfigure.devtools;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.plugin.WasmPluginRequest;
import io.github.wasmspring.plugin.WasmPluginStatus;
import io.github.wasmspring.plugin.WasmPlugins;
import java.io.File;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

/**
 * Started and started again by Spring Boot DevTools; says each time how it is. {@link
 * DevToolsRestartTest} reads that.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class DevToolsApplication {

  private static final String PLUGIN = "rates";

  /** Where the class loaders are that there were, which no class of theirs can keep. */
  private static final String LOADERS = "test.loaders";

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

  private final DevToolsCalc calc;
  private final WasmModuleManager manager;
  private final WasmPlugins plugins;

  public DevToolsApplication(DevToolsCalc calc, WasmModuleManager manager, WasmPlugins plugins) {
    this.calc = calc;
    this.manager = manager;
    this.plugins = plugins;
  }

  public static void main(String[] arguments) {
    if (DevToolsApplication.class.getClassLoader() == ClassLoader.getSystemClassLoader()) {
      initializeStaticsOfSpringBoot();
    }
    SpringApplication.run(DevToolsApplication.class, arguments);
  }

  /** They keep the class loader of whoever needs them first, with or without modules. */
  private static void initializeStaticsOfSpringBoot() {
    Binder.get(new StandardEnvironment()).bind("java.home", File.class);
  }

  @EventListener
  void ready(ApplicationReadyEvent event) throws Exception {
    ClassLoader now = getClass().getClassLoader();
    List<WeakReference<ClassLoader>> before = loaders();
    String left = left(now, before);
    before.add(new WeakReference<>(now));
    System.out.println(
        "ready %d in %s: calc %d, of this loader %s, plug-in %s, %s"
            .formatted(
                before.size(),
                now.getClass().getSimpleName(),
                this.calc.add(1, 2) + add("calc") + add("watched"),
                DevToolsCalc.class.getClassLoader() == now,
                plugin(),
                left));
  }

  private int add(String module) {
    return this.manager
        .module(module)
        .operation("add")
        .arguments(1, 2)
        .<Integer>retrieve(Integer.class)
        .value();
  }

  /** Installed once, and kept. */
  private String plugin() throws Exception {
    if (this.plugins.find(PLUGIN).isEmpty()) {
      this.plugins.install(
          WasmPluginRequest.of(PLUGIN)
              .bytes(new ClassPathResource("wasm/calc.wasm").getContentAsByteArray()));
    }
    WasmPluginStatus status = this.plugins.find(PLUGIN).orElseThrow();
    return "%s in revision %d: %d".formatted(status.state(), status.revision(), add(PLUGIN));
  }

  @SuppressWarnings("unchecked")
  private static List<WeakReference<ClassLoader>> loaders() {
    return (List<WeakReference<ClassLoader>>)
        System.getProperties().computeIfAbsent(LOADERS, key -> new ArrayList<>());
  }

  /** What is left of the applications before, after it had time to go. */
  private static String left(ClassLoader now, List<WeakReference<ClassLoader>> before) {
    long end = System.nanoTime() + PATIENCE;
    for (; ; ) {
      System.gc();
      List<String> threads = threads(now);
      long loaders = before.stream().filter(each -> each.get() != null).count();
      if (threads.isEmpty() && loaders == 0 || System.nanoTime() - end > 0) {
        return "left are %d loaders and the threads %s".formatted(loaders, threads);
      }
      LockSupport.parkNanos(PAUSE);
    }
  }

  /** Those of applications before. */
  private static List<String> threads(ClassLoader now) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(
            thread -> {
              ClassLoader context = thread.getContextClassLoader();
              return context != null
                  && context != now
                  && context.getClass().getName().equals(now.getClass().getName());
            })
        .map(Thread::getName)
        .sorted()
        .toList();
  }
}
