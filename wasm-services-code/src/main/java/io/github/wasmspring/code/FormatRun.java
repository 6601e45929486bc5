package io.github.wasmspring.code;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.code.CodeException.Reason;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Formats by one configuration, until nothing changes any more.
 *
 * <p>Nobody waits for an instance while he has one: a guest that asks for parts of its text to be
 * formatted is told that they are fine, its instance is given back, and when the parts have been
 * formatted another one gets them.
 */
final class FormatRun {

  /** As often as the command of dprint does. */
  private static final int MOST_PASSES = 5;

  private final WasmModuleManager manager;
  private final int maxLength;
  private final Map<DprintPlugin, String> configurations = new ConcurrentHashMap<>();
  private final Set<DprintPlugin> accepted = ConcurrentHashMap.newKeySet();

  FormatRun(WasmModuleManager manager, CodeFormatSettings settings) {
    this.manager = manager;
    this.maxLength = settings.maxLength();
    for (DprintPlugin plugin : EnumSet.allOf(DprintPlugin.class)) {
      this.configurations.put(plugin, DprintConfiguration.of(settings, plugin));
    }
  }

  private record Part(String file, String text, @Nullable String override) {}

  String format(String text, CodeLanguage language) {
    DprintPlugin plugin = DprintPlugin.of(language);
    if (text.length() > this.maxLength) {
      throw new CodeException(
          Reason.TOO_LARGE,
          "The %s has %d chars, more than the %d that the settings of the formatter allow"
              .formatted(language, text.length(), this.maxLength));
    }
    FormatChecks.requireText(text, language);
    String file = "text." + language.endings().get(0);
    String before = text;
    String after = text;
    try {
      // What a pass has moved, the next one may move on.
      for (int pass = 0; pass < MOST_PASSES && (pass == 0 || !after.equals(before)); pass++) {
        before = after;
        after = format(plugin, new Part(file, before, null));
      }
      return after;
    } catch (DprintException refusal) {
      throw FormatChecks.refusal(plugin, refusal.text(), before, language);
    }
  }

  private String format(DprintPlugin plugin, Part part) throws DprintException {
    try {
      return plugin == DprintPlugin.MARKDOWN ? markdown(part) : single(plugin, part, null);
    } catch (WasmException failure) {
      throw FormatChecks.failure(plugin, failure);
    }
  }

  private String markdown(Part part) throws DprintException {
    Map<Part, String> parts = new LinkedHashMap<>();
    String formatted =
        single(
            DprintPlugin.MARKDOWN,
            part,
            (file, text, override) -> {
              parts.put(new Part(file, text, override), text);
              return text;
            });
    Map<Part, DprintException> broken = new LinkedHashMap<>();
    parts.replaceAll((each, text) -> nested(each, broken));
    if (broken.isEmpty()
        && parts.entrySet().stream()
            .allMatch(each -> each.getKey().text().equals(each.getValue()))) {
      return formatted;
    }
    return single(
        DprintPlugin.MARKDOWN,
        part,
        (file, text, override) -> {
          Part asked = new Part(file, text, override);
          DprintException refusal = broken.get(asked);
          if (refusal != null) {
            throw refusal;
          }
          return parts.getOrDefault(asked, text);
        });
  }

  private String nested(Part part, Map<Part, DprintException> broken) {
    DprintPlugin plugin = FormatChecks.plugin(part.file());
    if (plugin == null || plugin == DprintPlugin.MARKDOWN) {
      return part.text();
    }
    try {
      FormatChecks.requireText(part.text(), CodeLanguage.of(part.file()));
      return format(plugin, part);
    } catch (DprintException refusal) {
      broken.put(part, refusal);
    } catch (CodeException failure) {
      broken.put(part, new DprintException(String.valueOf(failure.getMessage())));
    }
    return part.text();
  }

  private String single(DprintPlugin plugin, Part part, DprintHost.@Nullable Nested nested)
      throws DprintException {
    try (DprintSession session = DprintSession.open(this.manager, plugin)) {
      session.configure(Objects.requireNonNull(this.configurations.get(plugin)));
      if (!this.accepted.contains(plugin)) {
        accept(plugin, session.diagnostics());
      }
      if (nested != null) {
        session.nested(nested);
      }
      String formatted = session.format(part.file(), part.text(), part.override());
      if (plugin == DprintPlugin.TYPESCRIPT) {
        FormatChecks.requireWhole(part.text(), formatted);
      }
      return formatted;
    }
  }

  private void accept(DprintPlugin plugin, String diagnostics) {
    JsonNode problems = JsonMapper.shared().readTree(diagnostics);
    if (!problems.isEmpty()) {
      List<String> said =
          problems
              .valueStream()
              .map(
                  each ->
                      each.path("propertyName").asString() + ": " + each.path("message").asString())
              .toList();
      throw new CodeException(
          Reason.UNSUPPORTED,
          "The module '%s' refuses options of its configuration: %s. The options are listed at https://dprint.dev/plugins/%s/config/"
              .formatted(plugin.module(), String.join("; ", said), plugin.key()));
    }
    this.accepted.add(plugin);
  }
}
