package io.github.wasmspring.dashboard.view;

import io.github.wasmspring.WasmSeverity;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.event.WasmEvent;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says in words what events are. Of one that it does not know it says what stands in it. */
final class EventTexts {

  private static final String INFO = "info";
  private static final String WARNING = "warning";
  private static final String ERROR = "error";
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z])(?=[A-Z])");
  private static final Set<String> NOT_DETAILS = Set.of("module", "version");
  private static final Set<String> BAD_NEWS =
      Set.of("failed", "rolled", "dead", "rejected", "refused");

  private EventTexts() {}

  static String type(WasmEvent event) {
    return event.getClass().getSimpleName();
  }

  /** What failures of a kind have in common; {@code null} for what is told each time. */
  static @Nullable String kind(WasmEvent event) {
    if (event instanceof WasmEvent.CallFailed failed) {
      return String.join("\0", failed.operation(), failed.category().name());
    }
    if (event instanceof WasmEvent.CallRetried retried) {
      return String.join("\0", retried.operation(), retried.category().name());
    }
    if (event instanceof WasmEvent.InstanceDiscarded discarded) {
      return discarded.category().name();
    }
    if (event instanceof WasmEvent.MessageDead dead) {
      return String.join("\0", dead.route(), dead.category().name());
    }
    if (event instanceof WasmEvent.SessionReclaimed reclaimed) {
      return reclaimed.why().name();
    }
    if (event instanceof WasmEvent.TenantRefused refused) {
      return String.join("\0", refused.tenant(), refused.limit());
    }
    return null;
  }

  static String severity(WasmEvent event) {
    if (event instanceof WasmEvent.CallFailed failed) {
      return failed.category().severity() == WasmSeverity.INFO ? INFO : WARNING;
    }
    if (event instanceof WasmEvent.ModuleFailed
        || event instanceof WasmEvent.CompilationFailed
        || event instanceof WasmEvent.OperationQuarantined) {
      return ERROR;
    }
    if (event instanceof WasmEvent.MemoryAlert alert) {
      return alert.raised() ? WARNING : INFO;
    }
    if (event instanceof WasmEvent.InstanceDiscarded
        || event instanceof WasmEvent.MessageDead
        || event instanceof WasmEvent.SessionReclaimed
        || event instanceof WasmEvent.CallRetried) {
      return WARNING;
    }
    String words = words(event);
    return BAD_NEWS.stream().anyMatch(words::contains) ? WARNING : INFO;
  }

  static String text(WasmEvent event) {
    if (event instanceof WasmEvent.ModuleRegistered) {
      return "was registered";
    }
    if (event instanceof WasmEvent.ModuleUnregistered) {
      return "was unregistered";
    }
    if (event instanceof WasmEvent.ModuleLoading) {
      return "is being loaded";
    }
    if (event instanceof WasmEvent.ModuleReady ready) {
      return "was made ready by %s in %s".formatted(ready.engine(), shown(ready.duration()));
    }
    if (event instanceof WasmEvent.ModuleFailed failed) {
      return "could not be loaded (%s, after %s): %s"
          .formatted(failed.category(), shown(failed.duration()), failed.message());
    }
    if (event instanceof WasmEvent.ModuleCompiled compiled) {
      return "was compiled by %s in %s%s"
          .formatted(
              compiled.engine(),
              shown(compiled.duration()),
              compiled.background() ? ", in the background" : "");
    }
    if (event instanceof WasmEvent.CompilationFailed failed) {
      return "could not be compiled (%s, after %s)%s: %s"
          .formatted(
              failed.category(),
              shown(failed.duration()),
              failed.background() ? ", so that the interpreter goes on" : "",
              failed.message());
    }
    if (event instanceof WasmEvent.EngineSwapped swapped) {
      return "runs on %s now, instead of %s".formatted(swapped.to(), swapped.from());
    }
    if (event instanceof WasmEvent.InstanceDiscarded discarded) {
      return "lost an instance (%s)".formatted(discarded.category());
    }
    return callText(event);
  }

  private static String callText(WasmEvent event) {
    if (event instanceof WasmEvent.CallFailed failed) {
      return "%s failed (%s)%s: %s"
          .formatted(
              failed.operation(),
              failed.category(),
              failed.fallback() ? ", and Java answered" : "",
              failed.message());
    }
    if (event instanceof WasmEvent.CallRetried retried) {
      return "%s is tried again (%s), attempt %d"
          .formatted(retried.operation(), retried.category(), retried.attempt());
    }
    if (event instanceof WasmEvent.OperationQuarantined quarantined) {
      return "%s is in quarantine after %d failures in a row (%s): %s"
          .formatted(
              quarantined.operation(),
              quarantined.failures(),
              quarantined.category(),
              quarantined.message());
    }
    if (event instanceof WasmEvent.OperationReleased released) {
      return "%s is called again after %s in quarantine"
          .formatted(released.operation(), shown(released.duration()));
    }
    if (event instanceof WasmEvent.ChoiceSwitched switched) {
      return "%s is answered by %s now, which is %s"
          .formatted(
              switched.operation(),
              switched.chosen() == WasmSource.WASM ? "WebAssembly" : "Java",
              switched.why() == WasmEvent.ChoiceSwitched.Reason.QUICKER
                  ? "quicker"
                  : "not failing");
    }
    if (event instanceof WasmEvent.MessageDead dead) {
      return "did not take a message of %s on route %s (%s, %d attempts): %s"
          .formatted(dead.topic(), dead.route(), dead.category(), dead.attempts(), dead.message());
    }
    if (event instanceof WasmEvent.RolloutStarted started) {
      return "version %s is on trial and gets %d %% of the calls"
          .formatted(started.to(), started.share());
    }
    if (event instanceof WasmEvent.RolloutPromoted promoted) {
      return "runs other code now, in place of version %s: %s"
          .formatted(promoted.from(), promoted.reason());
    }
    if (event instanceof WasmEvent.RolloutRolledBack rolledBack) {
      return "runs the code that it ran before, version %s was given up: %s"
          .formatted(rolledBack.rejected(), rolledBack.reason());
    }
    if (event instanceof WasmEvent.MemoryAlert alert) {
      return alert.raised()
          ? "has %,d of %,d bytes of memory, more than %d %%"
              .formatted(alert.bytes(), alert.limit(), alert.threshold())
          : "is below %d %% of its memory again".formatted(alert.threshold());
    }
    if (event instanceof WasmEvent.SessionReclaimed reclaimed) {
      return "lost a session that was open for %s (%s)"
          .formatted(shown(reclaimed.open()), reclaimed.why());
    }
    if (event instanceof WasmEvent.TenantRefused refused) {
      return "%s was refused to tenant %s, which has had what it may have (%s), %s"
          .formatted(
              refused.operation(),
              refused.tenant(),
              refused.limit(),
              refused.times() == 1 ? "once" : "%,d times".formatted(refused.times()));
    }
    return pluginText(event);
  }

  private static String pluginText(WasmEvent event) {
    if (event instanceof WasmEvent.PluginInstalled installed) {
      return "was installed as a plug-in, from %s".formatted(installed.source());
    }
    if (event instanceof WasmEvent.PluginUpdated updated) {
      return "runs revision %d of the plug-in now, from %s, in place of version %s"
          .formatted(updated.revision(), updated.source(), updated.from());
    }
    if (event instanceof WasmEvent.PluginRefused refused) {
      return "was refused as a plug-in (%s): %s".formatted(refused.category(), refused.message());
    }
    if (event instanceof WasmEvent.PluginRolledBack rolledBack) {
      return "runs revision %d of the plug-in again, version %s was given up: %s"
          .formatted(rolledBack.revision(), rolledBack.from(), rolledBack.reason());
    }
    if (event instanceof WasmEvent.PluginEnabled) {
      return "was switched on";
    }
    if (event instanceof WasmEvent.PluginDisabled) {
      return "was switched off";
    }
    if (event instanceof WasmEvent.PluginRemoved) {
      return "was removed, with all revisions of the plug-in";
    }
    return unknown(event);
  }

  private static String words(WasmEvent event) {
    return HUMP.matcher(type(event)).replaceAll(" ").toLowerCase(Locale.ROOT);
  }

  private static String unknown(WasmEvent event) {
    StringBuilder text = new StringBuilder(words(event));
    String separator = ": ";
    for (Map.Entry<String, Object> detail : details(event).entrySet()) {
      text.append(separator).append(detail.getKey()).append(' ').append(detail.getValue());
      separator = ", ";
    }
    return text.toString();
  }

  /** What stands in it besides the module, durations in nanoseconds. */
  static Map<String, Object> details(WasmEvent event) {
    Map<String, Object> details = new LinkedHashMap<>();
    for (RecordComponent component : event.getClass().getRecordComponents()) {
      if (NOT_DETAILS.contains(component.getName())) {
        continue;
      }
      Object value;
      try {
        value = component.getAccessor().invoke(event);
      } catch (ReflectiveOperationException unreadable) {
        continue;
      }
      if (value instanceof Duration duration) {
        details.put(component.getName() + "Nanos", duration.toNanos());
      } else if (value instanceof Number || value instanceof Boolean) {
        details.put(component.getName(), value);
      } else if (value != null) {
        details.put(component.getName(), CutText.of(value.toString()));
      }
    }
    return details;
  }

  /** A duration with two or three digits and its unit. */
  static String shown(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 1) {
      return duration.toNanos() / 1_000 + " µs";
    }
    if (millis < 1_000) {
      return millis + " ms";
    }
    return millis < 100_000
        ? String.format(Locale.ROOT, "%.1f s", millis / 1_000.0)
        : duration.toMinutes() + " min";
  }
}
