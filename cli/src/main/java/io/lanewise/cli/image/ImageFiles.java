package io.lanewise.cli.image;

import io.lanewise.cli.image.UnreadableImageException.Reason;
import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads PNG and JPEG files of any kind (grey, colour, palette, transparent, 16 bit, CMYK) as grey
 * pixels: Rec. 601 luma over white, in integers. Metadata is ignored: no EXIF rotation, no gamma. A
 * colour profile matters only where it takes CMYK to RGB; a CMYK file without one is converted by
 * the system's CMYK profile if there is one, so only there may machines differ.
 */
public final class ImageFiles {

  /** Longest side that is read, in pixels. */
  public static final int MAX_SIDE = 20_000;

  /** Most pixels that are read. */
  public static final long MAX_PIXELS = 100_000_000;

  private ImageFiles() {}

  /**
   * Reads one file. Its size is checked before a pixel is decoded.
   *
   * @throws UnreadableImageException if the file is not there, not a PNG or JPEG, too large or
   *     damaged; a file that ends early is damaged, though a part of it might be shown
   */
  public static GrayImage readGray(Path file) throws UnreadableImageException {
    ImageFormat format = format(file);
    return decode(file, format, GrayPixels::of);
  }

  /**
   * Reads one file as three planes: red, green, blue, over white; as {@link #readGray}.
   *
   * @throws UnreadableImageException as {@link #readGray}
   */
  public static List<GrayImage> readColours(Path file) throws UnreadableImageException {
    return decode(file, format(file), ColourPlanes::of);
  }

  private static ImageFormat format(Path file) throws UnreadableImageException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      String what = Files.isDirectory(file) ? "it is a folder" : "it is not a regular file";
      throw new UnreadableImageException(
          file, Reason.NOT_A_FILE, what + ", expected a PNG or JPEG file", null);
    }
    byte[] first;
    try (InputStream in = Files.newInputStream(file)) {
      first = in.readNBytes(ImageFormat.PREFIX);
    } catch (NoSuchFileException e) {
      throw new UnreadableImageException(file, Reason.MISSING, "no such file", e);
    } catch (IOException e) {
      throw new UnreadableImageException(file, Reason.NO_ACCESS, "it cannot be opened: " + e, e);
    }
    ImageFormat format = ImageFormat.of(first);
    if (format == null) {
      throw new UnreadableImageException(
          file,
          Reason.NOT_AN_IMAGE,
          "expected a PNG or JPEG file, but " + ImageFormat.describe(first),
          null);
    }
    return format;
  }

  private static <T> T decode(Path file, ImageFormat format, Function<BufferedImage, T> pixels)
      throws UnreadableImageException {
    ImageReader reader = ImageIO.getImageReadersByFormatName(format.imageIoName()).next();
    boolean[] endsEarly = {false};
    reader.addIIOReadWarningListener((source, warning) -> endsEarly[0] |= endsEarly(warning));
    try (ImageInputStream stream = new FileImageInputStream(file.toFile())) {
      reader.setInput(stream, true, true);
      checkSize(file, reader.getWidth(0), reader.getHeight(0));
      T image = pixels.apply(reader.read(0));
      if (endsEarly[0]) {
        throw damaged(file, format, "the file ends early", null);
      }
      return image;
    } catch (UnreadableImageException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Runtime exceptions too: decoders meet nonsense in a file as an index out of bounds, say.
      throw damaged(file, format, detail(e), e);
    } finally {
      reader.dispose();
    }
  }

  private static void checkSize(Path file, int width, int height) throws UnreadableImageException {
    if (width > MAX_SIDE || height > MAX_SIDE || (long) width * height > MAX_PIXELS) {
      String limits = "at most " + MAX_SIDE + " a side and " + MAX_PIXELS + " in all";
      String detail = "it has " + width + " x " + height + " pixels, expected " + limits;
      throw new UnreadableImageException(file, Reason.TOO_LARGE, detail, null);
    }
  }

  /**
   * JPEG decoders fill the missing part with grey and only warn. Their other warnings (stray bytes
   * between segments, odd metadata) come with pictures that are whole.
   */
  private static boolean endsEarly(String warning) {
    return warning.contains("Truncated") || warning.contains("premature end");
  }

  private static UnreadableImageException damaged(
      Path file, ImageFormat format, String detail, Exception cause) {
    return new UnreadableImageException(
        file, Reason.DAMAGED, "damaged " + format + ", " + detail, cause);
  }

  /** The innermost message, the outer ones being of the kind "error reading image data". */
  private static String detail(Exception e) {
    Throwable inner = e;
    while (inner.getCause() != null) {
      inner = inner.getCause();
    }
    if (inner instanceof EOFException) {
      return "the file ends early";
    }
    return inner.getMessage() == null ? inner.getClass().getSimpleName() : inner.getMessage();
  }
}
