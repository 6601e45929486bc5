package io.github.wasmspring.actor;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** Reads what a module answers with, which may be anything. */
final class EffectReader {

  private static final int MOST = 1000;
  private static final int LONGEST_NAME = 200;
  private static final long LONGEST_MILLIS = Duration.ofDays(365).toMillis();

  static WasmExecutionException broken(String what, @Nullable Throwable cause) {
    return new WasmExecutionException(
        WasmErrorCategory.TRAP,
        "the behaviour has to answer with nothing, or with {\"effects\": […]} in JSON; it is "
            + what,
        cause);
  }

  List<WasmEffect> read(JsonNode answer) {
    if (!answer.isObject()) {
      throw broken("no object", null);
    }
    JsonNode protocol = answer.get("protocol");
    if (protocol != null && protocol.asInt(0) != ActorJson.PROTOCOL) {
      throw broken(
          "of protocol %s, and known is %d".formatted(shown(protocol), ActorJson.PROTOCOL), null);
    }
    JsonNode effects = answer.get("effects");
    if (effects == null || effects.isNull()) {
      return List.of();
    }
    if (!effects.isArray() || effects.size() > MOST) {
      throw broken("without an array of at most %d effects".formatted(MOST), null);
    }
    List<WasmEffect> read = new ArrayList<>(effects.size());
    for (int i = 0; i < effects.size(); i++) {
      try {
        read.add(effect(effects.get(i)));
      } catch (IllegalArgumentException unreadable) {
        throw broken("not so in effects[%d]: %s".formatted(i, unreadable.getMessage()), unreadable);
      }
    }
    return read;
  }

  private static WasmEffect effect(JsonNode effect) {
    String kind = text(effect, "do");
    return switch (kind) {
      case "reply" -> new WasmEffect.Reply(body(effect, "body"));
      case "send" ->
          new WasmEffect.Send(actor(effect, "to"), text(effect, "message"), body(effect, "body"));
      case "spawn" -> new WasmEffect.Spawn(actor(effect, "actor"), body(effect, "config"));
      case "stop" -> new WasmEffect.Stop();
      case "timer" -> timer(effect);
      case "cancel-timer" -> new WasmEffect.CancelTimer(text(effect, "name"));
      case "watch" -> new WasmEffect.Watch(actor(effect, "actor"));
      case "unwatch" -> new WasmEffect.Unwatch(actor(effect, "actor"));
      case "stash" -> new WasmEffect.Stash();
      case "unstash" -> new WasmEffect.Unstash();
      case "subscribe" -> new WasmEffect.Subscribe(text(effect, "topic"));
      case "unsubscribe" -> new WasmEffect.Unsubscribe(text(effect, "topic"));
      case "publish" -> new WasmEffect.Publish(text(effect, "topic"), body(effect, "body"));
      default ->
          throw new IllegalArgumentException(
              "there is no effect '%s'; there are reply, send, spawn, stop, timer, cancel-timer, watch, unwatch, stash, unstash, subscribe, unsubscribe and publish"
                  .formatted(kind));
    };
  }

  private static WasmEffect timer(JsonNode effect) {
    Duration every = effect.has("every") ? millis(effect, "every") : null;
    Duration after = effect.has("after") || every == null ? millis(effect, "after") : every;
    return new WasmEffect.Timer(
        text(effect, "name"), after, every, text(effect, "message"), body(effect, "body"));
  }

  private static Duration millis(JsonNode effect, String field) {
    JsonNode value = effect.get(field);
    if (value == null
        || !value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < 1
        || value.longValue() > LONGEST_MILLIS) {
      throw new IllegalArgumentException(
          "'%s' has to be milliseconds, from 1 to %d, not %s"
              .formatted(field, LONGEST_MILLIS, shown(value)));
    }
    return Duration.ofMillis(value.longValue());
  }

  private static WasmActorRef actor(JsonNode effect, String field) {
    return WasmActorRef.parse(string(effect, field, 2 * LONGEST_NAME));
  }

  private static String text(JsonNode effect, String field) {
    return string(effect, field, LONGEST_NAME);
  }

  private static String string(JsonNode effect, String field, int longest) {
    JsonNode value = effect.get(field);
    if (value == null || !value.isString() || value.stringValue().isEmpty()) {
      throw new IllegalArgumentException(
          "'%s' has to be text, not %s".formatted(field, shown(value)));
    }
    String text = value.stringValue();
    if (text.length() > longest) {
      throw new IllegalArgumentException(
          "'%s' has more than %d characters".formatted(field, longest));
    }
    return text;
  }

  private static JsonNode body(JsonNode effect, String field) {
    JsonNode value = effect.get(field);
    return value == null ? NullNode.getInstance() : value;
  }

  private static String shown(@Nullable JsonNode value) {
    String text = value == null ? "missing" : value.toString();
    return text.length() > 100 ? text.substring(0, 100) + "…" : text;
  }
}
