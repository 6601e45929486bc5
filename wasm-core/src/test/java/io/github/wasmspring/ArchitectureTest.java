package io.github.wasmspring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

  private static final String ROOT = "io.github.wasmspring";

  /** In the order in which data flows; each imports only the root and those before it. */
  private static final List<String> ORDER =
      List.of(
          "binary",
          "validate",
          "split",
          "event",
          "module",
          "load",
          "engine",
          "sandbox",
          "wasi",
          "pool",
          "convention",
          "prepare",
          "fallback",
          "adaptive",
          "work",
          "client",
          "channel",
          "observe",
          "runtime");

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  static Stream<String> packages() {
    return ORDER.stream();
  }

  @Test
  void everyPackageHasAPlaceInTheOrder() {
    assertThat(CORE.stream().map(JavaClass::getPackageName).distinct())
        .allMatch(name -> name.equals(ROOT) || ORDER.contains(name.substring(ROOT.length() + 1)));
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageImportsOnlyWhatStandsBeforeIt(String name) {
    String[] later =
        IntStream.range(ORDER.indexOf(name) + 1, ORDER.size())
            .mapToObj(index -> ROOT + "." + ORDER.get(index))
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(ROOT + "." + name)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(later)
        .allowEmptyShould(true)
        .check(CORE);
  }

  @Test
  void theRootPackageImportsNoOtherPackageOfOurs() {
    noClasses()
        .that()
        .resideInAPackage(ROOT)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".*..")
        .check(CORE);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CORE);
  }

  @Test
  void theCoreKnowsNoEngine() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.dylibso..", ROOT + ".engine.*..")
        .check(CORE);
  }

  @Test
  void theCoreDoesNotKnowSpring() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.springframework..")
        .check(CORE);
  }

  @Test
  void onlyTheEnginePackageKnowsCaffeine() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".engine")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.github.benmanes..")
        .check(CORE);
  }

  @Test
  void onlyReactorSupportKnowsReactor() {
    noClasses()
        .that(
            DescribedPredicate.not(
                DescribedPredicate.describe(
                    "ReactorSupport",
                    type -> type.getName().startsWith(ROOT + ".client.ReactorSupport"))))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("reactor..", "org.reactivestreams..")
        .check(CORE);
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageIsNullMarked(String name) throws ClassNotFoundException {
    Class<?> info = Class.forName(ROOT + "." + name + ".package-info");
    assertThat(info.isAnnotationPresent(NullMarked.class)).isTrue();
  }

  @Test
  void theRootPackageIsNullMarked() throws ClassNotFoundException {
    assertThat(Class.forName(ROOT + ".package-info").isAnnotationPresent(NullMarked.class))
        .isTrue();
  }
}
