package io.github.wasmspring.autoconfigure.aot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.proxies;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.reflection;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.resource;

import io.github.wasmspring.WasmFallbackNeeds;
import io.github.wasmspring.autoconfigure.Provided;
import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.autoconfigure.WasmProperties;
import io.github.wasmspring.autoconfigure.aot.application.ProcessedApplication;
import io.github.wasmspring.autoconfigure.aot.application.ProcessedApplication.AddersUser;
import io.github.wasmspring.autoconfigure.channel.WasmChannelAutoConfiguration;
import io.github.wasmspring.client.WasmModuleManager;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.javapoet.ClassName;

/** Processes applications ahead of time, compiles what is generated, and starts that. */
class AheadOfTimeTest {

  private static final String CALC = "wasm.modules.calc.location=classpath:wasm/calc.wasm";

  private final TestGenerationContext generation =
      new TestGenerationContext(ProcessedApplication.class);

  private ClassName process(Class<?> application, String... properties) {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context.register(application, WasmAutoConfiguration.class, WasmChannelAutoConfiguration.class);
    TestPropertyValues.of(properties).applyTo(context);
    ClassName initializer =
        new ApplicationContextAotGenerator().processAheadOfTime(context, this.generation);
    this.generation.writeGeneratedContent();
    return initializer;
  }

  private RuntimeHints hints(String... properties) {
    process(ProcessedApplication.class, properties);
    return this.generation.getRuntimeHints();
  }

  private void start(
      ClassName initializer, Consumer<GenericApplicationContext> test, String... properties) {
    TestCompiler.forSystem()
        .with(this.generation)
        .compile(
            compiled -> {
              try (GenericApplicationContext context = new GenericApplicationContext()) {
                TestPropertyValues.of(properties).applyTo(context);
                initialize(
                    compiled.getInstance(
                        ApplicationContextInitializer.class, initializer.toString()),
                    context);
                context.refresh();
                test.accept(context);
              }
            });
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static void initialize(
      ApplicationContextInitializer initializer, GenericApplicationContext context) {
    initializer.initialize(context);
  }

  @Test
  @CompileWithForkedClassLoader
  void anApplicationThatWasProcessedRuns() {
    ClassName initializer = process(ProcessedApplication.class, CALC, "import.version=1.0.0");
    start(
        initializer,
        context -> {
          AddersUser user = context.getBean(AddersUser.class);
          assertThat(user.twice(21)).containsExactly(42, 42, 42);
          assertThat(context.getBean(ProcessedApplication.Doubling.class))
              .isInstanceOf(ProcessedApplication.PublicAdder.class);
          assertThat(context.getBean(Provided.class).add(1, 2)).isEqualTo(3);
          assertThat(
                  context
                      .getBean(WasmModuleManager.class)
                      .module("needs-import")
                      .operation("run")
                      .arguments(41)
                      .retrieve(Integer.class)
                      .value())
              .isEqualTo(42);
          assertThat(
                  context
                      .getBeanFactory()
                      .getBeanDefinition("processedApplication.PublicAdder")
                      .getResourceDescription())
              .isEqualTo(ProcessedApplication.PublicAdder.class.getName());
        },
        CALC,
        "import.version=1.0.0");
  }

  @Test
  @CompileWithForkedClassLoader
  void placeholdersAreResolvedWhenTheApplicationStarts() {
    ClassName initializer = process(ProcessedApplication.class, CALC);
    start(
        initializer,
        context ->
            assertThat(context.getBean(ProcessedApplication.PublicAdder.class).toString())
                .endsWith("bound to module other 3.1.0"),
        CALC,
        "adder.module=other",
        "import.version=1.0.0",
        "wasm.modules.other.location=classpath:wasm/calc.wasm",
        "wasm.modules.other.version=3.1.0");
  }

  @Test
  void interfacesAreKeptWithTheirMethodsAndProxies() {
    RuntimeHints hints = hints(CALC);
    Class<?> adder = ProcessedApplication.PublicAdder.class;
    assertThat(proxies().forInterfaces(adder)).accepts(hints);
    assertThat(proxies().forInterfaces(Provided.class)).accepts(hints);
    for (Class<?> type :
        new Class<?>[] {adder, ProcessedApplication.Doubling.class, Provided.class}) {
      assertThat(
              reflection().onType(type).withMemberCategory(MemberCategory.INVOKE_DECLARED_METHODS))
          .accepts(hints);
    }
  }

  @Test
  void typesThatCrossAreKept() {
    RuntimeHints hints = hints();
    for (Class<?> type :
        new Class<?>[] {
          ProcessedApplication.Place.class,
          ProcessedApplication.Point.class,
          ProcessedApplication.Mark.class,
          ProcessedApplication.Circle.class
        }) {
      assertThat(
              reflection()
                  .onType(type)
                  .withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS))
          .as(type.getName())
          .accepts(hints);
    }
    assertThat(reflection().onMethodInvocation(ProcessedApplication.Point.class, "x"))
        .accepts(hints);
  }

  @Test
  void methodsAndFieldsOfMarkedClassesAreKept() throws ClassNotFoundException {
    RuntimeHints hints = hints();
    String logging = ProcessedApplication.class.getName() + "$Logging";
    assertThat(reflection().onMethodInvocation(logging, "logAll")).accepts(hints);
    assertThat(reflection().onMethodInvocation(logging, "run")).accepts(hints);
    assertThat(reflection().onFieldAccess(logging, "level")).accepts(hints);
    assertThat(
            reflection()
                .onMethodInvocation(ProcessedApplication.class.getName() + "$Offered", "seen"))
        .accepts(hints);
    assertThat(resource().forResource("wasm/needs-import.wasm")).accepts(hints);
  }

  @Test
  void modulesAndTheirCompiledClassesAreKept() {
    RuntimeHints hints =
        hints(
            CALC,
            "wasm.modules.built.location=classpath:/wasm/host.wasm",
            "wasm.modules.built.compiled-class=com.example.BuiltCode",
            "wasm.modules.far.location=https://example.com/far.wasm");
    assertThat(resource().forResource("wasm/calc.wasm")).accepts(hints);
    assertThat(resource().forResource("wasm/host.wasm")).accepts(hints);
    assertThat(resource().forResource("com/example/BuiltCode.wasm")).accepts(hints);
    assertThat(resource().forResource("com/example/BuiltCode.meta")).accepts(hints);
    assertThat(
            reflection()
                .onType(TypeReference.of("com.example.BuiltCode"))
                .withMemberCategory(MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS))
        .accepts(hints);
  }

  @Test
  void typesByWhichLibrariesOfFallbacksAreSeenAreKept() {
    RuntimeHints hints = new RuntimeHints();
    InterfaceHints.register(NeedsLibrary.class, hints);
    assertThat(reflection().onType(TestCompiler.class)).accepts(hints);
    assertThat(hints.reflection().typeHints())
        .extracting(hint -> hint.getType().getName())
        .doesNotContain("org.example.Absent");
  }

  private interface NeedsLibrary {

    @WasmFallbackNeeds(
        value = "org.springframework:spring-core-test",
        type = "org.springframework.core.test.tools.TestCompiler")
    default int there() {
      return 1;
    }

    @WasmFallbackNeeds(value = "org.example:absent", type = "org.example.Absent")
    default int absent() {
      return 2;
    }
  }

  @Test
  void propertiesAreKept() {
    RuntimeHints hints = hints();
    assertThat(reflection().onMethodInvocation(WasmProperties.class, "getModules")).accepts(hints);
    assertThat(reflection().onMethodInvocation(WasmProperties.Module.class, "setLocation"))
        .accepts(hints);
  }

  @Test
  void hintsOfAnApplicationsOwnAreThereToo() {
    process(OwnHints.class);
    RuntimeHints hints = this.generation.getRuntimeHints();
    assertThat(reflection().onMethodInvocation(Price.class, "cents")).accepts(hints);
    assertThat(resource().forResource("plugins/some.wasm")).accepts(hints);
  }

  @Test
  void anApplicationWithoutModulesIsLeftAlone() {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context.refreshForAotProcessing(new RuntimeHints());
    assertThat(
            new ModulesAotProcessor().processAheadOfTime(context.getDefaultListableBeanFactory()))
        .isNull();
  }
}
