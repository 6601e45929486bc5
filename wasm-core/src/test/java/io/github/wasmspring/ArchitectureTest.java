package io.github.wasmspring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

  private static final String ROOT = "io.github.wasmspring";

  private static final String INTERNAL = ROOT + ".internal";

  /**
   * In the order in which data flows; each imports only the root and those before it. A room is the
   * package of what others may use, the one of the same name below {@code internal}, or both.
   */
  private static final List<String> ORDER =
      List.of(
          "binary",
          "validate",
          "debug",
          "split",
          "file",
          "event",
          "flight",
          "module",
          "signature",
          "load",
          "engine",
          "sandbox",
          "tenant",
          "wasi",
          "pool",
          "convention",
          "prepare",
          "fallback",
          "adaptive",
          "work",
          "rollout",
          "client",
          "pipeline",
          "channel",
          "plugin",
          "observe",
          "runtime");

  /** Libraries that we may change without anybody noticing. */
  private static final List<String> LIBRARIES =
      List.of("com.github.benmanes", "tools.jackson", "com.fasterxml", "com.dylibso", "reactor");

  /**
   * Public for the runtime's and the manager's sake alone: users are given these, and start tasks
   * through the manager.
   */
  private static final Set<String> NOT_FOR_USERS =
      Set.of("WasmPerformanceReporter.<init>", "WasmProfiler.<init>", "WasmTaskExecutor.submit");

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
        .allMatch(name -> name.equals(ROOT) || name.equals(INTERNAL) || ORDER.contains(room(name)));
  }

  private static String room(String name) {
    String base = name.startsWith(INTERNAL + ".") ? INTERNAL : ROOT;
    return name.substring(base.length() + 1);
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aRoomImportsOnlyWhatStandsBeforeIt(String name) {
    String[] others =
        IntStream.range(ORDER.indexOf(name) + 1, ORDER.size())
            .mapToObj(ORDER::get)
            .flatMap(later -> Stream.of(ROOT + "." + later, INTERNAL + "." + later))
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + "." + name, INTERNAL + "." + name)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
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
        .resideOutsideOfPackages(ROOT + ".engine", INTERNAL + ".engine")
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
                    type -> type.getName().startsWith(INTERNAL + ".client.ReactorSupport"))))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("reactor..", "org.reactivestreams..")
        .check(CORE);
  }

  static Stream<String> allPackages() {
    return CORE.stream().map(JavaClass::getPackageName).distinct();
  }

  @ParameterizedTest
  @MethodSource("allPackages")
  void aPackageIsNullMarked(String name) throws ClassNotFoundException {
    Class<?> info = Class.forName(name + ".package-info");
    assertThat(info.isAnnotationPresent(NullMarked.class)).isTrue();
  }

  /** What others see names only what they may use. */
  @Test
  void signaturesOfWhatIsPublicNameNothingInternal() {
    classes()
        .that()
        .arePublic()
        .and()
        .resideOutsideOfPackage(INTERNAL + "..")
        .should(nameOnlyWhatOthersMayUse())
        .check(CORE);
  }

  private static ArchCondition<JavaClass> nameOnlyWhatOthersMayUse() {
    return new ArchCondition<>("name only what others may use") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        Stream<JavaClass> supertypes =
            Stream.concat(type.getRawSuperclass().stream(), type.getRawInterfaces().stream());
        supertypes.forEach(named -> check(type, type.getName(), named, events));
        type.getMembers().stream()
            .filter(ArchitectureTest::isSeen)
            .filter(
                member -> !NOT_FOR_USERS.contains(type.getSimpleName() + "." + member.getName()))
            .forEach(
                member ->
                    member
                        .getAllInvolvedRawTypes()
                        .forEach(named -> check(type, member.getFullName(), named, events)));
      }

      private void check(JavaClass type, String where, JavaClass named, ConditionEvents events) {
        String owner = named.getPackageName();
        boolean hidden =
            owner.startsWith(INTERNAL)
                || owner.startsWith(ROOT) && isHidden(named)
                || LIBRARIES.stream().anyMatch(owner::startsWith);
        if (hidden) {
          events.add(SimpleConditionEvent.violated(type, where + " names " + named.getName()));
        }
      }
    };
  }

  /** Records can't hide that they implement what is sealed by a package. */
  private static boolean isHidden(JavaClass named) {
    return !named.getBaseComponentType().getModifiers().contains(JavaModifier.PUBLIC)
        && !named.getBaseComponentType().getModifiers().contains(JavaModifier.PROTECTED);
  }

  private static boolean isSeen(JavaMember member) {
    return (member.getModifiers().contains(JavaModifier.PUBLIC)
            || member.getModifiers().contains(JavaModifier.PROTECTED))
        && !member.getModifiers().contains(JavaModifier.SYNTHETIC);
  }
}
