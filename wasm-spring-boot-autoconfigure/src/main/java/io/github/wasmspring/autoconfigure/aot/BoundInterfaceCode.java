package io.github.wasmspring.autoconfigure.aot;

import io.github.wasmspring.autoconfigure.scan.BoundInterface;
import java.lang.reflect.Modifier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.generate.GenerationContext;
import org.springframework.beans.factory.aot.BeanRegistrationCode;
import org.springframework.beans.factory.aot.BeanRegistrationCodeFragments;
import org.springframework.beans.factory.aot.BeanRegistrationCodeFragmentsDecorator;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.ResolvableType;
import org.springframework.javapoet.ClassName;
import org.springframework.javapoet.CodeBlock;

/** The code that defines the bean of an interface, in the package of the interface. */
final class BoundInterfaceCode extends BeanRegistrationCodeFragmentsDecorator {

  private final Class<?> type;
  private final BoundInterface<?> bound;

  BoundInterfaceCode(
      BeanRegistrationCodeFragments defaults, Class<?> type, BoundInterface<?> bound) {
    super(defaults);
    this.type = type;
    this.bound = bound;
  }

  @Override
  public ClassName getTarget(RegisteredBean bean) {
    return ClassName.get(this.type);
  }

  @Override
  public CodeBlock generateNewBeanDefinitionCode(
      GenerationContext generation, ResolvableType beanType, BeanRegistrationCode registration) {
    return isPrivate(this.type)
        ? CodeBlock.builder()
            .addStatement(
                "$T $L = new $T($S)",
                RootBeanDefinition.class,
                BEAN_DEFINITION_VARIABLE,
                RootBeanDefinition.class,
                this.type.getName())
            .build()
        : super.generateNewBeanDefinitionCode(generation, beanType, registration);
  }

  /** Code can't name it, not even in its package. */
  private static boolean isPrivate(@Nullable Class<?> type) {
    return type != null
        && (Modifier.isPrivate(type.getModifiers()) || isPrivate(type.getEnclosingClass()));
  }

  /** Not where the interface was found, which says what the folders of the build are. */
  @Override
  public CodeBlock generateSetBeanDefinitionPropertiesCode(
      GenerationContext generation,
      BeanRegistrationCode registration,
      RootBeanDefinition definition,
      Predicate<String> attributeFilter) {
    return CodeBlock.builder()
        .add(
            super.generateSetBeanDefinitionPropertiesCode(
                generation, registration, definition, attributeFilter))
        .addStatement(
            "$L.setResourceDescription($S)", BEAN_DEFINITION_VARIABLE, this.type.getName())
        .build();
  }

  @Override
  public CodeBlock generateInstanceSupplierCode(
      GenerationContext generation,
      BeanRegistrationCode registration,
      boolean allowDirectSupplierShortcut) {
    return CodeBlock.of(
        "new $T<>($S, $S)", BoundInterface.class, this.bound.id(), this.bound.range());
  }
}
