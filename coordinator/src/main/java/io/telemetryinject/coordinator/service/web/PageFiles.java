package io.telemetryinject.coordinator.service.web;

import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The page, and the description of the API: a handful of files, each named here. */
@RestController
class PageFiles {
  private static final Map<String, String> TYPES =
      Map.of(
          "index.html", "text/html;charset=UTF-8",
          "page.css", "text/css;charset=UTF-8",
          "page.js", "text/javascript;charset=UTF-8",
          "icon.svg", "image/svg+xml");

  @GetMapping("/")
  ResponseEntity<Resource> index() {
    return file("index.html");
  }

  @GetMapping("/{name:index\\.html|page\\.css|page\\.js|icon\\.svg}")
  ResponseEntity<Resource> file(@PathVariable String name) {
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(TYPES.getOrDefault(name, "text/plain")))
        .body(new ClassPathResource("page/" + name));
  }

  @GetMapping(value = "/api/v1/openapi.yaml", produces = MediaType.APPLICATION_YAML_VALUE)
  Resource openApi() {
    return new ClassPathResource("page/openapi.yaml");
  }
}
