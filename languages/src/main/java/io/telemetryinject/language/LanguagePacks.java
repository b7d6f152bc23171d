package io.telemetryinject.language;

import io.telemetryinject.model.Language;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The language packs at hand, by language and by file name. */
public final class LanguagePacks {
  private final Map<Language, LanguagePack> packs = new EnumMap<>(Language.class);

  public LanguagePacks(List<LanguagePack> packs) {
    packs.forEach(pack -> this.packs.put(pack.language(), pack));
  }

  /**
   * The pack of a language.
   *
   * @throws IllegalArgumentException when there is none
   */
  public LanguagePack of(Language language) {
    LanguagePack pack = packs.get(language);
    if (pack == null) {
      throw new IllegalArgumentException("no language pack for " + language.id());
    }
    return pack;
  }

  /** The pack that owns files of this name (a path's last element), if one does. */
  public Optional<LanguagePack> forFile(String fileName) {
    return packs.values().stream().filter(pack -> pack.owns(fileName)).findFirst();
  }

  public List<LanguagePack> all() {
    return List.copyOf(packs.values());
  }
}
