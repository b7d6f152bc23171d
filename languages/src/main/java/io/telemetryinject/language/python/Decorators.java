package io.telemetryinject.language.python;

import java.util.List;
import java.util.Set;

/** What a function's decorators, as written, say of it. */
final class Decorators {
  private static final Set<String> ABSTRACT =
      Set.of("abstractmethod", "abstractproperty", "abstractclassmethod", "abstractstaticmethod");

  private Decorators() {}

  static boolean isOverload(List<String> decorators) {
    return decorators.stream().anyMatch(d -> lastName(d).equals("overload") && !isCall(d));
  }

  static boolean isAbstract(List<String> decorators) {
    return decorators.stream().anyMatch(d -> ABSTRACT.contains(lastName(d)));
  }

  /** The dotted name that a decorator starts with, e.g. {@code app.route}. */
  static String path(String decorator) {
    int end = 0;
    while (end < decorator.length() && isPathPart(decorator.charAt(end))) {
      end++;
    }
    return decorator.substring(0, end);
  }

  /** The text between a call's parentheses, or nothing. */
  static String arguments(String decorator) {
    int open = decorator.indexOf('(');
    return open < 0 ? "" : decorator.substring(open + 1).strip();
  }

  private static String lastName(String decorator) {
    String path = path(decorator);
    return path.substring(path.lastIndexOf('.') + 1);
  }

  private static boolean isCall(String decorator) {
    return decorator.startsWith("(", path(decorator).length());
  }

  private static boolean isPathPart(char c) {
    return c == '.' || Character.isUnicodeIdentifierPart(c);
  }
}
