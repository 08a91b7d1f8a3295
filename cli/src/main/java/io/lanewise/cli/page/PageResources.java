package io.lanewise.cli.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Fixed parts of pages: templates, styles and scripts of ours, and the Chart.js library. */
public final class PageResources {

  private static final String CHART_JS = "META-INF/resources/webjars/chart.js/4.4.9/";
  private static final Pattern SOURCE_MAP = Pattern.compile("(?m)^//# sourceMappingURL=.*$");
  private static final Pattern SCRIPT_END = Pattern.compile("(?i)</(?=script)");
  private static final Pattern COMMENT_START = Pattern.compile("<!--");

  private PageResources() {}

  /** A file beside the class {@code owner}. */
  public static String of(Class<?> owner, String name) {
    return text(owner.getResourceAsStream(name), name);
  }

  /** What the styles of all pages begin with: colours, header, cards, tables, print. */
  public static String baseStyle() {
    return of(PageResources.class, "page.css");
  }

  /** What their scripts share; it comes after {@link #chartLibrary}. */
  public static String baseScript() {
    return script(PageResources.class, "page.js");
  }

  /** A script beside the class {@code owner}, for an inline script element. */
  public static String script(Class<?> owner, String name) {
    return inlineScript(of(owner, name));
  }

  /**
   * Chart.js for an inline script element: its MIT licence in full as a comment, then the code with
   * its own header; without the source map's address, which browsers would try to load.
   */
  public static String chartLibrary() {
    ClassLoader loader = PageResources.class.getClassLoader();
    String licence =
        text(loader.getResourceAsStream(CHART_JS + "LICENSE.md"), CHART_JS + "LICENSE.md");
    String code = CHART_JS + "dist/chart.umd.js";
    String library = text(loader.getResourceAsStream(code), code);
    return inlineScript(
        "/*!\n"
            + licence.strip().replace("*/", "* /")
            + "\n*/\n"
            + SOURCE_MAP.matcher(library).replaceAll("").strip());
  }

  /**
   * Code that cannot end the script element around it: in JavaScript's strings and regular
   * expressions, where these sequences occur, {@code <\/script} and {@code <\!--} mean the same.
   */
  public static String inlineScript(String code) {
    String closed = SCRIPT_END.matcher(code).replaceAll("<\\\\/");
    return COMMENT_START.matcher(closed).replaceAll("<\\\\!--");
  }

  private static String text(InputStream resource, String name) {
    if (resource == null) {
      throw new IllegalStateException("missing from the class path: " + name);
    }
    try (resource) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + name, e);
    }
  }
}
