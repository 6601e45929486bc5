package io.github.wasmspring.code;

import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Code that was made of other code.
 *
 * @param code the text
 * @param map where its parts were, as a source map of version 3 (ECMA-426) without names of files
 */
public record CodeOutput(String code, String map) {

  private static final JsonMapper JSON = JsonMapper.shared();

  public CodeOutput {
    Objects.requireNonNull(code, "There is no code");
    Objects.requireNonNull(map, "There is no map");
  }

  /**
   * The map with names of files.
   *
   * @param file of the code
   * @param source of what it was made of
   * @param content what it was made of, to be in the map
   */
  public String map(String file, String source, String content) {
    ObjectNode names = (ObjectNode) JSON.readTree(this.map);
    ObjectNode full = JSON.createObjectNode();
    full.put("version", 3).put("file", file);
    full.putArray("sources").add(source);
    full.putArray("sourcesContent").add(content);
    full.set("names", names.get("names"));
    full.set("mappings", names.get("mappings"));
    return JSON.writeValueAsString(full);
  }
}
