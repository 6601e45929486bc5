package io.github.wasmspring.autoconfigure;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.annotation.Bean;

class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.github.wasmspring.autoconfigure");

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.github.wasmspring.(**)").should().beFreeOfCycles().check(CLASSES);
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
