package io.telemetryinject.language.python;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The encodings that Python source may declare, by Python's names for them. All are supersets of
 * ASCII, byte for byte, as source code must be.
 */
final class PythonCodecs {
  private static final Pattern SEPARATORS = Pattern.compile("[^a-z0-9.]+");
  private static final Map<String, Charset> CHARSETS = new HashMap<>();

  static {
    put("UTF-8", "utf_8 utf8 u8 utf cp65001 utf_8_sig");
    put("US-ASCII", "ascii us_ascii us 646 ansi_x3.4_1968 iso646_us");
    put("ISO-8859-1", "latin_1 latin1 latin l1 iso_8859_1 iso8859_1 8859 iso8859 cp819");
    put("ISO-8859-2", "iso8859_2 iso_8859_2 latin2 l2");
    put("ISO-8859-3", "iso8859_3 iso_8859_3 latin3 l3");
    put("ISO-8859-4", "iso8859_4 iso_8859_4 latin4 l4");
    put("ISO-8859-5", "iso8859_5 iso_8859_5 cyrillic");
    put("ISO-8859-7", "iso8859_7 iso_8859_7 greek greek8");
    put("ISO-8859-9", "iso8859_9 iso_8859_9 latin5 l5");
    put("ISO-8859-13", "iso8859_13 iso_8859_13 latin7 l7");
    put("ISO-8859-15", "iso8859_15 iso_8859_15 latin9 l9");
    put("windows-1250", "cp1250 windows_1250 1250");
    put("windows-1251", "cp1251 windows_1251 1251");
    put("windows-1252", "cp1252 windows_1252 1252");
    put("windows-1253", "cp1253 windows_1253 1253");
    put("windows-1254", "cp1254 windows_1254 1254");
    put("windows-1256", "cp1256 windows_1256 1256");
    put("windows-1257", "cp1257 windows_1257 1257");
    put("IBM437", "cp437 437 ibm437");
    put("IBM850", "cp850 850 ibm850");
    put("IBM852", "cp852 852 ibm852");
    put("IBM866", "cp866 866 ibm866");
    put("KOI8-R", "koi8_r cskoi8r");
    put("KOI8-U", "koi8_u");
    put("EUC-JP", "euc_jp eucjp ujis u_jis");
    put("windows-31j", "cp932 932 ms932 mskanji ms_kanji");
    put("Shift_JIS", "shift_jis shiftjis sjis s_jis csshiftjis");
    put("GBK", "gbk 936 cp936 ms936");
    put("GB2312", "gb2312 euc_cn euccn eucgb2312_cn chinese iso_ir_58 gb2312_80 gb2312_1980");
    put("GB18030", "gb18030 gb18030_2000");
    put("Big5", "big5 big5_tw csbig5");
    put("EUC-KR", "euc_kr euckr korean ksc5601 ks_c_5601 ks_c_5601_1987 ksx1001 ks_x_1001");
    put("x-windows-949", "cp949 949 ms949 uhc");
  }

  private PythonCodecs() {}

  /** The charset for a name in a coding cookie; null for what Python or Java does not know. */
  static @Nullable Charset find(String name) {
    String normalised = SEPARATORS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("_");
    if (normalised.startsWith("utf_8_")) {
      return StandardCharsets.UTF_8;
    }
    if (normalised.startsWith("latin_1_")
        || normalised.startsWith("iso_8859_1_")
        || normalised.startsWith("iso_latin_1")) {
      return StandardCharsets.ISO_8859_1;
    }
    return CHARSETS.get(normalised);
  }

  private static void put(String charset, String names) {
    if (Charset.isSupported(charset)) {
      for (String name : names.split(" ")) {
        CHARSETS.put(name, Charset.forName(charset));
      }
    }
  }

  /** Every name, for tests. */
  static Map<String, Charset> charsets() {
    return Map.copyOf(CHARSETS);
  }
}
