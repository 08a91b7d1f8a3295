package io.lanewise.cli.page;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text with {@code {{name}}} placeholders. Values are inserted as they are, and never searched. */
public final class PageTemplate {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-zA-Z]+)}}");

  private PageTemplate() {}

  /**
   * Fills every placeholder.
   *
   * @throws IllegalStateException if a placeholder has no value, or a value no placeholder
   */
  public static String fill(String template, Map<String, String> values) {
    StringBuilder page = new StringBuilder(template.length());
    Set<String> unused = new HashSet<>(values.keySet());
    Matcher matcher = PLACEHOLDER.matcher(template);
    int end = 0;
    while (matcher.find()) {
      String name = matcher.group(1);
      String value = values.get(name);
      if (value == null) {
        throw new IllegalStateException("the template asks for {{" + name + "}}, which is not set");
      }
      page.append(template, end, matcher.start()).append(value);
      unused.remove(name);
      end = matcher.end();
    }
    if (!unused.isEmpty()) {
      throw new IllegalStateException("the template has no place for " + unused);
    }
    return page.append(template, end, template.length()).toString();
  }
}
