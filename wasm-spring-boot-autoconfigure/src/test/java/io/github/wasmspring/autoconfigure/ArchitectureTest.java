package io.github.wasmspring.autoconfigure;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.annotation.Bean;

class ArchitectureTest {

  private static final String ROOT = "io.github.wasmspring.autoconfigure";

  private static final Set<String> COMMON =
      Set.of("diagnostics", "scan", "endpoint", "health", "metrics");

  /** Has to know all properties that there are, be their rooms switched off. */
  private static final String CHECK = "check";

  private static final SliceAssignment ROOMS =
      new SliceAssignment() {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
          String room = room(type);
          return room.isEmpty() || room.equals(CHECK)
              ? SliceIdentifier.ignore()
              : SliceIdentifier.of(room);
        }

        @Override
        public String getDescription() {
          return "rooms";
        }
      };

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.github.wasmspring.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void roomsDoNotKnowEachOther() {
    slices().assignedFrom(ROOMS).should().notDependOnEachOther().check(CLASSES);
  }

  @Test
  void whatRoomsStandOnKnowsNoRoom() {
    noClasses()
        .that(not(resideInARoom()))
        .should()
        .dependOnClassesThat(resideInARoom())
        .check(CLASSES);
  }

  private static DescribedPredicate<JavaClass> resideInARoom() {
    return DescribedPredicate.describe("reside in a room", type -> !room(type).isEmpty());
  }

  /** The package below ours, with what is in it; empty for what all rooms may stand on. */
  private static String room(JavaClass type) {
    String name = type.getPackageName();
    if (!name.startsWith(ROOT + ".")) {
      return "";
    }
    String room = name.substring(ROOT.length() + 1).split("\\.")[0];
    return COMMON.contains(room) ? "" : room;
  }

  @Test
  void engineTypesStayInTheCore() {
    noClasses().should().dependOnClassesThat().resideInAPackage("com.dylibso..").check(CLASSES);
  }

  @Test
  void autoConfigurationsArePublicAndFinal() {
    classes()
        .that()
        .areAnnotatedWith(AutoConfiguration.class)
        .should()
        .bePublic()
        .andShould()
        .haveModifier(JavaModifier.FINAL)
        .andShould()
        .haveSimpleNameEndingWith("AutoConfiguration")
        .check(CLASSES);
  }

  @Test
  void beanMethodsArePackagePrivate() {
    methods().that().areAnnotatedWith(Bean.class).should().bePackagePrivate().check(CLASSES);
  }

  @Test
  void failureAnalyzersArePackagePrivate() {
    classes()
        .that()
        .areAssignableTo(FailureAnalyzer.class)
        .should()
        .bePackagePrivate()
        .check(CLASSES);
  }

  @Test
  void packagesAreNullMarked() {
    assertThat(CLASSES.stream().map(type -> type.getPackage()).distinct())
        .isNotEmpty()
        .allMatch(each -> each.isAnnotatedWith(NullMarked.class));
  }
}
