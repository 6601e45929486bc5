package io.github.wasmspring.autoconfigure.check;

import io.github.wasmspring.autoconfigure.check.UnknownWasmPropertiesException.Unknown;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Finds the properties below {@code wasm} that nobody reads. What a class of the application marked
 * with {@link ConfigurationProperties} reads is the application's own.
 */
final class UnknownProperties {

  private static final Logger logger = LoggerFactory.getLogger(UnknownProperties.class);
  private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("wasm");

  private final Environment environment;
  private final List<Class<?>> types;

  /**
   * @param types that our properties are bound to
   */
  UnknownProperties(Environment environment, List<Class<?>> types) {
    this.environment = environment;
    this.types = types;
  }

  /**
   * @throws UnknownWasmPropertiesException if there are any
   */
  void refuse(ConfigurableListableBeanFactory beanFactory) {
    Map<ConfigurationPropertyName, ConfigurationPropertySource> written = written();
    if (written.isEmpty()) {
      return;
    }
    NamePart.Group names = PropertyNames.of(this.types);
    NameCheck check = new NameCheck(names);
    written.entrySet().removeIf(each -> check.isKnown(written(each.getKey(), each.getValue())));
    if (written.isEmpty()) {
      return;
    }
    Set<ConfigurationPropertyName> others = readByOthers(beanFactory);
    NameAdvice advice = new NameAdvice(names);
    List<Unknown> unknown = new ArrayList<>();
    List<String> foreign = new ArrayList<>();
    written.forEach(
        (name, source) -> {
          WrittenName asWritten = written(name, source);
          if (others.stream().anyMatch(other -> other.equals(name) || other.isAncestorOf(name))) {
            return;
          }
          if (check.isForeign(asWritten)) {
            foreign.add(asWritten.toString());
          } else {
            unknown.add(
                new Unknown(asWritten.toString(), origin(name, source), advice.on(asWritten)));
          }
        });
    if (!unknown.isEmpty()) {
      throw new UnknownWasmPropertiesException(unknown);
    }
    if (!foreign.isEmpty()) {
      logger.warn(
          "Environment variables that begin like properties below 'wasm' but are none: {}",
          foreign);
    }
  }

  private Map<ConfigurationPropertyName, ConfigurationPropertySource> written() {
    Map<ConfigurationPropertyName, ConfigurationPropertySource> written = new LinkedHashMap<>();
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
      if (source instanceof IterableConfigurationPropertySource iterable) {
        iterable.stream().filter(PREFIX::isAncestorOf).forEach(n -> written.putIfAbsent(n, source));
      }
    }
    return written;
  }

  private static WrittenName written(
      ConfigurationPropertyName name, ConfigurationPropertySource source) {
    return WrittenName.of(
        name, source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource);
  }

  private static org.springframework.boot.origin.@Nullable Origin origin(
      ConfigurationPropertyName name, ConfigurationPropertySource source) {
    ConfigurationProperty property = source.getConfigurationProperty(name);
    return property == null ? null : property.getOrigin();
  }

  private Set<ConfigurationPropertyName> readByOthers(ConfigurableListableBeanFactory beanFactory) {
    Set<ConfigurationPropertyName> names = new LinkedHashSet<>();
    for (String bean : beanFactory.getBeanNamesForAnnotation(ConfigurationProperties.class)) {
      Class<?> type = beanFactory.getType(bean, false);
      if (type != null && !this.types.contains(type)) {
        names.addAll(read(beanFactory, bean, type));
      }
    }
    return names;
  }

  private static List<ConfigurationPropertyName> read(
      ConfigurableListableBeanFactory beanFactory, String bean, Class<?> type) {
    ConfigurationProperties marker =
        Objects.requireNonNull(
            beanFactory.findAnnotationOnBean(bean, ConfigurationProperties.class, false));
    String prefix = marker.value().isEmpty() ? marker.prefix() : marker.value();
    ConfigurationPropertyName name = ConfigurationPropertyName.ofIfValid(prefix);
    if (name != null && PREFIX.equals(name)) {
      return properties(type)
          .map(each -> ConfigurationPropertyName.adapt("wasm." + each, '.'))
          .toList();
    }
    return name != null && PREFIX.isAncestorOf(name) ? List.of(name) : List.of();
  }

  private static Stream<String> properties(Class<?> type) {
    return type.isRecord()
        ? Stream.of(type.getRecordComponents()).map(RecordComponent::getName)
        : Stream.of(BeanUtils.getPropertyDescriptors(type)).map(property -> property.getName());
  }
}
