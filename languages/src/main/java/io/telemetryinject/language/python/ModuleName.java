package io.telemetryinject.language.python;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A module's name as its path from an import root gives it. */
final class ModuleName {
  private static final String SUFFIX = ".py";

  private ModuleName() {}

  /** {@code shop/cart/__init__.py} is {@code shop.cart}. */
  static String of(Path module) {
    List<String> names = new ArrayList<>();
    module.forEach(element -> names.add(element.toString()));
    int last = names.size() - 1;
    String name = names.get(last);
    names.set(last, name.substring(0, name.length() - SUFFIX.length()));
    if (names.get(last).equals("__init__") && last > 0) {
      names.remove(last);
    }
    return String.join(".", names);
  }
}
