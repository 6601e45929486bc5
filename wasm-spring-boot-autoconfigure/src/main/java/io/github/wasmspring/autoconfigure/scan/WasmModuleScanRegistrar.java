package io.github.wasmspring.autoconfigure.scan;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

/** Notes the packages of a {@link WasmModuleScan} for the {@link WasmModuleBeanRegistrar}. */
final class WasmModuleScanRegistrar implements ImportBeanDefinitionRegistrar {

  @Override
  public void registerBeanDefinitions(
      AnnotationMetadata importing, BeanDefinitionRegistry registry) {
    Set<String> packages = new LinkedHashSet<>();
    importing
        .getMergedRepeatableAnnotationAttributes(WasmModuleScan.class, WasmModuleScans.class, false)
        .forEach(scan -> packages.addAll(packagesOf(scan, importing)));
    String name = ScannedPackages.class.getName() + "#" + importing.getClassName();
    if (!registry.containsBeanDefinition(name)) {
      BeanDefinition definition =
          BeanDefinitionBuilder.rootBeanDefinition(ScannedPackages.class)
              .addConstructorArgValue(packages)
              .setRole(BeanDefinition.ROLE_INFRASTRUCTURE)
              .getBeanDefinition();
      registry.registerBeanDefinition(name, definition);
    }
  }

  private static Set<String> packagesOf(AnnotationAttributes scan, AnnotationMetadata importing) {
    Set<String> packages = new LinkedHashSet<>(List.of(scan.getStringArray("basePackages")));
    for (Class<?> type : scan.getClassArray("basePackageClasses")) {
      packages.add(type.getPackageName());
    }
    if (packages.isEmpty()) {
      packages.add(ClassUtils.getPackageName(importing.getClassName()));
    }
    return packages;
  }
}
