package io.github.wasmspring.engine.chicory;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ChicoryArchitectureTest {

  private static final String ROOT = "io.github.wasmspring";

  private static final JavaClasses ADAPTER =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT + ".engine.chicory");

  @Test
  void nobodyBesideTheAdapterSeesItsTypes() {
    classes()
        .that()
        .arePublic()
        // Extended by classes that are made at run time, in the packages of compiled modules.
        .and()
        .doNotHaveSimpleName("DirectFunction")
        // Started by builds.
        .and()
        .doNotHaveSimpleName("SplitCommand")
        .should()
        .haveSimpleNameStartingWith("ChicoryEngine")
        .check(ADAPTER);
  }

  /** What an engine stands on is what every engine stands on. */
  @Test
  void theAdapterKnowsOnlyWhatStandsBeforeEngines() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            ROOT + "..pool..",
            ROOT + "..convention..",
            ROOT + "..prepare..",
            ROOT + "..fallback..",
            ROOT + "..adaptive..",
            ROOT + "..work..",
            ROOT + "..client..",
            ROOT + "..channel..",
            ROOT + "..runtime..",
            ROOT + "..observe..")
        .check(ADAPTER);
  }
}
