package io.telemetryinject.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the coordinator is told about a run, in the form of its properties. */
record RunArguments(List<Argument> arguments) {
  private static final String PREFIX = "--telemetry-inject.";

  /** One property, whose value is what the user wrote. */
  record Argument(String property, String value) {

    /** Without the index that entries of a list have. */
    String name() {
      return property.replaceAll("\\[\\d+]$", "");
    }

    /** As the pod's specification holds it, where Kubernetes would replace {@code $(NAME)}. */
    String written() {
      return PREFIX + property + "=" + value.replace("$(", "$$(");
    }
  }

  RunArguments {
    arguments = List.copyOf(arguments);
  }

  /**
   * Translates an order.
   *
   * @throws RunProblem when a value would not reach the coordinator as it is
   */
  static RunArguments of(RunOrder order, String name) throws RunProblem {
    RunChoices choices = order.choices();
    List<Argument> all = new ArrayList<>();
    all.add(new Argument("run-name", name));
    all.add(new Argument("input", order.repository().text()));
    add(all, "ref", order.ref());
    all.add(new Argument("output", order.output().text()));
    add(all, "incremental", choices.incremental() ? "true" : null);
    addAll(all, "includes", choices.includes());
    addAll(all, "excludes", choices.excludes());
    add(all, "exceptions", choices.exceptions() == null ? null : choices.exceptions().word());
    add(all, "max-cost", choices.maxCost() == null ? null : choices.maxCost().toPlainString());
    for (Argument argument : all) {
      check(argument);
    }
    return new RunArguments(all);
  }

  private static void add(List<Argument> all, String property, @Nullable String value) {
    if (value != null) {
      all.add(new Argument(property, value));
    }
  }

  /** Entries have indices, since a glob may hold a comma. */
  private static void addAll(List<Argument> all, String property, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      all.add(new Argument(property + "[" + i + "]", values.get(i)));
    }
  }

  private static void check(Argument argument) throws RunProblem {
    String value = argument.value();
    if (value.isBlank() || value.contains("${") || value.chars().anyMatch(c -> c < ' ')) {
      throw new RunProblem(
          "the value of " + argument.name() + " cannot be given to a run: '" + value + "'",
          "Name one that is not empty, has no control characters, and no ${, which the"
              + " coordinator would replace by a setting of its own.");
    }
  }

  /** Adds these arguments to a template's, whose own for the same properties they replace. */
  List<String> addedTo(List<String> template) {
    Set<String> names = arguments.stream().map(Argument::name).collect(Collectors.toSet());
    List<String> all = new ArrayList<>();
    template.stream().filter(argument -> !names.contains(propertyOf(argument))).forEach(all::add);
    arguments.forEach(argument -> all.add(argument.written()));
    return all;
  }

  private static String propertyOf(String argument) {
    return argument.startsWith(PREFIX)
        ? argument.substring(PREFIX.length()).replaceAll("(\\[\\d+])?(=.*)?$", "")
        : "";
  }
}
