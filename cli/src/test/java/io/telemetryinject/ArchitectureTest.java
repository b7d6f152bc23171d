package io.telemetryinject;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Dependencies point one way: command and library, workers, engine modules, what travels. */
@AnalyzeClasses(packages = "io.telemetryinject", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule MODULES_DEPEND_DOWNWARDS =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("command")
          .definedBy("..cli..", "..embedded..", "..inject..", "..broker..")
          .layer("kubernetes")
          .definedBy("io.telemetryinject.kubernetes..")
          .layer("coordinator")
          .definedBy("..coordinator..")
          .layer("analyzer")
          .definedBy("..analyzer..")
          .layer("generator")
          .definedBy("..generator..")
          .layer("executor")
          .definedBy("..executor..")
          .layer("messaging")
          .definedBy("io.telemetryinject.messaging..")
          .layer("metrics")
          .definedBy("..telemetryinject.metrics..")
          .optionalLayer("llm")
          .definedBy("io.telemetryinject.llm")
          .optionalLayer("llm-stub")
          .definedBy("io.telemetryinject.llm.stub..")
          .layer("languages")
          .definedBy("..language..")
          .layer("cache")
          .definedBy("..telemetryinject.cache..")
          .layer("sandbox")
          .definedBy("..sandbox..")
          .layer("model")
          .definedBy("..model..")
          .whereLayer("command")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("kubernetes")
          .mayOnlyBeAccessedByLayers("command")
          .whereLayer("coordinator")
          .mayOnlyBeAccessedByLayers("command")
          .whereLayer("analyzer")
          .mayOnlyBeAccessedByLayers("command")
          .whereLayer("generator")
          .mayOnlyBeAccessedByLayers("command")
          .whereLayer("executor")
          .mayOnlyBeAccessedByLayers("command")
          .whereLayer("llm")
          .mayOnlyBeAccessedByLayers("command", "generator")
          .whereLayer("llm-stub")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("languages")
          .mayOnlyBeAccessedByLayers(
              "command", "coordinator", "analyzer", "generator", "executor", "llm-stub")
          .whereLayer("cache")
          .mayOnlyBeAccessedByLayers(
              "command", "metrics", "coordinator", "analyzer", "generator", "executor")
          .whereLayer("sandbox")
          .mayOnlyBeAccessedByLayers("command", "metrics", "coordinator", "generator", "executor");

  @ArchTest
  static final ArchRule WHAT_TRAVELS_NEEDS_NO_FRAMEWORK =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..model..", "..language..", "..telemetryinject.cache..", "..sandbox..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework..", "org.apache.kafka..", "io.micrometer..");

  @ArchTest
  static final ArchRule ONLY_ONE_MODULE_KNOWS_HOW_MODELS_ARE_REACHED =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.telemetryinject.llm..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.langchain4j..");

  @ArchTest
  static final ArchRule ONLY_ONE_PACKAGE_KNOWS_HOW_BUCKETS_ARE_REACHED =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.telemetryinject.cache.s3..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("software.amazon..");

  @ArchTest
  static final ArchRule ONLY_ONE_MODULE_KNOWS_HOW_CLUSTERS_ARE_REACHED =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.telemetryinject.kubernetes..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.fabric8..");

  @ArchTest
  static final ArchRule RUNS_IN_A_CLUSTER_NEED_NOTHING_OF_A_RUN_HERE =
      noClasses()
          .that()
          .resideInAPackage("io.telemetryinject.kubernetes..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.springframework..",
              "org.apache.kafka..",
              "..coordinator..",
              "..telemetryinject.cache..",
              "..sandbox..");

  @ArchTest
  static final ArchRule A_CACHE_DOES_NOT_KNOW_WHERE_IT_LIES =
      noClasses()
          .that()
          .resideInAPackage("io.telemetryinject.cache")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.telemetryinject.cache.s3..");

  @ArchTest
  static final ArchRule SERVICES_KNOW_NO_TRANSPORT =
      noClasses()
          .that()
          .haveSimpleName("FunctionAnalyzer")
          .or()
          .haveSimpleName("ScriptRequests")
          .or()
          .haveSimpleName("LadderGenerator")
          .or()
          .haveSimpleName("FunctionExecutor")
          .or()
          .haveSimpleName("RunCoordinator")
          .or()
          .resideInAnyPackage("..inject..", "..coordinator.assemble..", "..coordinator.output..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework..", "org.apache.kafka..");
}
