package io.lanewise.cli.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PngDataUriTest {

  @Test
  void keepsEveryGreyLevel() throws IOException {
    byte[] levels = new byte[256];
    for (int i = 0; i < 256; i++) {
      levels[i] = (byte) i;
    }
    String uri = PngDataUri.of(levels, 32, 8);
    assertTrue(uri.startsWith("data:image/png;base64,"), uri);
    byte[] png = Base64.getDecoder().decode(uri.substring(uri.indexOf(',') + 1));
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    assertEquals(32, image.getWidth());
    assertArrayEquals(levels, (byte[]) image.getRaster().getDataElements(0, 0, 32, 8, null));
  }
}
