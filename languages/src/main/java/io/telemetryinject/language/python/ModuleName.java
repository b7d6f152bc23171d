package io.telemetryinject.language.python;

import java.nio.file.Path;

/** A module's name as its path from an import root gives it. */
final class ModuleName {
  private static final String SUFFIX = ".py";
  private static final String INIT = "/__init__";

  private ModuleName() {}

  /** {@code shop/cart/__init__.py} is {@code shop.cart}. */
  static String of(Path module) {
    String path = module.toString();
    String name = path.substring(0, path.length() - SUFFIX.length());
    String named = name.endsWith(INIT) ? name.substring(0, name.length() - INIT.length()) : name;
    return named.replace('/', '.');
  }
}
