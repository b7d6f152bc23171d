package io.telemetryinject.llm;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** A model knows what travels and nothing else of this project; the stub is for tests. */
@AnalyzeClasses(packages = "io.telemetryinject", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule MODELS_KNOW_ONLY_WHAT_TRAVELS =
      noClasses()
          .that()
          .resideInAPackage("io.telemetryinject.llm")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.telemetryinject.llm.stub..", "org.springframework..");

  @ArchTest
  static final ArchRule THE_STUB_STANDS_ALONE =
      noClasses()
          .that()
          .resideInAPackage("io.telemetryinject.llm.stub")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.telemetryinject.llm", "io.telemetryinject.model..", "dev.langchain4j..");

  @ArchTest
  static final ArchRule NOTHING_PUBLIC_SHOWS_LANGCHAIN =
      noClasses()
          .that()
          .resideInAPackage("io.telemetryinject.llm")
          .and()
          .arePublic()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.langchain4j..", "io.github.resilience4j..");
}
