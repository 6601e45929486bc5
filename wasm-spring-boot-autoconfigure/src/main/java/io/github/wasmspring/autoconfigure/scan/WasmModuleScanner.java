package io.github.wasmspring.autoconfigure.scan;

import io.github.wasmspring.WasmHostFunctions;
import io.github.wasmspring.WasmModule;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * Finds {@link WasmModule} interfaces and classes and {@link WasmHostFunctions} classes, nested and
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

  List<Class<?>> scan(Collection<String> packages) {
    return packages.stream()
        .flatMap(name -> findCandidateComponents(name).stream())
        .map(BeanDefinition::getBeanClassName)
        .distinct()
        .<Class<?>>map(
            name -> ClassUtils.resolveClassName(Objects.requireNonNull(name), this.classLoader))
        .toList();
  }

  @Override
  protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
    AnnotationMetadata type = definition.getMetadata();
    return type.isIndependent()
        && !type.isAnnotation()
        && (type.isInterface() && type.hasAnnotation(WasmModule.class.getName())
            || type.isConcrete());
  }
}
