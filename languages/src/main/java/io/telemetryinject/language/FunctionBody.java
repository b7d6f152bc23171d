package io.telemetryinject.language;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The anchors of a function: every place where telemetry may go. All offsets are UTF-8 bytes, from
 * the start of the text that was scanned.
 *
 * @param start of the first statement's first token (the docstring, if there is one)
 * @param inline whether it begins on the header's line
 * @param docstring the docstring's token(s), or null
 * @param firstStatement of the first token of the first statement behind the docstring (of its
 *     first decorator, {@code @} included); equals {@code end} when there is none
 * @param ownLine whether nothing but blanks stands before {@code firstStatement} on its line
 * @param firstLine start of the line that holds {@code firstStatement}
 * @param indent blanks that the body's statements start with; for a body on the header's line, the
 *     header's own blanks and one unit more
 * @param unit one level of indentation that fits the body: a tab, or four blanks
 * @param end just behind the last statement's last token
 * @param tail end of the line that ends the last statement (its comment included, the line break
 *     not): where lines go that follow the body
 * @param fallsThrough whether the last statement is neither return, raise nor {@code while} over a
 *     true constant without a break of its own
 * @param returns own returns, ascending
 * @param lines starts of the lines behind {@code firstStatement}'s line start that re-indentation
 *     moves: not blank, not begun inside a string; {@code firstLine} is the first of them when
 *     {@code ownLine}
 * @param spansStrings whether a string in the body (docstring aside) runs over a line break
 * @param capturable whether the block limit and the indentation leave room for a {@code try}
 */
public record FunctionBody(
    int start,
    boolean inline,
    @Nullable TextRange docstring,
    int firstStatement,
    boolean ownLine,
    int firstLine,
    String indent,
    String unit,
    int end,
    int tail,
    boolean fallsThrough,
    List<ReturnStatement> returns,
    List<Integer> lines,
    boolean spansStrings,
    boolean capturable) {
  public FunctionBody {
    requireNonNull(indent, "indent is null");
    requireNonNull(unit, "unit is null");
    returns = List.copyOf(returns);
    lines = List.copyOf(lines);
  }

  /** Whether a docstring and more stand on the header's line: no line can follow it there. */
  public boolean holdsDocstringInline() {
    return inline && docstring != null;
  }

  public FunctionBody minus(int offset) {
    return new FunctionBody(
        start - offset,
        inline,
        docstring == null ? null : docstring.minus(offset),
        firstStatement - offset,
        ownLine,
        firstLine - offset,
        indent,
        unit,
        end - offset,
        tail - offset,
        fallsThrough,
        returns.stream().map(r -> r.minus(offset)).toList(),
        lines.stream().map(l -> l - offset).toList(),
        spansStrings,
        capturable);
  }
}
