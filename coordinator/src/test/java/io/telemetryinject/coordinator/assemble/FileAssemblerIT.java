package io.telemetryinject.coordinator.assemble;

import static io.telemetryinject.coordinator.assemble.AssemblerRig.other;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.coordinator.fixture.FakeCompiler;
import io.telemetryinject.coordinator.fixture.Trees;
import io.telemetryinject.coordinator.manifest.FunctionRecord;
import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.RejectReason;
import io.telemetryinject.model.Sha256;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileAssemblerIT {
  private static final String IMPORT = "from _telemetry_utils import tel as _tel";
  private static final String ENTRY = "    _tel_func = _tel.func_entry('f', 'a')";
  private static final String RETURN = "        return _tel.func_exit(_tel_func, (a))";
  private static final String EXCEPT = "    except BaseException as _tel_exc:";
  private static final String ERROR = "        _tel.func_error(_tel_func, _tel_exc)";
  private static final String BODY = ENTRY + "N    try:N" + RETURN;
  private static final String TAIL = "N" + EXCEPT + "N" + ERROR + "N        raise";

  @TempDir private Path root;

  @Test
  void instrumentsAPlainFile() throws Exception {
    expect(
        "def f(a):\n    return a\n",
        IMPORT + "\ndef f(a):\n" + lines(BODY + TAIL, "\n") + "\n",
        UTF_8);
  }

  @Test
  void keepsCarriageReturns() throws Exception {
    expect(
        "def f(a):\r\n    return a\r\n",
        IMPORT + "\r\ndef f(a):\r\n" + lines(BODY + TAIL, "\r\n") + "\r\n",
        UTF_8);
  }

  @Test
  void writesEachFunctionWithItsOwnLineBreaks() throws Exception {
    expect(
        "x = 1\r\ndef f(a):\n    return a\n",
        IMPORT + "\r\nx = 1\r\ndef f(a):\n" + lines(BODY + TAIL, "\n") + "\n",
        UTF_8);
  }

  @Test
  void addsNoFinalLineBreak() throws Exception {
    expect("def f(a):\n    return a", IMPORT + "\ndef f(a):\n" + lines(BODY + TAIL, "\n"), UTF_8);
  }

  @Test
  void keepsTheByteOrderMarkFirst() throws Exception {
    String bom = new String(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf}, UTF_8);
    expect(
        bom + "def f(a):\n    return a\n",
        bom + IMPORT + "\ndef f(a):\n" + lines(BODY + TAIL, "\n") + "\n",
        UTF_8);
  }

  @Test
  void countsBytesOfTheFilesOwnEncoding() throws Exception {
    String head = "# -*- coding: latin-1 -*-\n";
    expect(
        head + "s = 'éüß'\ndef f(a):\n    return a  # é\n",
        head + IMPORT + "\ns = 'éüß'\ndef f(a):\n" + lines(BODY + "  # é" + TAIL, "\n") + "\n",
        ISO_8859_1);
  }

  @Test
  void countsBytesOfAstralCharacters() throws Exception {
    expect(
        "s = '😀𝔘'\ndef f(a):\n    '😀'; x = '𝔘'; return a\n",
        IMPORT
            + "\ns = '😀𝔘'\ndef f(a):\n    '😀'; \n"
            + ENTRY
            + "\n    try:\n        x = '𝔘'; return _tel.func_exit(_tel_func, (a))"
            + lines(TAIL, "\n")
            + "\n",
        UTF_8);
  }

  @Test
  void keepsFormFeeds() throws Exception {
    expect("\f\ndef f(a):\n\f\n    return a\n\f\n", null, UTF_8);
  }

  @Test
  void indentsWithTheFilesOwnTabs() throws Exception {
    expect(
        "def f(a):\n\treturn a\n",
        IMPORT + "\ndef f(a):\n" + lines(BODY + TAIL, "\n").replace("    ", "\t") + "\n",
        UTF_8);
  }

  @Test
  void writesNamesThatTheEncodingHas() throws Exception {
    Charset cyrillic = Charset.forName("windows-1251");
    AssembledFile file = expect("# coding: cp1251\ndef имя(a):\n    return a\n", null, cyrillic);

    assertThat(new String(file.after(), cyrillic)).contains("func_entry('имя', 'a')");
  }

  @Test
  void neverWritesANameThatTheEncodingDoesNotHave() throws Exception {
    // Python calls the function by U+03BC, which Latin-1 lacks; the file holds U+00B5.
    AssemblerRig rig = rig("# coding: latin-1\ndef \u00b5(a):\n    return a\n", ISO_8859_1);

    AssembledFile file = rig.assemble();

    assertThat(file.isChanged()).isFalse();
    assertThat(file.fileRecord().others())
        .extracting(f -> ((Outcome.Rejected) f.outcome()).reason())
        .containsExactly(RejectReason.ENCODING);
  }

  @Test
  void rejectsAFileThatWasEditedMeanwhile() throws Exception {
    AssemblerRig rig = rig("def f(a):\n    return a\n", UTF_8);
    CompletedFile completed = new CompletedFile(AssemblerRig.NAME, rig.file(), rig.answers());
    String edited = "def f(a):\n    return b\n";
    Trees.write(root.resolve(AssemblerRig.NAME), edited);

    AssembledFile file = rig.assemble(completed);

    assertThat(AssemblerRig.text(file)).isEqualTo(edited);
    assertThat(file.isChanged()).isFalse();
    assertThat(file.fileRecord().before()).isEqualTo(Sha256.of(edited));
    assertThat(((Outcome.Rejected) other(file, FunctionRecord.WHOLE_FILE)).reason())
        .isEqualTo(RejectReason.EDITED);
    assertThat(file.fileRecord().endsTheSameAgain()).isFalse();
  }

  @Test
  void composesFunctionsInsideFunctions() throws Exception {
    AssembledFile file =
        expect(
            "def outer():\n    def inner(a):\n        return a\n    return inner\n", null, UTF_8);

    assertThat(file.fileRecord().applied()).isEqualTo(2);
    assertThat(file.fileRecord().scripts().values().iterator().next())
        .containsExactly("outer", "outer.<locals>.inner");
  }

  /** Assembles with correct answers; checks the strip-inverse law and that another pass is idle. */
  private AssembledFile expect(String source, String expected, Charset charset)
      throws IOException, SourceRejectedException {
    AssemblerRig rig = rig(source, charset);

    AssembledFile file = rig.assemble();

    assertThat(file.fileRecord().others()).isEmpty();
    assertThat(file.isChanged()).isTrue();
    if (expected != null) {
      assertThat(new String(file.after(), charset)).isEqualTo(expected);
    }
    assertThat(AssemblerRig.stripped(file)).isEqualTo(source.getBytes(charset));
    assertThat(file.fileRecord().after()).isEqualTo(Sha256.of(file.after()));
    AssembledFile again = new AssemblerRig(root, file.after(), FakeCompiler.content()).assemble();
    assertThat(again.isChanged()).isFalse();
    assertThat(again.fileRecord().unchanged()).isEqualTo(file.fileRecord().applied());
    return file;
  }

  private AssemblerRig rig(String source, Charset charset) {
    return new AssemblerRig(root, source.getBytes(charset), FakeCompiler.content());
  }

  private static String lines(String text, String lineBreak) {
    return text.replace("N", lineBreak).replace(lineBreak + "one", "None");
  }
}
