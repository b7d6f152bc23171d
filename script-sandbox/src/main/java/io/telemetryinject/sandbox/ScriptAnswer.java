package io.telemetryinject.sandbox;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.model.ErrorCode;
import io.telemetryinject.model.Insertion;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What came of one {@link ScriptCall}: insertions, which are untrusted, or a failure. */
public sealed interface ScriptAnswer {

  record Answered(List<Insertion> insertions) implements ScriptAnswer {
    public Answered {
      insertions = List.copyOf(insertions);
    }

    @Override
    public <R> R fold(Function<Answered, R> answered, Function<Broken, R> broken) {
      return answered.apply(this);
    }
  }

  /**
   * @param code {@code SCRIPT}, {@code DEADLINE} or {@code SANDBOX}
   * @param detail for a person and for healing, at most 300 characters; holds no source text of
   *     ours, but may hold what the script raised
   */
  record Broken(ErrorCode code, String detail) implements ScriptAnswer {
    /** What our side of the sandbox says of an answer; none of it is the script's own. */
    private static final Pattern OURS =
        Pattern.compile(
            "the answer is \\w{1,40}, not a list|the answer is larger than \\d+ bytes"
                + "|an insertion is not a pair of \\w+ and \\w+|an insertion has no text, or .*"
                + "|the script has no function \\w+");

    private static final Pattern RAISED =
        Pattern.compile("(\\w{1,40})(?::.*?)??( \\(line \\d+\\))?", Pattern.DOTALL);

    public Broken {
      requireNonNull(code, "code is null");
      requireNonNull(detail, "detail is null");
    }

    /**
     * The detail without words that the script chose, which may quote the function it was called
     * on: for where that function must not be seen.
     */
    public String kind() {
      if (code != ErrorCode.SCRIPT || OURS.matcher(detail).matches()) {
        return detail;
      }
      Matcher raised = RAISED.matcher(detail);
      if (!raised.matches()) {
        return "the script broke";
      }
      return raised.group(1) + (raised.group(2) == null ? "" : raised.group(2));
    }

    @Override
    public <R> R fold(Function<Answered, R> answered, Function<Broken, R> broken) {
      return broken.apply(this);
    }
  }

  <R> R fold(Function<Answered, R> answered, Function<Broken, R> broken);
}
