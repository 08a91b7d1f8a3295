package io.lanewise.cli.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PageTemplateTest {

  @Test
  void fillsOnceAndLiterally() {
    assertEquals(
        "1-{{b}}$1\\-1 {{}}", PageTemplate.fill("1-{{a}}-1 {{}}", Map.of("a", "{{b}}$1\\")));
  }

  @Test
  void bothSidesMustAgree() {
    assertThrows(IllegalStateException.class, () -> PageTemplate.fill("{{a}}", Map.of()));
    IllegalStateException unused =
        assertThrows(IllegalStateException.class, () -> PageTemplate.fill("", Map.of("a", "1")));
    assertTrue(unused.getMessage().contains("[a]"), unused.getMessage());
  }
}
