package io.telemetryinject.deploy;

import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import tools.jackson.databind.JsonNode;

/**
 * Which settings an application has: ours are bound to the very records that the application binds
 * them to, Spring Boot's are those that its jars describe.
 */
final class KnownSettings {
  private static final String OURS = "telemetry-inject";
  private static final Pattern INDEX = Pattern.compile("\\[\\d+]");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(telemetry-inject\\.[a-z.-]+)");

  private static final Set<String> SPRING_NAMES = new HashSet<>();
  private static final Set<String> SPRING_MAPS = new HashSet<>();

  static {
    try {
      for (URL jar :
          Collections.list(
              KnownSettings.class
                  .getClassLoader()
                  .getResources("META-INF/spring-configuration-metadata.json"))) {
        JsonNode described = Yaml.JSON.readTree(jar.openStream());
        for (JsonNode property : described.path("properties")) {
          boolean gone = property.at("/deprecation").isObject() || property.has("deprecated");
          if (!gone) {
            SPRING_NAMES.add(property.path("name").asString(""));
          }
          if (!gone && property.path("type").asString("").startsWith("java.util.Map")) {
            SPRING_MAPS.add(property.path("name").asString("") + ".");
          }
        }
      }
    } catch (IOException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final List<String> packages;

  /**
   * @param packages of the application and of what it imports
   */
  KnownSettings(String... packages) {
    this.packages = List.of(packages);
  }

  /**
   * Settings of a file that the application does not have.
   *
   * @throws org.springframework.boot.context.properties.bind.BindException when it has one, and the
   *     value is none
   */
  Set<String> unknownIn(String yaml) throws IOException {
    YamlPropertiesFactoryBean file = new YamlPropertiesFactoryBean();
    file.setResources(new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
    return unknown(file.getObject());
  }

  Set<String> unknown(Map<?, ?> settings) throws IOException {
    return unknown(new MapConfigurationPropertySource(settings));
  }

  private Set<String> unknown(MapConfigurationPropertySource source) throws IOException {
    Set<String> bound = bound(source);
    bound.addAll(placeholders());
    return source.stream()
        .map(ConfigurationPropertyName::toString)
        .filter(name -> name.startsWith(OURS) ? !bound.contains(name) : !isSprings(name))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isSprings(String name) {
    String plain = INDEX.matcher(name).replaceAll("");
    return SPRING_NAMES.contains(plain) || SPRING_MAPS.stream().anyMatch(plain::startsWith);
  }

  private Set<String> bound(ConfigurationPropertySource source) {
    Set<String> bound = new TreeSet<>();
    BindHandler noting =
        new BindHandler() {
          @Override
          public Object onSuccess(
              ConfigurationPropertyName name,
              Bindable<?> target,
              BindContext context,
              Object result) {
            bound.add(name.toString());
            return result;
          }
        };
    Binder binder = new Binder(source);
    for (Class<?> settings : records()) {
      String prefix = settings.getAnnotation(ConfigurationProperties.class).value();
      binder.bind(prefix, Bindable.of(settings), noting);
    }
    return bound;
  }

  private List<Class<?>> records() {
    ClassPathScanningCandidateComponentProvider scanner =
        new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
    return packages.stream()
        .flatMap(name -> scanner.findCandidateComponents(name).stream())
        .<Class<?>>map(found -> load(found.getBeanClassName()))
        .toList();
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Settings that annotations name, as in {@code concurrency = "${telemetry-inject…}"}. */
  private Set<String> placeholders() throws IOException {
    Set<String> names = new HashSet<>();
    for (String name : packages) {
      String classes = "classpath*:" + name.replace('.', '/') + "/**/*.class";
      for (Resource file : new PathMatchingResourcePatternResolver().getResources(classes)) {
        String content = file.getContentAsString(StandardCharsets.ISO_8859_1);
        PLACEHOLDER.matcher(content).results().map(KnownSettings::name).forEach(names::add);
      }
    }
    return names;
  }

  private static String name(MatchResult match) {
    return match.group(1);
  }
}
