package io.github.wasmspring.autoconfigure.scan;

import io.github.wasmspring.WasmHostFunctions;
import io.github.wasmspring.WasmModule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * Finds types marked with {@link WasmModule} or {@link WasmHostFunctions}, nested and
 * package-private ones included.
 */
final class WasmModuleScanner extends ClassPathScanningCandidateComponentProvider {

  private final ClassLoader classLoader;

  WasmModuleScanner(Environment environment, ResourceLoader resources, ClassLoader classLoader) {
    super(false, environment);
    setResourceLoader(resources);
    addIncludeFilter(new AnnotationTypeFilter(WasmModule.class, false, false));
    addIncludeFilter(new AnnotationTypeFilter(WasmHostFunctions.class, false, false));
    this.classLoader = classLoader;
  }

  /**
   * @throws WasmModuleDefinitionException if no bean can be made of a type that is marked
   */
  List<MarkedType> scan(Collection<String> packages) {
    Map<String, BeanDefinition> found = new LinkedHashMap<>();
    for (String name : packages) {
      for (BeanDefinition candidate : findCandidateComponents(name)) {
        found.putIfAbsent(Objects.requireNonNull(candidate.getBeanClassName()), candidate);
      }
    }
    List<MarkedType> marked = new ArrayList<>();
    for (Map.Entry<String, BeanDefinition> each : found.entrySet()) {
      Class<?> type = load(each.getKey());
      if (!type.isLocalClass()) {
        marked.add(new MarkedType(type, origin(each.getValue())));
      }
    }
    return marked;
  }

  private Class<?> load(String name) {
    return ClassUtils.resolveClassName(name, this.classLoader);
  }

  private static String origin(BeanDefinition candidate) {
    return ((Resource) Objects.requireNonNull(candidate.getSource())).getDescription();
  }

  /** All of them: what is marked and can't be a bean is not passed over in silence. */
  @Override
  protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
    return true;
  }
}
