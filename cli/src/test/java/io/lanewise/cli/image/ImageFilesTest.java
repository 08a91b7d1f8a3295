package io.lanewise.cli.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What readable files become; see {@link UnreadableImageTest} for the others. */
class ImageFilesTest {

  @TempDir Path folder;

  @Test
  void grayPngKeepsEveryLevel() throws IOException {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    byte[] levels = new byte[256];
    for (int i = 0; i < 256; i++) {
      levels[i] = (byte) i;
    }
    image.getRaster().setDataElements(0, 0, 16, 16, levels);
    assertEquals(new GrayImage(16, 16, levels), read(TestImages.png(image)));
  }

  @Test
  void colourPngIsLuma() throws IOException {
    BufferedImage image = new BufferedImage(5, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 5, 1, new int[] {0xff0000, 0x00ff00, 0x0000ff, 0xffffff, 0x123456}, 0, 5);
    // 0.299 · 255 = 76.2, 0.587 · 255 = 149.7, 0.114 · 255 = 29.1, and 5.4 + 30.5 + 9.8 = 45.7
    assertLevels(read(TestImages.png(image)), 76, 150, 29, 255, 46);
  }

  @Test
  void alphaIsLaidOverWhite() throws IOException {
    BufferedImage image = new BufferedImage(4, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 4, 1, new int[] {0x00000000, 0x80000000, 0xff000000, 0x40ff0000}, 0, 4);
    // 255 · 127 / 255 = 127; a quarter of red: (76.245 · 64 + 255 · 191) / 255 = 210.1
    assertLevels(read(TestImages.png(image)), 255, 127, 0, 210);
  }

  @Test
  void palettePngWithTransparentEntry() throws IOException {
    byte[] red = {0, (byte) 255, 0, 10};
    byte[] green = {0, 0, (byte) 255, 10};
    byte[] blue = {0, 0, 0, 10};
    byte[] alpha = {(byte) 255, (byte) 255, (byte) 255, 0};
    IndexColorModel palette = new IndexColorModel(2, 4, red, green, blue, alpha);
    BufferedImage image = new BufferedImage(4, 1, BufferedImage.TYPE_BYTE_BINARY, palette);
    for (int x = 0; x < 4; x++) {
      image.getRaster().setSample(x, 0, 0, x);
    }
    assertLevels(read(TestImages.png(image)), 0, 76, 150, 255);
  }

  @Test
  void oneBitPng() throws IOException {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_BINARY);
    image.setRGB(1, 0, 0xffffff);
    assertLevels(read(TestImages.png(image)), 0, 255, 0);
  }

  @Test
  void sixteenBitGrayPngIsRoundedOnce() throws IOException {
    BufferedImage image = new BufferedImage(4, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setPixels(0, 0, 4, 1, new int[] {0, 65535, 128, 129});
    assertLevels(read(TestImages.png(image)), 0, 255, 0, 1); // 128.5 is half of one level
  }

  @Test
  void sixteenBitColourPngWithAlpha() throws IOException {
    ColorSpace rgb = ColorSpace.getInstance(ColorSpace.CS_sRGB);
    ComponentColorModel model =
        new ComponentColorModel(rgb, true, false, Transparency.TRANSLUCENT, DataBuffer.TYPE_USHORT);
    WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, 3, 1, 4, null);
    raster.setPixel(0, 0, new int[] {65535, 0, 0, 65535});
    raster.setPixel(1, 0, new int[] {0, 65535, 0, 65535});
    raster.setPixel(2, 0, new int[] {0, 0, 0, 32768});
    BufferedImage image = new BufferedImage(model, raster, false, null);
    assertLevels(read(TestImages.png(image)), 76, 150, 127);
  }

  @Test
  void grayJpegIsNotBrightened() throws IOException {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    int[] grey = new int[256];
    Arrays.fill(grey, 100);
    image.getRaster().setPixels(0, 0, 16, 16, grey);
    assertEquals(100, read(TestImages.jpeg(image)).pixel(7, 7), 1);
  }

  @Test
  void colourJpegIsLumaAndExifTurnsNothing() throws IOException {
    BufferedImage image = new BufferedImage(32, 16, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 512; i++) {
      image.setRGB(i % 32, i / 32, i % 32 < 16 ? 0xff0000 : 0x00ff00);
    }
    byte[] jpeg = TestImages.jpeg(image);
    GrayImage plain = read(jpeg);
    assertEquals(32, plain.width());
    assertEquals(76, plain.pixel(4, 8), 3);
    assertEquals(150, plain.pixel(28, 8), 3);
    assertEquals(plain, read(TestImages.withExifQuarterTurn(jpeg)));
  }

  @Test
  void cmykJpeg() throws IOException {
    assertEquals(255, read(TestImages.cmykJpeg(0, 0, 0, 0)).pixel(8, 8), 3);
    int ink = read(TestImages.cmykJpeg(0, 0, 0, 255)).pixel(8, 8);
    assertTrue(ink < 70, "black ink gave " + ink);
    int yellow = read(TestImages.cmykJpeg(0, 0, 255, 0)).pixel(8, 8);
    int cyan = read(TestImages.cmykJpeg(255, 0, 0, 0)).pixel(8, 8);
    assertTrue(yellow > cyan + 40, "yellow " + yellow + " must be brighter than cyan " + cyan);
  }

  @Test
  void nameDoesNotMatter() throws IOException {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
    Path file = Files.write(folder.resolve("picture.jpg"), TestImages.png(image));
    assertLevels(ImageFiles.readGray(file), 0);
  }

  private GrayImage read(byte[] bytes) throws IOException {
    return ImageFiles.readGray(Files.write(folder.resolve("picture"), bytes));
  }

  private static void assertLevels(GrayImage image, int... levels) {
    int[] got = new int[image.width() * image.height()];
    for (int i = 0; i < got.length; i++) {
      got[i] = image.pixel(i % image.width(), i / image.width());
    }
    assertArrayEquals(levels, got);
  }
}
