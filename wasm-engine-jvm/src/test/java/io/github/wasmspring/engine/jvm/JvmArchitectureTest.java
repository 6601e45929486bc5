package io.github.wasmspring.engine.jvm;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JvmArchitectureTest {

  /** What users see. */
  private static final String FACE = "io.github.wasmspring.engine.jvm";

  private static final String ROOMS = "io.github.wasmspring.internal.engine.jvm";

  /** From what code stands on while it runs to what makes it; each imports only those before it. */
  private static final List<String> ORDER =
      List.of(
          ROOMS + ".run",
          ROOMS + ".module",
          ROOMS + ".instance",
          ROOMS + ".code",
          ROOMS + ".classes",
          FACE);

  private static final JavaClasses ENGINE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(FACE, ROOMS);

  static Stream<String> packages() {
    return ORDER.stream();
  }

  @Test
  void everyPackageHasAPlaceInTheOrder() {
    assertThat(ENGINE.stream().map(JavaClass::getPackageName).distinct())
        .containsExactlyInAnyOrderElementsOf(ORDER);
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aRoomImportsOnlyWhatStandsBeforeIt(String name) {
    String[] later =
        IntStream.range(ORDER.indexOf(name) + 1, ORDER.size())
            .mapToObj(ORDER::get)
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(name)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(later)
        .check(ENGINE);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.github.wasmspring.(**)").should().beFreeOfCycles().check(ENGINE);
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageIsNullMarked(String name) throws ClassNotFoundException {
    assertThat(Class.forName(name + ".package-info").isAnnotationPresent(NullMarked.class))
        .isTrue();
  }

  @Test
  void knowsNoOtherEngine() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.dylibso..", "io.github.wasmspring.engine.chicory..")
        .check(ENGINE);
  }

  @Test
  void whatUsersSeeNamesNothingInternal() {
    List<JavaMember> seen =
        ENGINE.stream()
            .filter(type -> type.getPackageName().equals(FACE))
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .flatMap(type -> type.getMembers().stream())
            .filter(member -> member.getModifiers().contains(JavaModifier.PUBLIC))
            .toList();
    assertThat(seen)
        .isNotEmpty()
        .allSatisfy(
            member ->
                assertThat(member.getAllInvolvedRawTypes())
                    .noneMatch(type -> type.getPackageName().startsWith(ROOMS)));
  }
}
