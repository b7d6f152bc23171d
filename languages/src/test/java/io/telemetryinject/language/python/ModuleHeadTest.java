package io.telemetryinject.language.python;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleHeadTest {

  /** The bar marks where the import must go. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "|import x",
        "#!/bin/sh\n# coding: utf-8\n\n|import x",
        "#!/bin/sh\n'''doc\nstring'''\n# why\n|@deco\ndef f(): x",
        "'doc'; |import x",
        "'doc';\n|import x",
        "'doc'\nfrom __future__ import a; |import x\n",
        "('doc')\nfrom __future__ import (a,\n  b)\nfrom __future__ import c\n|from x import y",
        "|b'doc'\n'not one'",
        "'doc'\n|'not another'",
        "'doc'\n|",
        "'doc'|",
        "from __future__ import a|",
        "# nothing|",
        "|",
        "\f\n|\fimport x",
        "'doc'\n\\\n|import x",
      })
  void putsTheImportBeforeTheFirstStatementOfItsOwn(String marked) {
    String source = marked.replace("|", "");
    assertThat(Scans.scan(source).importLine()).isEqualTo(marked.indexOf('|'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'''doc'''\nfrom _telemetry_utils import tel as _tel\nimport x",
        "try:\n  from _telemetry_utils import tel as _tel\nfinally: x"
      })
  void knowsAnInstrumentedFile(String source) {
    assertThat(Scans.scan(source).instrumented()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"from other import tel as _tel", "# from _telemetry_utils import tel as _tel"})
  void knowsAFileThatIsNot(String source) {
    assertThat(Scans.scan(source).instrumented()).isFalse();
  }
}
