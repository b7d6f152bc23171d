package io.telemetryinject.language.python;

import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.language.Telemetry;
import io.telemetryinject.language.Verdict;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.Insertion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Thousands of correct lists with something changed at random: all must be refused. */
class PythonVerifierMutationTest {
  private static final int MUTANTS_PER_FUNCTION = 150;
  private static final String LETTERS = " \t\f\n\r;:#'\"()[]_.,=telfunc0Nn\\é\u0435\u202e\uff3f";
  private static final String ATTRIBUTED = "def f(x, number, *, key):\n    y = x; return y\n";
  private static final List<String> TEXTS =
      List.of(
          "))",
          "    ",
          "\t",
          " ",
          "_tel.func_exit(_tel_func, (",
          " _tel.func_exit(_tel_func, (",
          "_tel.func_exit(_tel_func, None); ",
          "\n    _tel.func_exit(_tel_func, None)",
          "    _tel_func = _tel.func_entry('f', 'x')\n",
          "# ",
          "\n",
          "\\\n",
          "pass; ");

  @ParameterizedTest
  @EnumSource(ExceptionPolicy.class)
  void refusesEveryMutant(ExceptionPolicy policy) {
    long seed = Long.getLong("telemetry.inject.seed", System.nanoTime());
    Random random = new Random(seed);
    for (Map.Entry<String, String> corner : OddFunctions.all().entrySet()) {
      if (corner.getKey().equals("py2")) {
        continue;
      }
      TestSource source = TestSource.of(corner.getValue());
      for (int i = 0; i < source.scan().functions().size(); i++) {
        if (source.function(i).skip() != null) {
          continue;
        }
        List<Insertion> canonical = source.reference(i, policy);
        for (int round = 0; round < MUTANTS_PER_FUNCTION; round++) {
          List<Insertion> mutant = new ArrayList<>(canonical);
          for (int change = 1 + random.nextInt(2); change > 0; change--) {
            mutate(mutant, source.code(i).length, random);
          }
          Verdict verdict = source.verify(i, policy, mutant);
          assertThat(verdict.isAccepted())
              .as("seed %s, %s: %s gives %s", seed, corner.getKey(), mutant, verdict)
              .isEqualTo(withLineFeeds(mutant).equals(withLineFeeds(canonical)));
        }
      }
    }
  }

  /** As above, over lists with attributes: these may change, as long as they remain attributes. */
  @ParameterizedTest
  @EnumSource(ExceptionPolicy.class)
  void refusesEveryMutantOfAttributesThatIsNone(ExceptionPolicy policy) {
    long seed = Long.getLong("telemetry.inject.seed", System.nanoTime());
    Random random = new Random(seed);
    int other = 0;
    for (String text : List.of(ATTRIBUTED, ATTRIBUTED.replace(":\n    y", ": y"))) {
      TestSource source = TestSource.of(text);
      Telemetry telemetry = new Telemetry(policy, true);
      List<Insertion> plain = source.reference(0, policy);
      List<Insertion> canonical =
          Attributed.with(source.function(0), plain, Attributed.statements(source.function(0)));
      for (int round = 0; round < 100_000; round++) {
        List<Insertion> mutant = new ArrayList<>(canonical);
        if (random.nextInt(4) == 0) {
          mutate(mutant, source.code(0).length, random);
        } else {
          Insertion head = mutant.get(0);
          mutant.set(0, new Insertion(head.offset(), edited(head.text(), random)));
        }
        boolean legal = withLineFeeds(withoutAttributes(mutant)).equals(withLineFeeds(plain));
        Verdict verdict = source.verify(0, telemetry, mutant);
        assertThat(verdict.isAccepted())
            .as("seed %s: %s gives %s", seed, mutant, verdict)
            .isEqualTo(legal);
        other += legal && !mutant.equals(canonical) ? 1 : 0;
      }
    }
    assertThat(other).as("mutants that are attributes still").isGreaterThan(100);
  }

  /** The list without its attributes, as a second definition of them sees it. */
  private static List<Insertion> withoutAttributes(List<Insertion> list) {
    String head = list.isEmpty() ? "" : list.get(0).text();
    String lineBreak = PythonForms.lineBreakOf(head);
    List<String> kept = new ArrayList<>();
    Set<String> used = new HashSet<>();
    for (String line : head.split(lineBreak, -1)) {
      String[] parts = line.split("'", -1);
      boolean attribute =
          parts.length == 3
              && parts[0].equals("    _tel.attr(_tel_func, ")
              && parts[1].matches("[a-z][a-z0-9_.]*")
              && !DeniedNames.contain(parts[1])
              && List.of(", x)", ", number)", ", key)").contains(parts[2])
              && used.add(parts[1])
              && used.add(parts[2])
              && kept.toString().endsWith("')]");
      if (!attribute) {
        kept.add(line);
      }
    }
    List<Insertion> without = new ArrayList<>(list);
    if (!head.isEmpty()) {
      without.set(0, new Insertion(list.get(0).offset(), String.join(lineBreak, kept)));
    }
    return without;
  }

  private static void mutate(List<Insertion> list, int length, Random random) {
    if (list.isEmpty()) {
      list.add(new Insertion(random.nextInt(length + 1), any(TEXTS, random)));
      return;
    }
    int i = random.nextInt(list.size());
    int j = random.nextInt(list.size());
    Insertion one = list.get(i);
    Insertion other = list.get(j);
    switch (random.nextInt(10)) {
      case 0 -> list.set(i, new Insertion(one.offset(), edited(one.text(), random)));
      case 1 -> list.set(i, new Insertion(near(one.offset(), length, random), one.text()));
      case 2 -> list.set(i, new Insertion(random.nextInt(length + 1), one.text()));
      case 3 -> list.remove(i);
      case 4 -> list.add(i, one);
      case 5 -> {
        list.set(i, new Insertion(one.offset(), other.text()));
        list.set(j, new Insertion(other.offset(), one.text()));
      }
      case 6 -> Collections.swap(list, i, j);
      case 7 -> addAscending(list, new Insertion(random.nextInt(length + 1), any(TEXTS, random)));
      case 8 -> addAscending(list, new Insertion(random.nextInt(length + 1), one.text()));
      default -> list.set(i, new Insertion(one.offset(), any(TEXTS, random)));
    }
  }

  private static void addAscending(List<Insertion> list, Insertion insertion) {
    int at = 0;
    while (at < list.size() && list.get(at).offset() <= insertion.offset()) {
      at++;
    }
    list.add(at, insertion);
  }

  private static int near(int offset, int length, Random random) {
    return Math.max(0, Math.min(length + 1, offset + random.nextInt(7) - 3));
  }

  private static String edited(String text, Random random) {
    StringBuilder edited = new StringBuilder(text);
    int at = random.nextInt(text.length());
    char letter = LETTERS.charAt(random.nextInt(LETTERS.length()));
    switch (random.nextInt(3)) {
      case 0 -> edited.setCharAt(at, letter);
      case 1 -> edited.insert(at, letter);
      default -> {
        if (text.length() > 1) {
          edited.deleteCharAt(at);
        }
      }
    }
    return edited.toString();
  }

  private static String any(List<String> texts, Random random) {
    return texts.get(random.nextInt(texts.size()));
  }

  /** The list with the one freedom taken out that scripts have: the kind of line break. */
  private static List<Insertion> withLineFeeds(List<Insertion> list) {
    return list.stream()
        .map(
            i -> {
              String lineBreak = PythonForms.lineBreakOf(i.text());
              boolean mixed = i.text().replace(lineBreak, "").matches("(?s).*[\r\n].*");
              return mixed ? i : new Insertion(i.offset(), i.text().replace(lineBreak, "\n"));
            })
        .toList();
  }
}
