import io.github.wasmspring.WasmResult;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.runtime.WasmRuntime;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.sample.SampleApplication;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Uses modules on threads whose context class loader sees nothing of the executable jar that this
 * runs in, or that have none: with and without Spring, with providers and {@code classpath:}
 * locations.
 */
public class OtherThreads {

  public static void main(String[] args) throws Exception {
    onOtherThreads("Without Spring", OtherThreads::withoutSpring);
    SpringApplication sample = new SpringApplication(SampleApplication.class);
    sample.setWebApplicationType(WebApplicationType.NONE);
    try (ConfigurableApplicationContext context = sample.run(args)) {
      WasmModuleManager modules = context.getBean(WasmModuleManager.class);
      onOtherThreads("With Spring", () -> withSpring(modules));
    }
    System.exit(0);
  }

  /** Tasks that nobody but these threads runs, unlike those of a pool that whoever waits helps. */
  private static void onOtherThreads(String what, Callable<String> work) throws Exception {
    FutureTask<String> pooled = new FutureTask<>(unseen(work));
    ForkJoinPool.commonPool().execute(pooled);
    System.out.println(what + ", in the common pool: " + pooled.get());

    FutureTask<String> bare = new FutureTask<>(unseen(work));
    Thread thread = new Thread(bare);
    thread.setContextClassLoader(null);
    thread.start();
    System.out.println(what + ", without a context class loader: " + bare.get());
  }

  /** The work, once it is sure that the thread does not see the application by itself. */
  private static Callable<String> unseen(Callable<String> work) {
    return () -> {
      ClassLoader context = Thread.currentThread().getContextClassLoader();
      require(
          context == null || context.getResource("wasm/greeter.wasm") == null,
          "this thread sees the application: " + context);
      return work.call();
    };
  }

  private static String withoutSpring() {
    try (WasmRuntime runtime = WasmRuntime.withInstalledModules()) {
      runtime.register(greeter("greeter"));
      return answers(runtime.manager(), "greeter");
    }
  }

  private static String withSpring(WasmModuleManager modules) {
    WasmModuleDescriptor late = greeter("late");
    modules.registry().register(late);
    try {
      return answers(modules, "late");
    } finally {
      modules.registry().unregister(late.id(), late.version());
    }
  }

  private static WasmModuleDescriptor greeter(String id) {
    return WasmModuleDescriptor.builder(id).location("classpath:wasm/greeter.wasm").build();
  }

  /** One module that a provider offers, and one that has a location. */
  private static String answers(WasmModuleManager modules, String greeter) {
    WasmResult<int[]> found =
        modules
            .module("strings")
            .operation("searchAll")
            .input("banana")
            .option("needle", "an")
            .retrieve(int[].class);
    require(found.source() == WasmSource.WASM, "answered by " + found.source());
    require(Arrays.equals(found.value(), new int[] {1, 3}), Arrays.toString(found.value()));
    modules.warmUp(greeter);
    return List.of("strings", greeter).toString();
  }

  private static void require(boolean fulfilled, String message) {
    if (!fulfilled) {
      throw new IllegalStateException(message);
    }
  }
}
