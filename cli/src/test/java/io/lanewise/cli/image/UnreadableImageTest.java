package io.lanewise.cli.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.cli.image.UnreadableImageException.Reason;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnreadableImageTest {

  @TempDir Path folder;

  @Test
  void missingFile() {
    Path file = folder.resolve("no.png");
    assertMessage(file, Reason.MISSING, "no such file");
  }

  @Test
  void folderInsteadOfFile() {
    assertMessage(folder, Reason.NOT_A_FILE, "it is a folder, expected a PNG or JPEG file");
  }

  @Test
  void emptyFile() throws IOException {
    assertMessage(
        write(new byte[0]), Reason.NOT_AN_IMAGE, "expected a PNG or JPEG file, but it is empty");
  }

  @Test
  void textFileNamedPng() throws IOException {
    assertMessage(
        write("Hi,\nyou".getBytes(StandardCharsets.UTF_8)),
        Reason.NOT_AN_IMAGE,
        "expected a PNG or JPEG file, but it begins with 48 69 2c 0a 79 6f 75 (\"Hi,.you\")");
  }

  @Test
  void otherImageFormatShowsItsFirstBytes() throws IOException {
    byte[] gif = "GIF89a and more of it".getBytes(StandardCharsets.UTF_8);
    UnreadableImageException e = assertUnreadable(write(gif), Reason.NOT_AN_IMAGE);
    assertTrue(e.getMessage().endsWith("(\"GIF89a and m\")"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"20001x1", "1x20001", "10001x10000", "2147483647x2147483647"})
  void sizeIsCheckedBeforeDecoding(String size) throws IOException {
    String[] sides = size.split("x", -1);
    byte[] png =
        TestImages.pngOfClaimedSize(
            TestImages.png(noise()), Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
    assertMessage(
        write(png),
        Reason.TOO_LARGE,
        "it has "
            + sides[0]
            + " x "
            + sides[1]
            + " pixels, expected at most 20000 a side and 100000000 in all");
  }

  @Test
  void largestSidesAreNotRefusedForTheirSize() throws IOException {
    byte[] png = TestImages.pngOfClaimedSize(TestImages.png(noise()), 20_000, 1);
    assertUnreadable(write(png), Reason.DAMAGED);
  }

  /** From the end of the signature to the end of the pixels, wherever the file is cut. */
  @Test
  void truncatedPng() throws IOException {
    byte[] png = TestImages.png(noise());
    int endChunk = 12;
    for (int length = 8; length < png.length - endChunk - 4; length += 97) {
      UnreadableImageException e =
          assertUnreadable(write(Arrays.copyOf(png, length)), Reason.DAMAGED);
      assertTrue(
          e.getMessage().endsWith("damaged PNG, the file ends early"),
          "cut at " + length + ": " + e.getMessage());
    }
  }

  @Test
  void truncatedJpeg() throws IOException {
    byte[] jpeg = TestImages.jpeg(noise());
    for (int length = 3; length < jpeg.length; length += 53) {
      assertUnreadable(write(Arrays.copyOf(jpeg, length)), Reason.DAMAGED);
    }
    UnreadableImageException e =
        assertUnreadable(write(Arrays.copyOf(jpeg, jpeg.length - 40)), Reason.DAMAGED);
    assertTrue(e.getMessage().endsWith("damaged JPEG, the file ends early"), e.getMessage());
  }

  @Test
  void corruptPngPixels() throws IOException {
    byte[] png = TestImages.png(noise());
    for (int at = 45; at < png.length - 40; at += 211) {
      byte[] corrupt = png.clone();
      corrupt[at] ^= 0x55;
      assertUnreadable(write(corrupt), Reason.DAMAGED);
    }
  }

  /** Nothing but the announced exception, or a picture, comes of random damage. */
  @Test
  void randomDamageNeverEscapes() throws IOException {
    Random random = new Random(5);
    byte[][] files = {TestImages.png(noise()), TestImages.jpeg(noise())};
    int refused = 0;
    for (int trial = 0; trial < 200; trial++) {
      byte[] file = files[trial % 2].clone();
      for (int hits = 0; hits < 6; hits++) {
        file[8 + random.nextInt(Math.min(600, file.length) - 8)] = (byte) random.nextInt();
      }
      try {
        ImageFiles.readGray(write(file));
      } catch (UnreadableImageException e) {
        refused++;
      }
    }
    assertTrue(refused > 50, "only " + refused + " of 200 refused");
  }

  private static BufferedImage noise() {
    BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(3);
    for (int i = 0; i < 1600; i++) {
      image.setRGB(i % 40, i / 40, random.nextInt(1 << 24));
    }
    return image;
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("picture.png"), bytes);
  }

  private static UnreadableImageException assertUnreadable(Path file, Reason reason) {
    UnreadableImageException e =
        assertThrows(UnreadableImageException.class, () -> ImageFiles.readGray(file));
    assertEquals(reason, e.reason(), e.getMessage());
    assertEquals(file, e.file());
    return e;
  }

  private static void assertMessage(Path file, Reason reason, String detail) {
    UnreadableImageException e = assertUnreadable(file, reason);
    assertEquals("cannot read the image " + file + ": " + detail, e.getMessage());
  }
}
