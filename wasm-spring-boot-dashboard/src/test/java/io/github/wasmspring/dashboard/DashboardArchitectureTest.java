package io.github.wasmspring.dashboard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.annotation.Bean;

class DashboardArchitectureTest {

  private static final String ROOT = "io.github.wasmspring.dashboard";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void packagesStandInAnOrder() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("others")
        .definedBy(ROOT)
        .layer("section")
        .definedBy(ROOT + ".section")
        .layer("view")
        .definedBy(ROOT + ".view")
        .layer("live")
        .definedBy(ROOT + ".live")
        .layer("web")
        .definedBy(ROOT + ".web")
        .layer("autoconfigure")
        .definedBy(ROOT + ".autoconfigure")
        .whereLayer("autoconfigure")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("web")
        .mayOnlyBeAccessedByLayers("autoconfigure")
        .whereLayer("live")
        .mayOnlyBeAccessedByLayers("web", "autoconfigure")
        .whereLayer("section")
        .mayOnlyBeAccessedByLayers("autoconfigure")
        .whereLayer("view")
        .mayOnlyBeAccessedByLayers("live", "web", "autoconfigure")
        .check(CLASSES);
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void securityAndAuditAreKnownOnlyWhereTheyAreConfigured() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".autoconfigure")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework.security..", "org.springframework.boot.actuate..")
        .check(CLASSES);
  }

  @Test
  void beanMethodsAndFailureAnalyzersArePackagePrivate() {
    methods().that().areAnnotatedWith(Bean.class).should().bePackagePrivate().check(CLASSES);
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
        .hasSizeGreaterThan(4)
        .allMatch(each -> each.isAnnotatedWith(NullMarked.class));
  }
}
