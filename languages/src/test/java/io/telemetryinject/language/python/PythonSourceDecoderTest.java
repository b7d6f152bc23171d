package io.telemetryinject.language.python;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.language.SourceText;
import io.telemetryinject.model.Limits;
import io.telemetryinject.model.RejectReason;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PythonSourceDecoderTest {

  @Test
  void readsUtf8WithoutACookie() throws SourceRejectedException {
    byte[] bytes = "x = 'é😀'\n".getBytes(UTF_8);
    SourceText text = PythonSourceDecoder.decode(bytes);
    assertThat(text.utf8()).isEqualTo(bytes);
    assertThat(text.charset()).isEqualTo(UTF_8);
    assertThat(text.bom()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "# coding: utf-8\n", "# -*- coding: UTF8 -*-\n", "#coding=utf-8-sig\n"})
  void takesTheByteOrderMarkAway(String cookie) throws SourceRejectedException {
    SourceText text = PythonSourceDecoder.decode(("\ufeff" + cookie + "é").getBytes(UTF_8));
    assertThat(text.slice(0, text.utf8().length)).isEqualTo(cookie + "é");
    assertThat(text.bom()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "latin-1, ISO-8859-1",
    "Latin1, ISO-8859-1",
    "iso-8859-15, ISO-8859-15",
    "cp1252, windows-1252",
    "windows-1252, windows-1252",
    "koi8-r, KOI8-R",
    "euc_jp, EUC-JP",
    "iso-8859-1-unix, ISO-8859-1",
    "iso8859_5, ISO-8859-5"
  })
  void obeysTheCookie(String name, String charset) throws SourceRejectedException {
    String source =
        "#!/bin/sh\n# vim: set fileencoding=" + name + " :\nx = '" + sample(charset) + "'";
    SourceText text = PythonSourceDecoder.decode(source.getBytes(Charset.forName(charset)));
    assertThat(text.slice(0, text.utf8().length)).isEqualTo(source);
    assertThat(text.charset()).isEqualTo(Charset.forName(charset));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x = 1 # coding: latin-1\n'é'", "x = 1\n# coding: latin-1\n'é'",
        "#\n#\n# coding: latin-1\n'é'", "# coding : latin-1\n'é'"
      })
  void seesACookieOnlyWhereItCounts(String source) throws SourceRejectedException {
    assertThat(PythonSourceDecoder.decode(source.getBytes(UTF_8)).charset()).isEqualTo(UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x = '\u00e9'",
        "# coding: ascii\nx = '\u00e9'",
        "# coding: utf-8\nx = '\u00e9'",
        "# coding: cp1252\nx = '\u0081'",
        "# coding: rot13\nx",
        "# coding: utf-16\nx",
        "# coding: no-such-thing\nx",
        "\u00ef\u00bb\u00bf# coding: latin-1\nx",
        "x = '\u0000'",
        "x = '\u00ed\u00a0\u0080'",
      })
  void rejectsWhatItCannotGiveBack(String bytes) {
    assertThat(rejection(bytes.getBytes(ISO_8859_1))).isEqualTo(RejectReason.ENCODING);
  }

  @Test
  void rejectsAFileBeyondTheLimit() {
    assertThat(rejection(new byte[Limits.FILE_BYTES + 1])).isEqualTo(RejectReason.SIZE);
  }

  private static String sample(String charset) {
    return switch (charset) {
      case "KOI8-R", "ISO-8859-5" -> "жЯ";
      case "EUC-JP" -> "日本";
      default -> "éÿ";
    };
  }

  private static RejectReason rejection(byte[] bytes) {
    return catchThrowableOfType(
            SourceRejectedException.class, () -> PythonSourceDecoder.decode(bytes))
        .reason();
  }
}
