package io.github.wasmspring.internal.plugin;

import io.github.wasmspring.internal.module.ShownText;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.plugin.WasmPluginOutcome;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is stored of a plug-in, as a file has it. What is read is believed in nothing: each value is
 * one that could have been written.
 */
final class StoredPluginJson {

  private static final int FORMAT = 1;
  private static final int LONGEST_TEXT = 100_000;
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StoredPluginJson() {}

  /**
   * @throws DamagedPluginException if it has a text that is none
   */
  static byte[] write(StoredPlugin plugin) throws DamagedPluginException {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("format", FORMAT);
    root.put("id", plugin.id());
    root.put("enabled", plugin.enabled());
    root.put("fileGone", plugin.fileGone());
    root.put("active", plugin.active());
    root.put("activeSince", plugin.activeSince().toString());
    root.put("last", plugin.last());
    ArrayNode before = root.putArray("before");
    plugin.before().forEach(before::add);
    ArrayNode revisions = root.putArray("revisions");
    plugin.revisions().forEach(revision -> write(revision, revisions.addObject()));
    try {
      return MAPPER.writeValueAsBytes(root);
    } catch (JacksonException unfit) {
      throw new DamagedPluginException("it can't be written: " + shown(unfit.getOriginalMessage()));
    }
  }

  private static void write(StoredRevision revision, ObjectNode node) {
    node.put("number", revision.number());
    node.put("version", revision.version());
    putUnlessNull(node, "digest", revision.digest());
    node.put("size", revision.size());
    node.put("source", revision.source());
    putUnlessNull(node, "signer", revision.signer());
    putUnlessNull(node, "signature", revision.signature());
    node.put("description", revision.description());
    ObjectNode dependencies = node.putObject("dependencies");
    new TreeMap<>(revision.dependencies()).forEach(dependencies::put);
    node.put("installedAt", revision.installedAt().toString());
    putUnlessNull(node, "installedBy", revision.installedBy());
    node.put("outcome", revision.outcome().name());
    putUnlessNull(node, "note", revision.note());
  }

  private static void putUnlessNull(ObjectNode node, String name, @Nullable String value) {
    if (value != null) {
      node.put(name, value);
    }
  }

  /**
   * @param id of the plug-in whose file it is
   * @throws DamagedPluginException if nobody has written that
   */
  static StoredPlugin read(String id, byte[] file) throws DamagedPluginException {
    try {
      return read(id, MAPPER.readTree(file));
    } catch (JacksonException malformed) {
      throw new DamagedPluginException("it is not JSON: " + shown(malformed.getOriginalMessage()));
    } catch (DateTimeException | IllegalArgumentException | ArithmeticException unfit) {
      throw new DamagedPluginException(shown(unfit.getMessage()));
    }
  }

  private static String shown(@Nullable String message) {
    return ShownText.of(String.valueOf(message));
  }

  private static StoredPlugin read(String id, JsonNode root) throws DamagedPluginException {
    require(root.isObject(), "it is no object");
    int format = number(root, "format");
    require(
        format == FORMAT, "its format is %d, and this version reads %d".formatted(format, FORMAT));
    require(text(root, "id").equals(id), "it is of another plug-in");
    WasmModuleDescriptor.builder(id);
    List<StoredRevision> revisions = new ArrayList<>();
    for (JsonNode each : array(root, "revisions")) {
      StoredRevision revision = revision(id, each);
      require(
          revisions.isEmpty() || revisions.get(revisions.size() - 1).number() < revision.number(),
          "its revisions are not in order");
      revisions.add(revision);
    }
    List<Integer> before = new ArrayList<>();
    for (JsonNode each : array(root, "before")) {
      require(each.canConvertToInt() && each.isIntegralNumber(), "before has no numbers");
      before.add(each.intValue());
    }
    StoredPlugin plugin =
        new StoredPlugin(
            id,
            flag(root, "enabled"),
            flag(root, "fileGone"),
            number(root, "active"),
            time(root, "activeSince"),
            number(root, "last"),
            before,
            revisions);
    requireConsistent(plugin);
    return plugin;
  }

  private static void requireConsistent(StoredPlugin plugin) throws DamagedPluginException {
    StoredRevision active = plugin.find(plugin.active());
    require(
        active != null && active.outcome() == WasmPluginOutcome.ACTIVE,
        "its active revision is missing");
    Set<Integer> seen = new HashSet<>();
    for (StoredRevision revision : plugin.revisions()) {
      require(
          revision.number() > 0 && revision.number() <= plugin.last(),
          "it has a revision of an impossible number");
      require(
          revision.outcome() != WasmPluginOutcome.ACTIVE || revision.number() == plugin.active(),
          "two of its revisions are active");
    }
    for (int number : plugin.before()) {
      StoredRevision earlier = plugin.find(number);
      require(
          earlier != null && earlier.kept() && number != plugin.active() && seen.add(number),
          "a revision that it can go back to is missing");
    }
  }

  private static StoredRevision revision(String id, JsonNode node) throws DamagedPluginException {
    require(node.isObject(), "a revision is no object");
    WasmPluginOutcome outcome = WasmPluginOutcome.valueOf(text(node, "outcome"));
    String digest = textOrNull(node, "digest");
    require(
        digest == null ? outcome == WasmPluginOutcome.REFUSED : DIGEST.matcher(digest).matches(),
        "a digest is none");
    long size = size(node);
    Map<String, String> dependencies = new LinkedHashMap<>();
    JsonNode needed = node.path("dependencies");
    require(needed.isObject(), "dependencies are missing");
    for (Map.Entry<String, JsonNode> each : needed.properties()) {
      require(each.getValue().isString(), "a dependency is no text");
      dependencies.put(each.getKey(), each.getValue().stringValue());
    }
    String version = text(node, "version");
    WasmModuleDescriptor.Builder builder = WasmModuleDescriptor.builder(id).version(version);
    dependencies.forEach(builder::dependency);
    return new StoredRevision(
        number(node, "number"),
        version,
        digest,
        size,
        text(node, "source"),
        textOrNull(node, "signer"),
        textOrNull(node, "signature"),
        text(node, "description"),
        dependencies,
        time(node, "installedAt"),
        textOrNull(node, "installedBy"),
        outcome,
        textOrNull(node, "note"));
  }

  private static long size(JsonNode node) throws DamagedPluginException {
    JsonNode size = node.path("size");
    require(
        size.isIntegralNumber() && size.canConvertToInt() && size.intValue() >= 0,
        "size is no size");
    return size.intValue();
  }

  private static Iterable<JsonNode> array(JsonNode node, String name)
      throws DamagedPluginException {
    JsonNode array = node.path(name);
    require(array.isArray(), name + " is no list");
    return array;
  }

  private static int number(JsonNode node, String name) throws DamagedPluginException {
    JsonNode number = node.path(name);
    require(number.isIntegralNumber() && number.canConvertToInt(), name + " is no number");
    return number.intValue();
  }

  private static boolean flag(JsonNode node, String name) throws DamagedPluginException {
    JsonNode flag = node.path(name);
    require(flag.isBoolean(), name + " is neither true nor false");
    return flag.booleanValue();
  }

  private static Instant time(JsonNode node, String name) throws DamagedPluginException {
    return Instant.parse(text(node, name));
  }

  private static String text(JsonNode node, String name) throws DamagedPluginException {
    String text = textOrNull(node, name);
    if (text == null) {
      throw new DamagedPluginException(name + " is missing");
    }
    return text;
  }

  private static @Nullable String textOrNull(JsonNode node, String name)
      throws DamagedPluginException {
    JsonNode text = node.path(name);
    if (text.isMissingNode()) {
      return null;
    }
    require(text.isString() && text.stringValue().length() <= LONGEST_TEXT, name + " is no text");
    return text.stringValue();
  }

  private static void require(boolean holds, String reason) throws DamagedPluginException {
    if (!holds) {
      throw new DamagedPluginException(reason);
    }
  }
}
