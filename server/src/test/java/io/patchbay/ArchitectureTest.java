package io.patchbay;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The rooms and the arrows between them: see docs/explanation/architecture.md. */
class ArchitectureTest {
  private static final String ROOT = "io.patchbay.";

  /** From the top down; packages on one line never see each other. */
  private static final List<List<String>> LAYERS =
      List.of(
          List.of("server", "cli"),
          List.of("http", "store", "integration.code", "integration.webhook", "metrics", "tracing"),
          List.of("conversation", "authoring"),
          List.of("intent", "entity", "integration"),
          List.of("bot", "hsl"),
          List.of("base"));

  /** Packages that may see another one of their own line. */
  private static final Map<String, String> BESIDE = Map.of("cli", "server");

  /** The executor is a module of its own, seen by those who run code or connect. */
  private static final List<String> SEE_THE_EXECUTOR =
      List.of("server", "integration.code", "integration.webhook", "executor");

  /** What work costs is said wherever it is done. */
  private static final String SHARED_WORK = "executor.work";

  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.patchbay");

  @Test
  void arrows_point_down_only() {
    classes().should(seeOnlyWhatIsBelow()).check(PRODUCT);
  }

  @Test
  void no_package_is_in_a_cycle() {
    slices().matching("io.patchbay.(**)").should().beFreeOfCycles().check(PRODUCT);
  }

  @Test
  void the_executor_sees_the_jdk_only() {
    classes()
        .that()
        .resideInAPackage("io.patchbay.executor..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..", "com.sun.management..", "io.patchbay.executor..", "org.jspecify..")
        .check(PRODUCT);
  }

  @Test
  void time_and_chance_come_in_from_outside() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.patchbay.server..", "io.patchbay.cli..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Clock.class, "systemDefaultZone")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .orShould()
        .callMethod(Math.class, "random")
        .check(PRODUCT);
  }

  @Test
  void each_library_is_spoken_by_one_package_only() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.patchbay.store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "org.jooq..", "org.flywaydb..")
        .check(PRODUCT);
    noClasses()
        .that()
        .resideOutsideOfPackage("io.patchbay.http..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..")
        .check(PRODUCT);
    noClasses()
        .that()
        .resideOutsideOfPackage("io.patchbay.metrics..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.micrometer..", "io.prometheus..")
        .check(PRODUCT);
    noClasses()
        .that()
        .resideOutsideOfPackage("io.patchbay.tracing..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.opentelemetry..")
        .check(PRODUCT);
  }

  private static ArchCondition<JavaClass> seeOnlyWhatIsBelow() {
    return new ArchCondition<>("see only what is below") {
      @Override
      public void check(JavaClass from, ConditionEvents events) {
        for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
          Optional<String> target = room(dependency.getTargetClass());
          if (target.isPresent() && !allowed(room(from).orElse(""), target.get())) {
            events.add(SimpleConditionEvent.violated(from, dependency.getDescription()));
          }
        }
      }
    };
  }

  private static boolean allowed(String from, String to) {
    if (from.equals(to)) {
      return true;
    }
    if (to.equals(SHARED_WORK)) {
      return true;
    }
    if (to.equals("executor")) {
      return SEE_THE_EXECUTOR.contains(from);
    }
    return layer(from) < layer(to) || to.equals(BESIDE.get(from));
  }

  private static int layer(String room) {
    for (int i = 0; i < LAYERS.size(); i++) {
      if (LAYERS.get(i).contains(room)) {
        return i;
      }
    }
    throw new AssertionError("package " + room + " stands in no layer");
  }

  /** The room of a class: the longest package of the layers that it is in. */
  private static Optional<String> room(JavaClass of) {
    String name = of.getPackageName();
    if (!name.startsWith(ROOT)) {
      return Optional.empty();
    }
    String inside = name.substring(ROOT.length());
    return java.util.stream.Stream.concat(
            LAYERS.stream().flatMap(List::stream),
            java.util.stream.Stream.of("executor", SHARED_WORK))
        .filter(room -> inside.equals(room) || inside.startsWith(room + "."))
        .max(java.util.Comparator.comparingInt(String::length))
        .or(() -> Optional.of(inside));
  }
}
