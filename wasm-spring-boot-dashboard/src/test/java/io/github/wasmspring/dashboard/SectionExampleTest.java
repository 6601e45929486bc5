package io.github.wasmspring.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SectionExampleTest {

  @Test
  void theSectionOfTheDocumentationIsShown() throws Exception {
    try (DashboardServer server =
        DashboardServer.onLoopback(new Class<?>[] {SectionExample.class})) {
      JsonNode section = server.json("/api/snapshot").get("sections").get(0);

      assertThat(section.get("title").stringValue()).isEqualTo("Rules");
      JsonNode rows = section.get("data").get("rows");
      assertThat(rows.get(1).get("key").stringValue()).isEqualTo("shipping");
      assertThat(rows.get(1).get("cells").get("hits").longValue()).isEqualTo(12);
    }
  }
}
