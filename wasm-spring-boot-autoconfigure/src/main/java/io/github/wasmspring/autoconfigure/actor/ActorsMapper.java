package io.github.wasmspring.autoconfigure.actor;

import io.github.wasmspring.actor.WasmActorSettings;
import io.github.wasmspring.actor.WasmActorType;
import io.github.wasmspring.actor.WasmActorsBuilder;
import io.github.wasmspring.actor.WasmMailboxPolicy;
import io.github.wasmspring.autoconfigure.SettingsMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** Tells what the properties say of actors. */
final class ActorsMapper {

  private static final String PREFIX = "wasm.actors";

  private final WasmActorsProperties properties;

  ActorsMapper(WasmActorsProperties properties) {
    this.properties = properties;
  }

  /**
   * @param beans types whose settings the properties change where they name them
   * @throws InvalidConfigurationPropertyValueException if a value can never be
   */
  void map(WasmActorsBuilder actors, List<WasmActorType> beans) {
    SettingsMapper mapper = new SettingsMapper(PREFIX, () -> "");
    mapper.map("threads", this.properties.getThreads(), actors::threads);
    mapper.map("max-actors", this.properties.getMaxActors(), actors::maxActors);
    mapper.map("max-live", this.properties.getMaxLive(), actors::maxLive);
    mapper.mapSize("max-memory", this.properties.getMaxMemory(), actors::maxMemory);
    mapper.map("hibernate-after", this.properties.getHibernateAfter(), actors::hibernateAfter);
    actors.hibernateDirectory(this.properties.getHibernateDirectory());
    mapper.map("ask-timeout", this.properties.getAskTimeout(), actors::askTimeout);
    mapper.map("stop-timeout", this.properties.getStopTimeout(), actors::stopTimeout);
    mapper.map("dead-letters", this.properties.getDeadLetters(), actors::deadLetters);
    types(beans).forEach((name, type) -> actors.type(type));
  }

  private Map<String, WasmActorType> types(List<WasmActorType> beans) {
    Map<String, WasmActorType> types = new LinkedHashMap<>();
    beans.forEach(bean -> types.put(bean.name(), bean));
    this.properties
        .getTypes()
        .forEach((name, wanted) -> types.put(name, type(name, wanted, types.get(name))));
    return types;
  }

  private static WasmActorType type(
      String name, WasmActorsProperties.Type wanted, @Nullable WasmActorType bean) {
    String module = wanted.getModule();
    WasmActorType type =
        SettingsMapper.checked(
            PREFIX + ".types",
            name,
            () -> WasmActorType.ofModule(name, module == null ? name : module));
    if (bean != null) {
      type =
          new WasmActorType(
              name,
              module == null ? bean.module() : module,
              bean.range(),
              bean.behavior(),
              bean.settings());
    }
    if (wanted.getVersion() != null) {
      type = type.withRange(wanted.getVersion());
    }
    WasmActorSettings.Builder settings = WasmActorSettings.builder(type.settings());
    SettingsMapper mapper = new SettingsMapper(PREFIX + ".types." + name, settings::build);
    mapper.map("mailbox", wanted.getMailbox(), settings::mailbox);
    mapper.map(
        "mailbox-policy",
        wanted.getMailboxPolicy(),
        policy -> settings.mailboxPolicy(policy(policy)));
    mapper.map("stash", wanted.getStash(), settings::stash);
    mapper.map("timers", wanted.getTimers(), settings::timers);
    mapper.map("restarts", wanted.getRestarts(), settings::restarts);
    mapper.map("restart-period", wanted.getRestartPeriod(), settings::restartPeriod);
    mapper.map("snapshot-every", wanted.getSnapshotEvery(), settings::snapshotEvery);
    mapper.map("message-timeout", wanted.getMessageTimeout(), settings::messageTimeout);
    mapper.mapSize("memory", wanted.getMemory(), settings::memory);
    return type.withSettings(settings.build());
  }

  /** The properties know no type of the jar, which need not be there. */
  private static WasmMailboxPolicy policy(String name) {
    for (WasmMailboxPolicy policy : WasmMailboxPolicy.values()) {
      if (policy.name().equalsIgnoreCase(name)) {
        return policy;
      }
    }
    throw new IllegalArgumentException("A full mailbox can reject or drop, not " + name);
  }
}
