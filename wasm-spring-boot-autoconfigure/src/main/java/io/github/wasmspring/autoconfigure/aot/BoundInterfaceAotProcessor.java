package io.github.wasmspring.autoconfigure.aot;

import io.github.wasmspring.autoconfigure.scan.BoundInterface;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.generate.GenerationContext;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.aot.BeanRegistrationCode;
import org.springframework.beans.factory.aot.BeanRegistrationCodeFragments;
import org.springframework.beans.factory.support.RegisteredBean;

/** Lets the beans of interfaces be defined by generated code. */
final class BoundInterfaceAotProcessor implements BeanRegistrationAotProcessor {

  @Override
  public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
    if (!(bean.getMergedBeanDefinition().getInstanceSupplier()
        instanceof BoundInterface<?> bound)) {
      return null;
    }
    return new Contribution(bean.getBeanClass(), bound);
  }

  private record Contribution(Class<?> type, BoundInterface<?> bound)
      implements BeanRegistrationAotContribution {

    @Override
    public BeanRegistrationCodeFragments customizeBeanRegistrationCodeFragments(
        GenerationContext generation, BeanRegistrationCodeFragments fragments) {
      return new BoundInterfaceCode(fragments, this.type, this.bound);
    }

    @Override
    public void applyTo(GenerationContext generation, BeanRegistrationCode registration) {
      InterfaceHints.register(this.type, generation.getRuntimeHints());
    }
  }
}
