package io.lanewise.cli.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PageResourcesTest {

  @Test
  void inlineCodeCannotEndItsElement() {
    assertEquals(
        "a='<\\/SCRIPT>';b='<\\!--';c=1</d/",
        PageResources.inlineScript("a='</SCRIPT>';b='<!--';c=1</d/"));
  }

  @Test
  void missingFileIsNamed() {
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class, () -> PageResources.of(PageResources.class, "none.css"));
    assertTrue(e.getMessage().contains("none.css"), e.getMessage());
  }
}
