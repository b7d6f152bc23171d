package io.telemetryinject.language.python;

import static io.telemetryinject.model.ExceptionPolicy.CAPTURE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.telemetryinject.language.Insertions;
import io.telemetryinject.model.Insertion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * A correct insertion list for one function, made wrong on purpose.
 *
 * @param name what it tries
 * @param target the text that holds the function
 * @param function name of the function under attack
 * @param insertions the forged list
 */
record Attack(String name, String target, String function, List<Insertion> insertions) {

  static Attack on(String name, String target, String function) {
    TestSource source = TestSource.of(target);
    return new Attack(name, target, function, source.reference(source.index(function), CAPTURE));
  }

  /** The whole file with the forged list applied, as if nobody had looked at it. */
  String applied() {
    return applied(insertions);
  }

  /** The whole file with the correct list applied. */
  String canonical() {
    return applied(on(name, target, function).insertions);
  }

  private String applied(List<Insertion> list) {
    int start = TestSource.of(target).scan().functions().get(index()).start();
    List<Insertion> inFile =
        list.stream().map(i -> new Insertion(start + i.offset(), i.text())).toList();
    return PythonForms.IMPORT
        + "\n"
        + new String(Insertions.apply(target.getBytes(UTF_8), inFile), UTF_8);
  }

  int index() {
    return TestSource.of(target).index(function);
  }

  /** Byte offset in the function's text just behind the first occurrence of a piece of it. */
  int behind(String piece) {
    String code = new String(TestSource.of(target).code(index()), UTF_8);
    int at = code.indexOf(piece);
    if (at < 0) {
      throw new IllegalArgumentException("not in the function: " + piece);
    }
    return code.substring(0, at + piece.length()).getBytes(UTF_8).length;
  }

  int before(String piece) {
    return behind(piece) - piece.getBytes(UTF_8).length;
  }

  Attack add(int offset, String text) {
    List<Insertion> list = new ArrayList<>(insertions);
    list.add(new Insertion(offset, text));
    return with(list);
  }

  Attack drop(String text) {
    return with(insertions.stream().filter(Predicate.not(holds(text))).toList());
  }

  /** Replaces a piece of the first insertion that holds it. */
  Attack swap(String piece, String other) {
    Insertion found = first(piece);
    List<Insertion> list = new ArrayList<>(insertions);
    list.set(
        insertions.indexOf(found),
        new Insertion(found.offset(), found.text().replace(piece, other)));
    return with(list);
  }

  /** Moves the first insertion that holds a text to another offset. */
  Attack move(String text, int offset) {
    Insertion found = first(text);
    List<Insertion> list = new ArrayList<>(insertions);
    list.set(insertions.indexOf(found), new Insertion(offset, found.text()));
    return with(list);
  }

  /** Moves the first insertion at an offset to another. */
  Attack moveFrom(int offset, int to) {
    Insertion found = at(offset);
    List<Insertion> list = new ArrayList<>(insertions);
    list.set(insertions.indexOf(found), new Insertion(to, found.text()));
    return with(list);
  }

  Attack dropAt(int offset) {
    List<Insertion> list = new ArrayList<>(insertions);
    list.remove(at(offset));
    return with(list);
  }

  Attack replaceAt(int offset, String text) {
    List<Insertion> list = new ArrayList<>(insertions);
    list.set(insertions.indexOf(at(offset)), new Insertion(offset, text));
    return with(list);
  }

  private Insertion at(int offset) {
    return insertions.stream().filter(i -> i.offset() == offset).findFirst().orElseThrow();
  }

  private Insertion first(String text) {
    return insertions.stream().filter(holds(text)).findFirst().orElseThrow();
  }

  private Attack with(List<Insertion> list) {
    List<Insertion> sorted = new ArrayList<>(list);
    sorted.sort(Comparator.comparingInt(Insertion::offset));
    return new Attack(name, target, function, List.copyOf(sorted));
  }

  private static Predicate<Insertion> holds(String text) {
    return insertion -> insertion.text().contains(text);
  }

  @Override
  public String toString() {
    return name;
  }
}
