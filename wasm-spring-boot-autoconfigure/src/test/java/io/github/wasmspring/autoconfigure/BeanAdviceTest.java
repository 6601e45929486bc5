package io.github.wasmspring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmModule;
import io.github.wasmspring.client.WasmModuleManager;
import java.util.concurrent.atomic.AtomicInteger;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Aspects apply to beans of modules as they do to others. */
class BeanAdviceTest {

  @WasmModule("calc")
  interface Adding {

    int add(int one, int two);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anAspectSeesCalls(boolean proxyTargetClass) {
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(WasmAutoConfiguration.class))
        .withPropertyValues("wasm.modules.calc.location=classpath:wasm/calc.wasm")
        .run(
            context -> {
              Adding plain = context.getBean(WasmModuleManager.class).bind(Adding.class);
              AtomicInteger seen = new AtomicInteger();
              ProxyFactory factory = new ProxyFactory(plain);
              factory.setProxyTargetClass(proxyTargetClass);
              factory.addAdvice(
                  (MethodInterceptor)
                      call -> {
                        seen.incrementAndGet();
                        return call.proceed();
                      });
              Adding advised = (Adding) factory.getProxy(Adding.class.getClassLoader());

              for (int i = 0; i < 300; i++) {
                assertThat(advised.add(i, 2)).isEqualTo(i + 2);
              }
              assertThat(seen).hasValue(300);
              assertThat(AopUtils.isCglibProxy(advised)).isEqualTo(proxyTargetClass);
            });
  }
}
