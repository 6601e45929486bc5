package io.github.wasmspring.dashboard.view;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON of the dashboard, however the application writes its own. */
public final class DashboardJson {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private DashboardJson() {}

  /** In one line. */
  public static byte[] write(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /**
   * @throws JacksonException if it is no JSON
   */
  public static JsonNode read(byte[] json) {
    return MAPPER.readTree(json);
  }
}
