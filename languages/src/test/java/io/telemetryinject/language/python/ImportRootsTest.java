package io.telemetryinject.language.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ImportRootsTest {
  private static Set<Path> roots(String... modules) {
    return ImportRoots.of(Stream.of(modules).map(Path::of).toList(), List.of());
  }

  private static Path[] paths(String... paths) {
    return Stream.of(paths).map(Path::of).toArray(Path[]::new);
  }

  @Test
  void takesTheParentOfTheTopMostPackage() {
    assertThat(
            roots(
                "src-py/shop/__init__.py", "src-py/shop/cart/__init__.py", "src-py/shop/cart/a.py"))
        .containsExactlyInAnyOrder(paths("src-py"));
  }

  @Test
  void takesEveryDirectoryOfModulesOutsidePackages() {
    assertThat(roots("tool-box/run.py", "setup.py"))
        .containsExactlyInAnyOrder(paths("", "tool-box"));
  }

  @Test
  void goesUpThroughNamesThatCanBeNamespacePackages() {
    assertThat(roots("lib-a/acme/billing/core/__init__.py"))
        .containsExactlyInAnyOrder(paths("lib-a/acme/billing", "lib-a/acme", "lib-a"));
  }

  @Test
  void treatsARootThatIsAPackageAsItsOwnRoot() {
    assertThat(roots("__init__.py", "a.py")).containsExactly(Path.of(""));
  }

  @Test
  void addsTheDirectoryOfAProgramInsideAPackage() {
    List<Path> modules = List.of(Path.of("shop/__init__.py"), Path.of("shop/tool.py"));

    assertThat(ImportRoots.of(modules, List.of(Path.of("shop/tool.py"))))
        .containsExactlyInAnyOrder(paths("", "shop"));
  }
}
