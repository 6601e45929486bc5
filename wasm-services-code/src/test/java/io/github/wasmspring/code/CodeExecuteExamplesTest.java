package io.github.wasmspring.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.runtime.WasmRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the documentation shows. */
class CodeExecuteExamplesTest {

  record Item(String sku, int quantity) {}

  record Order(String customer, List<Item> items) {}

  record Total(double net, double gross) {}

  @Test
  void theExampleOfThePage() {
    try (WasmRuntime runtime = WasmRuntime.withInstalledModules()) {
      CodeExecutor executor = CodeExecutor.of(runtime.manager());
      Map<String, Double> prices = Map.of("apple", 0.5, "pear", 0.75);
      Order order = new Order("Zoë", List.of(new Item("apple", 4), new Item("pear", 2)));
      String source =
          """
          const net = order.items.reduce((sum, item) => sum + item.quantity * price(item.sku), 0);
          console.log('for', order.customer);
          ({ net, gross: net * 1.5 })
          """;
      CodeResult result =
          executor
              .javascript(source)
              .argument("order", order)
              .function("price", given -> prices.get(given.text(0)))
              .timeout(Duration.ofSeconds(2))
              .run();
      Total total = result.as(Total.class);
      assertThat(total).isEqualTo(new Total(3.5, 5.25));
      assertThat(result.console().get(0).text()).isEqualTo("for Zoë");
    }
  }

  @Test
  void modulesAndTheSameEachTime() {
    try (WasmRuntime runtime = WasmRuntime.withInstalledModules()) {
      CodeExecutor executor = CodeExecutor.of(runtime.manager());
      CodeResult result =
          executor
              .module("import { tax } from './lib/tax.js'; export default tax(100);")
              .modules(Map.of("lib/tax.js", "export const tax = net => net * 0.25;"))
              .deterministic(Instant.parse("2026-11-30T12:00:00Z"), 42)
              .timeout(Duration.ofSeconds(2))
              .run();
      assertThat(result.as(Double.class)).isEqualTo(25);
    }
  }

  @Test
  void aLibraryThatIsLoadedOnce() {
    String library = "var rules = { discount: order => order.items.length > 1 ? 0.1 : 0 };";
    try (WasmRuntime runtime =
        WasmRuntime.builder()
            .module(QuickJsModule.descriptor("rules", Map.of("rules.js", library)))
            .build()) {
      CodeExecutor rules =
          CodeExecutor.of(runtime.manager(), CodeExecutorSettings.DEFAULTS.withModule("rules"));
      Order order = new Order("Zoë", List.of(new Item("apple", 4), new Item("pear", 2)));
      CodeScript script = rules.javascript("rules.discount(order)").argument("order", order);
      assertThat(script.timeout(Duration.ofSeconds(2)).run().as(Double.class)).isEqualTo(0.1);
    }
  }
}
