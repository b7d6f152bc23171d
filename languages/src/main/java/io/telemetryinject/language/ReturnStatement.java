package io.telemetryinject.language;

/**
 * A return of the function itself, not of one nested in it.
 *
 * @param keyword offset of {@code return}
 * @param end offset just behind the statement's last token, closing brackets included
 * @param bare whether it returns no value
 */
public record ReturnStatement(int keyword, int end, boolean bare) {
  public ReturnStatement minus(int offset) {
    return new ReturnStatement(keyword - offset, end - offset, bare);
  }
}
