package io.lanewise.cli.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Image files made in memory. */
final class TestImages {

  /** Before any other segment: Adobe's marker, which says that CMYK values are stored inverted. */
  private static final byte[] ADOBE = {
    (byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
  };

  /** An EXIF block with one entry, orientation (0x0112) 6: to be turned right by a quarter. */
  private static final byte[] EXIF = {
    (byte) 0xff,
    (byte) 0xe1,
    0,
    34,
    'E',
    'x',
    'i',
    'f',
    0,
    0,
    'M',
    'M',
    0,
    42,
    0,
    0,
    0,
    8,
    0,
    1,
    1,
    0x12,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    6,
    0,
    0,
    0,
    0,
    0,
    0
  };

  private TestImages() {}

  static byte[] png(BufferedImage image) throws IOException {
    return encode(image, "png");
  }

  static byte[] jpeg(BufferedImage image) throws IOException {
    return encode(image, "jpeg");
  }

  /** One colour: stored CMYK as Adobe's programs do, 255 for no ink; without a colour profile. */
  static byte[] cmykJpeg(int c, int m, int y, int k) throws IOException {
    WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, null);
    for (int i = 0; i < 256; i++) {
      raster.setPixel(i % 16, i / 16, new int[] {255 - c, 255 - m, 255 - y, 255 - k});
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = jdkJpegWriter();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(raster, null, null), null);
    } finally {
      writer.dispose();
    }
    return insert(bytes.toByteArray(), ADOBE);
  }

  static byte[] withExifQuarterTurn(byte[] jpeg) {
    return insert(jpeg, EXIF);
  }

  /** A PNG that claims this size (its checksum right), whatever follows. */
  static byte[] pngOfClaimedSize(byte[] png, int width, int height) {
    ByteBuffer file = ByteBuffer.wrap(png.clone()).putInt(16, width).putInt(20, height);
    CRC32 crc = new CRC32();
    crc.update(file.array(), 12, 17);
    return file.putInt(29, (int) crc.getValue()).array();
  }

  private static byte[] insert(byte[] jpeg, byte[] segment) {
    byte[] all = new byte[jpeg.length + segment.length];
    return ByteBuffer.wrap(all).put(jpeg, 0, 2).put(segment).put(jpeg, 2, jpeg.length - 2).array();
  }

  private static ImageWriter jdkJpegWriter() {
    for (Iterator<ImageWriter> i = ImageIO.getImageWritersByFormatName("jpeg"); i.hasNext(); ) {
      ImageWriter writer = i.next();
      if (writer.getClass().getName().startsWith("com.sun.")) {
        return writer;
      }
    }
    throw new IllegalStateException("this JDK has no JPEG writer");
  }

  private static byte[] encode(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalStateException("no writer for " + format);
      }
    }
    return bytes.toByteArray();
  }
}
