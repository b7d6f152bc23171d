package io.telemetryinject.language.python;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.model.RunId;
import io.telemetryinject.model.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class RuntimeWheelTest {
  private static final RunId RUN = new RunId(Sha256.of("a run"));
  private static final byte[] TABLE = "shop.prices:total\tfunction_0123456789ab\n".getBytes(UTF_8);

  private final PythonPack pack = new PythonPack();

  @Test
  void holdsTheRunsRuntimeAndTableAtTheTop() throws IOException {
    Map<String, byte[]> files = unpack(pack.runtimePackage(RUN, TABLE));

    assertThat(files.keySet())
        .containsExactly(
            "_telemetry_utils.py",
            "_telemetry_scripts.tsv",
            "telemetry_inject_runtime-0.1.0.dist-info/METADATA",
            "telemetry_inject_runtime-0.1.0.dist-info/WHEEL",
            "telemetry_inject_runtime-0.1.0.dist-info/RECORD");
    assertThat(files.get("_telemetry_utils.py")).isEqualTo(pack.runtimeFile(RUN));
    assertThat(files.get("_telemetry_scripts.tsv")).isEqualTo(TABLE);
  }

  @Test
  void recordsEveryFilesDigestAndLength() throws IOException {
    Map<String, byte[]> files = unpack(pack.runtimePackage(RUN, TABLE));
    String record = "telemetry_inject_runtime-0.1.0.dist-info/RECORD";
    StringBuilder expected = new StringBuilder();
    files.forEach((name, bytes) -> expected.append(name.equals(record) ? "" : line(name, bytes)));

    assertThat(new String(files.get(record), UTF_8)).isEqualTo(expected + record + ",,\n");
  }

  @Test
  void hasTheSameBytesWhateverTheMachinesTimeZone() {
    String here = Sha256.of(pack.runtimePackage(RUN, TABLE));
    TimeZone zone = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
      assertThat(Sha256.of(pack.runtimePackage(RUN, TABLE))).isEqualTo(here);
    } finally {
      TimeZone.setDefault(zone);
    }
  }

  private static String line(String name, byte[] bytes) {
    byte[] digest = HexFormat.of().parseHex(Sha256.of(bytes));
    String base64 = Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    return name + ",sha256=" + base64 + "," + bytes.length + "\n";
  }

  private static Map<String, byte[]> unpack(byte[] wheel) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(wheel))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }
}
