package io.telemetryinject.coordinator.service.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Decides who gets in. With a token, whoever brings it; without one, whoever is on this machine,
 * but no page of another site that a browser on this machine shows.
 */
final class Gate extends OncePerRequestFilter {
  /** What a browser needs before a person can give it the token, and what probes look at. */
  private static final Set<String> OPEN =
      Set.of(
          "/",
          "/index.html",
          "/page.css",
          "/page.js",
          "/icon.svg",
          "/actuator/health",
          "/actuator/health/liveness",
          "/actuator/health/readiness",
          "/actuator/prometheus");

  private static final Pattern THIS_MACHINE =
      Pattern.compile("(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1])(:\\d+)?");

  private final @Nullable AccessToken token;

  /**
   * @param token null to let in whoever is on this machine
   */
  Gate(@Nullable AccessToken token) {
    this.token = token;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain rest)
      throws ServletException, IOException {
    setHeaders(response);
    String host = String.valueOf(request.getHeader("Host"));
    if (token == null && !THIS_MACHINE.matcher(host).matches()) {
      // A name of somebody else's that was made to stand for this machine.
      refuse(response, HttpServletResponse.SC_FORBIDDEN, "this service is localhost's alone");
    } else if (isForeign(request, host)) {
      refuse(response, HttpServletResponse.SC_FORBIDDEN, "a page of another site asks");
    } else if (token != null && !isOpen(request) && !token.isIn(authorization(request))) {
      response.setHeader("WWW-Authenticate", "Bearer realm=\"telemetry-inject\"");
      refuse(response, HttpServletResponse.SC_UNAUTHORIZED, "the token is missing or wrong");
    } else {
      rest.doFilter(request, response);
    }
  }

  private static @Nullable String authorization(HttpServletRequest request) {
    return request.getHeader("Authorization");
  }

  /** Looks at what was sent, not at what becomes of it: other spellings are not open. */
  private static boolean isOpen(HttpServletRequest request) {
    return OPEN.contains(request.getRequestURI()) && request.getMethod().equals("GET");
  }

  private static boolean isForeign(HttpServletRequest request, String host) {
    String origin = request.getHeader("Origin");
    return origin != null && !origin.equals("http://" + host) && !origin.equals("https://" + host);
  }

  private static void setHeaders(HttpServletResponse response) {
    response.setHeader(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.setHeader("Cache-Control", "no-store");
  }

  private static void refuse(HttpServletResponse response, int status, String why)
      throws IOException {
    response.setStatus(status);
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response
        .getWriter()
        .write("{\"type\":\"about:blank\",\"status\":" + status + ",\"detail\":\"" + why + "\"}");
  }
}
